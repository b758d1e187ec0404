"""`python -m geodata osm EXTRACT.osm.pbf --out DIR`: a town folder from an OpenStreetMap extract."""

from collections.abc import Sequence


def main(argv: Sequence[str]) -> None:
    """The command; its modules are imported late because they load pyosmium and shapely."""
    from geodata.osm.command import main as run

    run(argv)
