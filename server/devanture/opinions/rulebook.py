"""All that judging a sending takes, read again every two seconds: no answer waits for a question to the database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from devanture.activities.schemas import Catalogue
from devanture.activities.service import catalogue_of
from devanture.db.pool import Database
from devanture.errors import Problem
from devanture.places.schemas import Place
from devanture.places.service import heirs_of, places_named, places_of
from devanture.processes.kinds import process_kind
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.processes.service import find_process, process_key
from devanture.proofs.doors import door_codes
from devanture.recent import Recent
from devanture.reports.service import stale_places
from devanture.spots.service import places_of_marks


@dataclass(frozen=True)
class Rulebook:
    """One process as it stands; `stale` are the places whose vacancy nobody has seen for long, `door_codes` the places
    of the posters' codes.
    """

    process: Process
    places: dict[str, Place]
    heirs: dict[str, str]
    catalogue: Catalogue
    voter_key: bytes
    leaf_key: bytes
    stale: frozenset[UUID]
    door_codes: Mapping[str, UUID]

    def place(self, ref: str) -> Place:
        """The place of this reference, or the one it was merged into; raises `unknown-place`."""
        found = self.find(ref)
        if found is None:
            raise Problem("unknown-place")
        return found

    def find(self, ref: str) -> Place | None:
        """The same, or none: of what somebody answered long ago, or a moment ago, the place may be in no list."""
        return self.places.get(self.heirs.get(ref, ref))

    def catalogue_kind(self, place: Place) -> str:
        return process_kind(self.process.kind).places[place.kind]


Rulebooks = Recent[str, Rulebook]
Clock = Callable[[], datetime]


def rulebooks(database: Database, master: bytes, clock: Clock, seconds: float = 2.0) -> Rulebooks:
    """Rulebooks by slug."""

    async def load(slug: str) -> Rulebook:
        process = await find_process(database, slug)
        places = await places_of(database, process)
        today = local_day(clock(), process.timezone)
        return Rulebook(
            process,
            places,
            await heirs_of(database, process),
            await catalogue_of(database, process),
            await process_key(database, process, "voter", master),
            await process_key(database, process, "leaf", master),
            await stale_places(database, process, places.values(), today),
            await door_codes(database, process),
        )

    return Recent(load, seconds)


async def knowing(database: Database, book: Rulebook, names: Iterable[str]) -> Rulebook:
    """The book with these places in it, each named by its reference or by the identifier of a mark.

    Another server process may have made a spot a moment ago, and one without a wish is in no list: such a place is
    asked for by itself. That costs no more than any other question, so that nobody can wear us out with names that
    nobody gave.
    """
    unknown = {name for name in names if name not in book.places and name not in book.heirs}
    if not unknown:
        return book
    marked = await places_of_marks(database, book.process, unknown)
    found = await places_named(database, book.process, unknown | set(marked.values()))
    heirs = {name: found[ref].ref for name, ref in marked.items() if ref in found}
    heirs |= {ref: place.ref for ref, place in found.items() if ref != place.ref}
    places = {place.ref: place for place in found.values()}
    return replace(book, places=book.places | places, heirs=book.heirs | heirs)
