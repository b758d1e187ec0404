"""Outlines of H3 hexagons, stored once for all towns so that tiles need no library."""

from collections.abc import Iterable

import h3
import shapely

from devanture.db.pool import Connection
from devanture.releases import queries


async def store_outlines(connection: Connection, cells: Iterable[int]) -> None:
    """Give each cell its outline, where it has none yet."""
    missing = await queries.cells_without_outline(connection, sorted(set(cells)))
    if missing:
        names = [h3.int_to_str(cell) for cell in missing]
        await queries.insert_cells(
            connection, missing, [h3.get_resolution(name) for name in names], [outline(name) for name in names]
        )


def outline(name: str) -> bytes:
    """The hexagon as WKB, longitude first."""
    ring = [(lon, lat) for lat, lon in h3.cell_to_boundary(name)]
    wkb: bytes = shapely.to_wkb(shapely.Polygon(ring))
    return wkb
