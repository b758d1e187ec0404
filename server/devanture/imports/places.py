"""Write places of a list to a process: the same for a town folder and for an agency's file."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from devanture.db.pool import Connection
from devanture.imports import schemas
from devanture.imports.errors import refuse
from devanture.imports.rows import detail_rows, place_row
from devanture.imports.summary import Summary, Track, batches
from devanture.places import bulk
from devanture.places.bulk import PlaceRow

# A reference that jumps this far is another place's: two towns of one agency may both have a 1, rue de la Gare.
FAR_M = 250.0

PlaceFeature = schemas.Feature[schemas.Point, schemas.ListedPlace]


async def save_places(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    features: Sequence[PlaceFeature],
    summary: Summary,
    track: Track,
) -> None:
    """Upsert by reference and link; counts go to `summary`. Raises `OperatorError` on a reference used elsewhere."""
    rows = [place_row(feature) for feature in features]
    refuse(await _conflicts(connection, organisation_id, rows))
    for batch in track(batches(rows), len(rows) / 2000, "Places"):
        added = await bulk.upsert_places(connection, organisation_id, batch)
        summary.places_added += added
        summary.places_updated += len(batch) - added
    details = [row for feature in features for row in detail_rows(feature.properties)]
    for some in batches(details):
        await bulk.upsert_details(connection, organisation_id, some)
    await bulk.link_places(connection, organisation_id, process_id, [row.ref for row in rows])


async def _conflicts(connection: Connection, organisation_id: UUID, rows: Sequence[PlaceRow]) -> Iterator[str]:
    found = await bulk.conflicts(connection, organisation_id, rows, FAR_M)
    return (
        f"reference {row['ref']}: this organisation has a {row['kind']} of that reference already, "
        f"{row['metres']:.0f} m away; references are unique within an organisation"
        for row in found
    )
