"""The columns of every exported layer: the files and their data dictionary are both written from here."""

from typing import Literal

from msgspec import Struct

Kind = Literal["text", "integer", "decimal", "day", "instant", "boolean"]


class Column(Struct, frozen=True):
    """`unit` is empty for what has none; the meaning is given in both languages."""

    name: str
    kind: Kind
    unit: str
    fr: str
    en: str
