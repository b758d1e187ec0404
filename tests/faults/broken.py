"""The program with one part broken on purpose: python -m tests.faults.broken PART serve --port N

Ten negative controls in all: these parts of the server, two habits of a phone and two changes of the database
(`controls.py`). The checker must see each of them; a checker that sees nothing proves nothing.
"""

import asyncio
import sys
from collections.abc import Callable
from typing import IO
from uuid import UUID

from devanture import cli
from devanture.errors import Busy
from devanture.opinions import queries
from devanture.opinions.intake import Intake, Outcome, Sending
from devanture.photos.cleaner import Cleaner, Drawn
from devanture.releases import rules

_submit = Intake.submit
_clean = Cleaner.clean


def answer_before_commit() -> None:
    """Says « stored » at once, and writes a little later."""
    writing = set[asyncio.Task[Outcome]]()

    async def submit(self: Intake, organisation_id: UUID, sending: Sending) -> Outcome:
        async def write() -> Outcome:
            await asyncio.sleep(0.5)
            return await _submit(self, organisation_id, sending)

        task = asyncio.create_task(write())
        writing.add(task)
        task.add_done_callback(writing.discard)
        return Outcome.STORED

    Intake.submit = submit  # type: ignore[method-assign]


def swallowed_503() -> None:
    """What the database cannot take now is answered as if it had."""

    async def submit(self: Intake, organisation_id: UUID, sending: Sending) -> Outcome:
        try:
            return await _submit(self, organisation_id, sending)
        except Busy:
            return Outcome.STORED

    Intake.submit = submit  # type: ignore[method-assign]


def order_by_arrival() -> None:
    """The last to arrive wins, whatever the phone counted."""
    _store_with("(current.seq, current.opinion_id) < (excluded.seq, excluded.opinion_id)", "true")
    _store_with("ORDER BY process_id, place_id, voter, late, seq DESC, id DESC",
                "ORDER BY process_id, place_id, voter, late, arrived_at DESC")  # fmt: skip


def no_test_of_seq() -> None:
    """`DO UPDATE` without looking which of the two is newer."""
    _store_with("WHERE (current.seq, current.opinion_id) < (excluded.seq, excluded.opinion_id)", "")


def threshold_bypassed() -> None:
    """Figures of a place from the first person on."""
    rules.SHOWN_FROM = rules.RENEWED_AFTER = 1


def metadata_kept() -> None:
    """The photo as it came is kept beside the one that was drawn anew."""

    async def clean(self: Cleaner, photo: IO[bytes], kind: str) -> Drawn:
        drawn = await _clean(self, photo, kind)
        photo.seek(0)
        return drawn._replace(webp=drawn.webp + photo.read())

    Cleaner.clean = clean  # type: ignore[method-assign]


def _store_with(old: str, new: str) -> None:
    assert old in queries._STORE, f"the statement no longer says {old}"
    queries._STORE = queries._STORE.replace(old, new)


PARTS: dict[str, Callable[[], None]] = {
    part.__name__: part
    for part in (
        answer_before_commit, swallowed_503, order_by_arrival, no_test_of_seq, threshold_bypassed, metadata_kept,
    )
}  # fmt: skip


if __name__ == "__main__":
    PARTS[sys.argv.pop(1)]()
    cli.main()
