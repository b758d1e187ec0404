"""The hand-kept tables beside this file: families, activities, and what becomes of BDCom's codes."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from geodata.catalogue import HERE
from geodata.errors import GeodataError

Row = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Family:
    """A group of activities; `kind` is `premises` or `site`, `shop` false is « pas un commerce »."""

    code: str
    kind: str
    shop: bool
    fr: str
    en: str
    icon: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity as kept by hand; `presets` are of the tagging schema, `osm` are tags that it lacks."""

    code: str
    family: str
    label: dict[str, str]
    one: dict[str, str]
    synonyms: dict[str, list[str]]
    icon: str
    sensitive: bool
    presets: list[str]
    osm: list[str]
    naf: list[str]


@dataclass(frozen=True, slots=True)
class BdcomCode:
    """Our decision on one BDCom code: either an activity or the reason why it is left out."""

    code: str
    activity: str
    left_out: str


def rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Line number and cells of a table separated by semicolons."""
    with path.open(encoding="utf-8", newline="") as sheet:
        table = csv.DictReader(sheet, delimiter=";", strict=True)
        for row in table:
            if None in row or None in row.values():
                raise GeodataError(f"{path.name}, line {table.line_num}: wrong number of cells")
            yield table.line_num, row


def read(name: str, make: Callable[[Row], T], directory: Path = HERE) -> list[T]:
    """Every row of a table; its first column is its key and may not come twice."""
    path, seen, records = directory / name, set[str](), list[T]()
    for line, row in rows(path):
        key = next(iter(row.values()))
        if key in seen:
            raise GeodataError(f"{name}, line {line}: {key} comes twice")
        seen.add(key)
        records.append(make(row))
    return records


def family(row: Row) -> Family:
    """A row of families.csv."""
    return Family(row["code"], row["kind"], row["shop"] == "yes", row["fr"], row["en"], row["icon"])


def activity(row: Row) -> Activity:
    """A row of activities.csv: words are separated by bars, codes by spaces."""
    return Activity(
        code=row["code"],
        family=row["family"],
        label={"fr": row["fr"], "en": row["en"]},
        one={"fr": row["one_fr"], "en": row["one_en"]},
        synonyms={lang: list(filter(None, row[f"synonyms_{lang}"].split("|"))) for lang in ("fr", "en")},
        icon=row["icon"],
        sensitive=row["sensitive"] == "yes",
        presets=row["presets"].split(),
        osm=row["osm"].split(),
        naf=row["naf"].split(),
    )


def bdcom_code(row: Row) -> BdcomCode:
    """A row of bdcom.csv."""
    return BdcomCode(row["code"], row["activity"], row["left_out"])
