"""A drawn town, and the command run on it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.osm import main
from tests.geodata.osm.sketch import Sketch, street

Folder = dict[str, Any]
Build = Callable[..., Folder]


def read(directory: Path) -> Folder:
    """Every JSON of a town folder by its stem; collections as lists of features."""
    loaded = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in directory.glob("*.*json")}
    return {stem: value.get("features", value) for stem, value in loaded.items()}


@pytest.fixture
def sketch() -> Sketch:
    """One street and nothing else."""
    drawn = Sketch()
    street(drawn)
    return drawn


@pytest.fixture
def build(tmp_path: Path, sketch: Sketch) -> Build:
    """Write the sketch, run the command with more options, read the folder."""

    def run(*options: str) -> Folder:
        extract = sketch.write(tmp_path / "little-town.osm.pbf")
        main([str(extract), "--out", str(tmp_path / "out"), *options])
        return read(tmp_path / "out")

    return run
