"""How one value stands in a cell of a CSV: open data as programs read it, or as French Excel does."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from devanture.exports.columns import Kind

Writers = Mapping[Kind, Callable[[Any], str]]
# A spreadsheet may run what begins a cell with one of these. It may also split our cells where we did not, when its
# own separator is another one, so that what follows a separator counts as a beginning too.
_FORMULA = re.compile(r"""((?:^|[,;|\t\r\n])"*)(?=[=+\-@])""")
_BLANKS = ("\t", "\r", "\n")


@lru_cache(1024)
def defused(text: str) -> str:
    """The text, with an apostrophe before whatever a spreadsheet might take for a formula.

    The same words stand in many rows: remembering them halves the time of a file.
    """
    text = _FORMULA.sub(r"\1'", text)
    return f"'{text}" if text.startswith(_BLANKS) else text


def open_data() -> Writers:
    """Decimal point with six decimals (about ten centimetres for degrees), ISO 8601 days, instants in UTC."""
    return {
        "text": defused,
        "integer": str,
        "decimal": "{:.6f}".format,
        "day": date.isoformat,
        "instant": lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "boolean": lambda yes: "true" if yes else "false",
    }


def for_excel(zone: ZoneInfo) -> Writers:
    """Decimal comma, dd/mm/yyyy, instants in the town's own time."""
    return {
        "text": defused,
        "integer": str,
        "decimal": lambda value: f"{value:.6f}".replace(".", ","),
        "day": "{:%d/%m/%Y}".format,
        "instant": partial(_local, zone),
        "boolean": lambda yes: "oui" if yes else "non",
    }


def _local(zone: ZoneInfo, at: datetime) -> str:
    return f"{at.astimezone(zone):%d/%m/%Y %H:%M}"
