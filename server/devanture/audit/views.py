"""What the page of the sealed days and the page of the commitments show."""

from typing import Any

from devanture.audit.service import seals_of
from devanture.opinions.rulebook import Rulebook
from devanture.opinions.service import ARRIVALS_KEPT
from devanture.processes.phases import LATE
from devanture.processes.service import all_processes, process_view
from devanture.program import Program
from devanture.releases.rules import FROZEN, RENEWED_AFTER, SHOWN_FROM
from devanture.retention.service import deletions

SHOWN_DAYS = 14
"""Sealed days that the page shows; the file holds all of them."""


async def seals_context(running: Program, book: Rulebook, lang: str) -> dict[str, Any]:
    """The view model of `audit/seals.html`: the latest days first, and what was deleted by rule or on request."""
    days = (await seals_of(running.database, book.process)).days
    return {
        "process": process_view(book.process, lang, running.now()),
        "days": days[::-1][:SHOWN_DAYS],
        "sealed": sum(day.leaves for day in days),
        "deleted": await deletions(running.database, book.process),
    }


async def commitments_context(running: Program, lang: str) -> dict[str, Any]:
    """The view model of `audit/commitments.html`; every number in it is the program's own."""
    processes = await all_processes(running.database)
    return {
        "processes": [process_view(process, lang, running.now()) for process in processes],
        "shown_from": SHOWN_FROM,
        "renewed_after": RENEWED_AFTER,
        "hours": int(LATE.total_seconds() // 3600),
        "frozen_hours": int(FROZEN.total_seconds() // 3600),
        "days_kept": ARRIVALS_KEPT.days,
    }
