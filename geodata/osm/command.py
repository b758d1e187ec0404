"""`python -m geodata osm`: its options, its steps, and what it says at the end."""

import argparse
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import available_timezones

from geodata.basemap import write_basemap
from geodata.catalogue import CATALOGUE, load
from geodata.console import console
from geodata.errors import GeodataError
from geodata.files import write_text
from geodata.folder import Source, Town, write_town
from geodata.neighbours import with_neighbours
from geodata.osm import identity, surroundings
from geodata.osm.extract import read
from geodata.osm.layers import layers
from geodata.osm.model import Extract
from geodata.osm.premises import Premises

ATTRIBUTION = "© les contributeurs d’OpenStreetMap"
SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")


def main(argv: Sequence[str]) -> None:
    """Read the extract, write the folder, say what is in it and what is not."""
    options = parse(argv)
    writable(options.out)
    extract = read(options.extract)
    town = build(extract, options)
    write(options.out, extract, town)
    report(extract, town, options.out)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command line; what it leaves open is taken from the extract."""
    parser = argparse.ArgumentParser(
        prog="geodata osm", description="Make a town folder from an OpenStreetMap extract."
    )
    parser.add_argument("extract", type=Path, metavar="EXTRACT.osm.pbf")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write")
    parser.add_argument("--slug", type=slug, help="the town's word in addresses (default: from its name)")
    parser.add_argument("--name", help="the town's name (default: the extract's greatest place)")
    parser.add_argument("--organisation", help="who asks (default: the town's name)")
    parser.add_argument("--timezone", type=zone, help="such as Europe/Zurich (default: the country's)")
    parser.add_argument("--demonstration", action="store_true", help="say « démonstration » on every screen")
    return parser.parse_args(argv)


def slug(text: str) -> str:
    """An argument that may stand in addresses."""
    if not SLUG.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not 2 to 40 of a-z, 0-9 and -, beginning with a letter")
    return text


def zone(text: str) -> str:
    """An argument that names a time zone."""
    if text not in available_timezones():
        raise argparse.ArgumentTypeError(f"{text!r} is not a time zone of the IANA database")
    return text


def writable(directory: Path) -> None:
    """Refuse a folder that cannot be written before minutes are spent on reading."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=directory).close()
    except OSError as error:
        raise GeodataError(f"{directory} cannot be written: {(error.strerror or '').lower()}") from error


def build(extract: Extract, options: argparse.Namespace) -> Town:
    """Everything in the town folder but the basemap and the catalogue."""
    premises = Premises(extract, load())
    shops = premises.shops()
    doors = surroundings.streets(surroundings.with_doors(extract.elements))
    name = {"fr": options.name, "en": options.name} if options.name else identity.town_name(extract, options.extract)
    word = options.slug or identity.slug(name["fr"])
    addresses = surroundings.addresses(extract)
    return Town(
        slug=word,
        name=name,
        organisation={"slug": word, "name": options.organisation or name["fr"]},
        timezone=options.timezone or identity.timezone(extract),
        bounds=extract.bounds,
        sources=[Source("OpenStreetMap", extract.day, "ODbL 1.0", ATTRIBUTION)],
        places=with_neighbours(premises.vacant(), shops, doors, addresses),
        supply=shops,
        streets=doors,
        areas=surroundings.quarters(extract),
        addresses=addresses,
        demonstration=options.demonstration,
        left_out={reason: number for reason, number in extract.left_out.items() if number},
    )


def write(out: Path, extract: Extract, town: Town) -> None:
    """Write the folder; its manifest comes last."""
    drawn = layers(extract.elements, [*town.places, *town.supply], town.areas, town.addresses)
    write_basemap(out / "basemap.pmtiles", drawn, town.bounds, ATTRIBUTION)
    write_text(out / "catalogue.json", CATALOGUE.read_text(encoding="utf-8"))
    write_town(out, town)


def report(extract: Extract, town: Town, out: Path) -> None:
    """What the folder holds, what was clipped, what was left out."""
    unknown = sum(shop.activity is None for shop in town.supply)
    console.print(f"{town.name['fr']} ({town.slug}, {town.timezone}), data of {extract.day}: {out}")
    console.print(
        f"  {len(town.places):,} vacant units, {len(town.supply):,} other premises ({unknown} of unknown type)"
    )
    streets = len({street.name for street in town.streets})
    console.print(f"  {streets:,} streets, {len(town.addresses):,} addresses, {len(town.areas)} quarters")
    if extract.clipped:
        console.print(f"  {extract.clipped} areas end at the edge of the extract")
    for reason, number in sorted(town.left_out.items()):
        console.print(f"  left out: {number:,} {reason}")
