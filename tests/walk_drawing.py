"""Draw doors of a town folder as the program walks them, to be judged by eye: docs/walking-order.md was made with it.

    python -m tests.walk_drawing FOLDER --out DIR [--radius 60] [--shops] [REF …]

One picture a door: buildings, street lines, house numbers and shops as the source has them; upon them what the program
makes of it: every door with its turn, the neighbours it names left (L) and right (R), an arrow to the next door.
`--shops` takes existing shops for doors, since a town has too few vacant ones to try an order on.
"""

import argparse
import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from devanture.places.schemas import Place
from devanture.streets.axis import flat
from devanture.streets.bulk import AddressRow, StreetRow
from devanture.streets.names import merged
from devanture.streets.rules import next_door
from devanture.streets.walking import Door, turns
from tests.geodata.tiles import tiles

SIDE = 900
"""Pixels of a picture, both ways."""
EXTENT, ZOOM = 4096, 16
Floats = npt.NDArray[np.float64]
Feature = dict[str, Any]


@dataclass
class Drawn:
    """A town folder with its walking order worked out."""

    places: dict[str, Place]
    facts: dict[str, Feature]
    shops: list[Feature]
    streets: list[StreetRow]
    numbers: list[AddressRow]
    buildings: list[list[tuple[float, float]]]


def read(folder: Path, shops: bool) -> Drawn:
    """The folder, and the turns of its doors."""
    streets, numbers = merged(
        [
            (f["properties"]["name"], f["properties"]["class"], f["geometry"]["coordinates"])
            for f in features(folder / "streets.geojson")
        ],
        [
            AddressRow(row["street"], row["number"], float(row["lon"]), float(row["lat"]))
            for row in csv.DictReader((folder / "addresses.csv").read_text(encoding="utf-8").splitlines())
        ],
    )
    supply = features(folder / "supply.geojson")
    doors = [f for f in features(folder / "places.geojson") if f["properties"]["kind"] == "premises"]
    facts = {f["properties"]["ref"]: f for f in (supply if shops else doors)}
    walk = {turn.ref: turn for turn in turns([door(f) for f in facts.values()], streets, numbers)}
    return Drawn(
        {ref: place(f, walk.get(ref)) for ref, f in facts.items()},
        facts,
        [] if shops else supply,
        streets,
        numbers,
        buildings(folder / "basemap.pmtiles"),
    )


def features(path: Path) -> list[Feature]:
    found: list[Feature] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def door(feature: Feature) -> Door:
    said, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
    return Door(said["ref"], lon, lat, *(said.get(name) for name in ("number", "street", "near_street")))


def place(feature: Feature, turn: Any) -> Place:
    one = door(feature)
    walked = {n: getattr(turn, n, None) for n in ("round", "step", "side", "along_m")}
    return Place(uuid4(), one.ref, "premises", "vacant", one.lon, one.lat, one.number, one.street, **walked)


def buildings(basemap: Path) -> list[list[tuple[float, float]]]:
    """Outlines in degrees, from the tiles of the closest zoom."""
    found = []
    for (zoom, column, row), tile in tiles(basemap).items():
        for feature in tile.get("buildings", {}).get("features", []) if zoom == ZOOM else []:
            shape = feature["geometry"]
            polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
            found += [[degrees(column + x / EXTENT, row + y / EXTENT) for x, y in rings[0]] for rings in polygons]
    return found


def degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a position counted in tiles."""
    count = 2**ZOOM
    return x / count * 360 - 180, float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / count)))))


def font_of(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font with accents where the machine has one."""
    try:
        return ImageFont.truetype("DejaVuSans.ttf", size)
    except OSError:
        return ImageFont.load_default(size)


class Picture:
    """A square of ground around a point, north up."""

    def __init__(self, lon: float, lat: float, radius: float) -> None:
        self.centre, self.scale = np.array([lon, lat]), flat(lat) * SIDE / (2 * radius)
        self.image = Image.new("RGB", (SIDE, SIDE), "#f3ede1")
        self.ink = ImageDraw.Draw(self.image)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        x, y = (np.array([lon, lat]) - self.centre) * self.scale
        return SIDE / 2 + x, SIDE / 2 - y

    def inside(self, lon: float, lat: float) -> bool:
        return all(0 <= value <= SIDE for value in self.at(lon, lat))

    def dot(self, lon: float, lat: float, size: float, colour: str) -> None:
        x, y = self.at(lon, lat)
        self.ink.ellipse((x - size, y - size, x + size, y + size), fill=colour)

    def write(self, lon: float, lat: float, text: str, size: int, colour: str = "black") -> None:
        x, y = self.at(lon, lat)
        self.ink.text((x + 6, y - size / 2), text, fill=colour, font=font_of(size), stroke_width=2, stroke_fill="white")


def draw(town: Drawn, here: Place, radius: float) -> Image.Image:
    """The surroundings of one door."""
    picture = Picture(here.lon, here.lat, radius)
    ground(picture, town, here)
    beside = town.facts[here.ref]["properties"]
    for shop in town.shops:
        said, (lon, lat) = shop["properties"], shop["geometry"]["coordinates"]
        if not picture.inside(lon, lat):
            continue
        sides = [s for s in ("left", "right") if same(beside.get(s), said)]
        picture.dot(lon, lat, 5, "#0d5c46")
        letters = "/".join(side[0].upper() for side in sides)
        name = f"{letters} {said.get('name') or said.get('activity') or '?'}".strip()
        picture.write(lon, lat, name, 22 if sides else 15, "#0d5c46")
    for other in town.places.values():
        if picture.inside(other.lon, other.lat):
            picture.dot(other.lon, other.lat, 8, "#c8402a" if other.round == here.round else "#b08a80")
            picture.write(other.lon, other.lat, f"{other.step} {other.side}", 18, "#9c2a17")
    caption(picture, town, here)
    return picture.image


def same(neighbour: Feature | None, shop: Feature) -> bool:
    return neighbour is not None and all(neighbour.get(n) == shop.get(n) for n in ("name", "activity"))


def ground(picture: Picture, town: Drawn, here: Place) -> None:
    """Buildings, streets and house numbers."""
    for outline in town.buildings:
        if any(picture.inside(*corner) for corner in outline):
            picture.ink.polygon([picture.at(*corner) for corner in outline], fill="#e4dccd", outline="#cbbfa8")
    for street in town.streets:
        own = street.name == re.sub(r" \(\d+/\d+\)$", "", here.round or "")
        for line in street.lines:
            corners = [picture.at(*corner) for corner in line]
            picture.ink.line(corners, fill="#5b8fd6" if own else "white", width=5)
            if any(picture.inside(*corner) for corner in line):
                middle = min(line, key=lambda corner: abs(corner[0] - here.lon) + abs(corner[1] - here.lat))
                picture.write(middle[0], middle[1], street.name, 15, "#2b5590")
    for number in town.numbers:
        if picture.inside(number.lon, number.lat):
            picture.write(number.lon, number.lat, number.number, 13, "#555555")


def caption(picture: Picture, town: Drawn, here: Place) -> None:
    """What the program says of this door, and the way to the next."""
    said = town.facts[here.ref]["properties"]
    onward = next_door(town.places.values(), here, {here.ref})
    picture.dot(here.lon, here.lat, 4, "yellow")
    lines = [
        f"{here.ref}  {said.get('number', '-')}, {said.get('street') or '~' + str(said.get('near_street'))}",
        f"round {here.round}, step {here.step}, {here.side}, {here.along_m} m",
        *(f"{side}: {(said.get(side) or {}).get('name') or said.get(side)}" for side in ("left", "right")),
    ]
    if onward:
        there = onward.place
        picture.ink.line([picture.at(here.lon, here.lat), picture.at(there.lon, there.lat)], fill="#c8402a", width=2)
        lines.append(f"next: {there.ref}, {there.round} step {there.step}, {onward.where}, {onward.metres} m")
    picture.ink.rectangle((0, 0, SIDE, 20 * len(lines) + 8), fill="white")
    picture.ink.multiline_text((6, 2), "\n".join(lines), fill="black", font=font_of(16))


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("refs", nargs="*", help="doors to draw; all of them unless named")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--radius", type=float, default=60.0, help="metres from the middle to the edge")
    parser.add_argument("--shops", action="store_true", help="take the existing shops for doors")
    options = parser.parse_args(argv)
    town = read(options.folder, options.shops)
    options.out.mkdir(parents=True, exist_ok=True)
    for ref in options.refs or town.places:
        draw(town, town.places[ref], options.radius).save(options.out / f"{ref}.png")


if __name__ == "__main__":
    main()
