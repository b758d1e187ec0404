"""A basemap of a few invented streets, written by the program that writes the real ones."""

from pathlib import Path

import pytest
from shapely import LineString, box

from geodata.basemap import Feature, write_basemap

BOUNDS = (2.0, 46.998, 2.008, 47.002)


@pytest.fixture(scope="session")
def basemap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 600 × 440 m: a long straight street, a short one, a crooked one, a river, a house and a shop."""
    path = tmp_path_factory.mktemp("basemap") / "town.pmtiles"
    zigzag = [(2.002 + 0.0003 * (i % 2), 46.9985 + 0.0001 * i) for i in range(9)]
    streets: list[Feature] = [
        (LineString([(2.0, 47.0), (2.008, 47.0)]), {"name": "Rue <Longue> & Droite", "class": "major"}),
        (LineString([(2.004, 47.0), (2.004, 47.0002)]), {"name": "Rue Courte", "class": "minor"}),
        (LineString(zigzag), {"name": "Rue Tordue", "class": "minor"}),
        (LineString([(2.006, 46.998), (2.006, 47.002)]), {"name": "Rue du Nord", "class": "minor"}),
    ]
    layers: dict[str, list[Feature]] = {
        "water": [(box(2.0, 46.998, 2.008, 46.9984), {"name": "Loire"})],
        "streets": streets,
        "buildings": [
            (box(2.001, 47.0003, 2.0014, 47.0006), {"commerce": False}),
            (box(2.002, 47.0003, 2.0024, 47.0006), {"commerce": True}),
        ],
    }
    write_basemap(path, layers, BOUNDS, "invented")
    return path
