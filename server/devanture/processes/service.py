"""What anyone can ask about processes."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from devanture.db.pool import Database
from devanture.errors import Problem
from devanture.organisations.rules import screen_colours, theme_css
from devanture.processes import keys, phases, queries
from devanture.processes.schemas import Process
from devanture.web.i18n import day

SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")


async def find_process(database: Database, slug: str) -> Process:
    """The process at this address; raises `unknown-process`."""
    if not SLUG.fullmatch(slug):
        raise Problem("unknown-process")
    async with database.transaction() as connection:
        row = await queries.find_process(connection, slug)
    if row is None:
        raise Problem("unknown-process")
    return msgspec.convert(dict(row), Process)


async def all_processes(database: Database) -> list[Process]:
    async with database.transaction() as connection:
        rows = await queries.all_processes(connection)
    return [msgspec.convert(dict(row), Process) for row in rows]


async def process_key(database: Database, process: Process, purpose: str, master: bytes) -> bytes:
    """The process's own random key for a purpose (`voter`, `leaf`), unwrapped with the operator's master key."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.process_keys(connection, process.organisation_id, process.id)
    wrapped = {row["purpose"]: row["wrapped"] for row in rows}
    return keys.unwrap(master, wrapped[purpose], keys.context(process.id, purpose))


def is_late(process: Process, now: datetime) -> bool:
    """Whether what people send now came after closing, and is counted apart; raises `phase-closed`."""
    acceptable = phases.acceptance(process.phases, now)
    if acceptable == "closed":
        raise Problem("phase-closed", **phases.days(process.phases, process.timezone))
    return acceptable == "late"


def process_view(process: Process, lang: str, now: datetime) -> dict[str, Any]:
    """What pages and the phone's pack show of a process, in one language; dates stand in the process's zone."""
    zone = ZoneInfo(process.timezone)
    opens, closes = phases.span(process.phases) or (now, now)
    stage = phases.state(process.phases, now)
    return {
        "slug": process.slug,
        "name": process.name[lang],
        "organisation": process.organisation,
        "demonstration": process.demonstration,
        "state": stage,
        "open": stage == "open",
        "opens": opens.astimezone(zone).date(),
        "closes": closes.astimezone(zone).date(),
        "handover": process.handover_on,
        "max_wishes": process.max_wishes,
        "timezone": process.timezone,
        "bounds": list(process.bounds),
        "attribution": " · ".join(source["attribution"] for source in process.sources),
        "basemap": f"/basemaps/{process.slug}.pmtiles",
        "colours": list(process.colours),
        "sectors": [{"code": sector["code"], "label": sector[lang]} for sector in process.sectors],
        "look": _look(process),
        **_texts(process, lang),
    }


def _look(process: Process) -> dict[str, Any]:
    """The town's own colours and logo: addresses that change with what they hold, none where it has none."""
    theme = sha256(theme_css(process.colours).encode()).hexdigest()[:10] if process.colours else None
    width, height = process.logo_width, process.logo_height
    return {
        "theme": f"/{process.slug}/theme.css?v={theme}" if theme else None,
        "logo": {"src": f"/{process.slug}/logo.png?v={process.logo}", "width": width, "height": height}
        if process.logo
        else None,
        "screen": screen_colours(process.colours),
    }


def _texts(process: Process, lang: str) -> dict[str, str]:
    values = {"organisation": process.organisation, "handover": day(lang, process.handover_on or "1970-01-01")}
    known = ("who_asks", "who_decides", "not_open")
    texts = {name: process.texts.get(name, {}).get(lang, "") % values for name in known}
    # A process from before this word was asked for is named by its organisation.
    return texts | {"asker": process.texts.get("asker", {}).get(lang) or process.organisation}
