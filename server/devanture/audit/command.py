"""`devanture audit PROCESS`: recounts everything from the journal and says what differs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from devanture.audit.evidence import Evidence, gather
from devanture.audit.figures import check_basis, check_release
from devanture.audit.journal import (
    Check,
    check_current,
    check_days,
    check_leaves,
    check_published,
    check_sendings,
    check_set_aside,
)
from devanture.audit.schemas import SealedDay, Seals
from devanture.db.pool import Database
from devanture.errors import Busy, OperatorError, Problem
from devanture.processes.service import find_process
from devanture.settings import Settings

MOST_SHOWN = 20
"""Differences of one kind that are written out; the table counts all of them."""


async def audit_now(settings: Settings, database: Database, slug: str, copy: Path | None = None) -> None:
    """Print the table; raises `SystemExit(1)` on any difference, and `OperatorError` where nothing can be audited.

    `copy` is a file of the published days (`/api/v1/{p}/seals`) that somebody kept.
    """
    kept = _read(copy) if copy else None
    try:
        evidence = await gather(database, await find_process(database, slug), settings.key)
    except Busy:
        raise OperatorError("The database is busy: try again in a minute.") from None
    except Problem:
        raise OperatorError(f"There is no process called « {slug} ».") from None
    checks = audit(evidence, kept)
    print(written(evidence, checks), flush=True)
    if any(check.faults for check in checks):
        raise SystemExit(1)


def audit(evidence: Evidence, kept: Sequence[SealedDay] | None = None) -> list[Check]:
    """Every check, in the order in which one builds on the other."""
    checks = [check_sendings(evidence), check_leaves(evidence), check_days(evidence)]
    checks += [] if kept is None else [check_published(evidence, kept)]
    checks += [check_current(evidence), check_set_aside(evidence), check_release(evidence, "desk")]
    return [*checks, check_basis(evidence), check_release(evidence, "public")]


def written(evidence: Evidence, checks: Sequence[Check]) -> str:
    """The table, what else there is to say, and each difference."""
    lines = [f"Audit of « {evidence.process.slug} », {datetime.now(UTC):%Y-%m-%d %H:%M} UTC", ""]
    lines.append(f"  {'':44}{'looked at':>10}{'differences':>13}")
    lines += [f"  {check.name:44}{len_of(check):>10}{len(check.faults):>13}" for check in checks]
    lines += ["", *(f"  {note}" for note in _notes(evidence, checks)), ""]
    for check in checks:
        lines += [f"  {fault}" for fault in check.faults[:MOST_SHOWN]]
        if len(check.faults) > MOST_SHOWN:
            lines.append(f"  … and {len(check.faults) - MOST_SHOWN} more of {check.name}")
    found = sum(len(check.faults) for check in checks)
    lines.append("No difference." if not found else f"{found} difference{'s' if found > 1 else ''}.")
    return "\n".join(lines)


def len_of(check: Check) -> str:
    return f"{check.number:,}".replace(",", " ")


def _notes(evidence: Evidence, checks: Sequence[Check]) -> list[str]:
    erased = len(evidence.erased)
    words = f"{erased} sendings have had words erased: their leaves stand, their digests cannot be checked any more"
    return [f"· {note}" for note in (*(check.note for check in checks), words if erased else "") if note]


def _read(path: Path) -> list[SealedDay]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Seals).days
    except (OSError, msgspec.DecodeError) as error:
        raise OperatorError(f"{path} does not hold published days: {error}.") from None
