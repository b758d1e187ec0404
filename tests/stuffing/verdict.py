"""What became of it: forged opinions found, honest ones lost, and every door where another wish would come first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from devanture.proofs.schemas import PROVEN
from devanture.releases import queries
from devanture.releases.recount import WHOLE
from devanture.releases.rules import overturned
from tests.stuffing.acts import HONEST
from tests.stuffing.stage import Sent, Stage

Ranks = Mapping[str, Counter[str]]
GOAL_FOUND, GOAL_LOST = 0.95, 0.005


@dataclass(frozen=True)
class Row:
    """One party's line of the table.

    `uncounted`: set aside, or without effect, as a sending that came twice; `outside`: counted, but not as proven.
    Doors are references: where a forged wish would stand first without rules, where it does, where a warning says so.
    Of honest answers: `lost` are set aside, `doubted` count, and their proof does not. `warned`: doors with a warning.
    """

    name: str
    forged: int = 0
    uncounted: int = 0
    outside: int = 0
    would_flip: frozenset[str] = frozenset()
    flip: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    honest: int = 0
    lost: int = 0
    doubted: int = 0
    warned: int = 0
    rules: tuple[tuple[str, int], ...] = ()

    @property
    def found(self) -> float:
        return (self.uncounted + self.outside) / self.forged if self.forged else 1.0

    @property
    def untold(self) -> frozenset[str]:
        return self.flip - self.told


@dataclass(frozen=True)
class State:
    """Opinions of the database in the end: all current ones, those counted with their level, doors with a warning.

    `honest`, `everything` and `shown` are what stands first where: of honest people, of all, and of what is counted.
    """

    current: frozenset[UUID]
    counted: Mapping[UUID, str]
    rules: Mapping[UUID, str]
    doubted: frozenset[UUID]
    warned: frozenset[str]
    honest: Ranks
    everything: Ranks
    shown: Ranks


async def read(stage: Stage) -> State:
    process, sent = stage.book.process, stage.sent.values()
    async with stage.program.database.transaction(process.organisation_id) as connection:
        await connection.execute("SET LOCAL statement_timeout = '60s'")
        current = await connection.fetch("SELECT opinion_id FROM opinion_current WHERE NOT withdrawn")
        counted = await connection.fetch("SELECT opinion_id, proof FROM counted_opinion")
        aside = await connection.fetch(
            "SELECT DISTINCT ON (opinion_id) opinion_id, rule, verdict FROM set_aside ORDER BY opinion_id, number DESC"
        )
        firsts = await queries.firsts(connection, process.organisation_id, process.id, "desk", PROVEN, 1)
    refs = {place.id: ref for ref, place in stage.book.places.items()}
    standing = frozenset(row["opinion_id"] for row in current)
    levels = {row["opinion_id"]: row["proof"] for row in counted}
    return State(
        current=standing,
        counted=levels,
        rules={row["opinion_id"]: row["rule"] for row in aside if row["verdict"] == "set_aside"},
        doubted=frozenset(row["opinion_id"] for row in aside if row["verdict"] == "unproven"),
        warned=frozenset(refs[place] for place in overturned(firsts, WHOLE) if place in refs),
        honest=_ranks(one for one in sent if one.party == HONEST and one.id in standing),
        everything=_ranks(one for one in sent if one.id in standing),
        shown=_ranks(one for one in sent if one.id in levels),
    )


def party(stage: Stage, state: State, name: str) -> Row:
    """The line of an attack, at the doors that it aimed at."""
    forged = [one for one in stage.sent.values() if one.party == name]
    aimed = {one.place for one in forged}
    flip = _turned(state.honest, state.shown) & aimed
    return Row(
        name=name,
        forged=len(forged),
        uncounted=sum(one.id not in state.counted for one in forged),
        outside=sum(state.counted.get(one.id, PROVEN[0]) not in PROVEN for one in forged),
        would_flip=frozenset(_turned(state.honest, state.everything) & aimed),
        flip=frozenset(flip),
        told=frozenset(flip & state.warned),
        rules=_rules(state, forged),
    )


def crowd(stage: Stage, state: State, name: str) -> Row:
    """The line of honest people: of a crowd whose phones are called so, or of all, at every door."""
    honest = [one for one in stage.sent.values() if one.party == HONEST and one.who.startswith(name)]
    lost = [one for one in honest if one.id in state.current and one.id not in state.counted]
    flip = frozenset() if name else frozenset(_turned(state.honest, state.shown))
    return Row(
        name=name or "all honest people",
        would_flip=frozenset() if name else frozenset(_turned(state.honest, state.everything)),
        flip=flip,
        told=flip & state.warned,
        honest=len(honest),
        lost=len(lost),
        doubted=sum(one.id in state.doubted for one in honest),
        warned=len(state.warned),
        rules=_rules(state, lost),
    )


def _rules(state: State, opinions: Iterable[Sent]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(state.rules[one.id] for one in opinions if one.id in state.rules).most_common())


def _ranks(answers: Iterable[Sent]) -> Ranks:
    ranks: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answers:
        ranks[one.place].update(one.wishes)
    return ranks


def _turned(truth: Ranks, seen: Ranks) -> set[str]:
    """Doors where a wish stands first that honest people did not put there."""
    return {place for place, counts in seen.items() if not _first(counts) <= _first(truth.get(place, Counter()))}


def _first(counts: Counter[str]) -> set[str]:
    most = max(counts.values(), default=0)
    return {wish for wish, votes in counts.items() if votes == most}


HEAD = (
    "", "forged", "no voice", "unproven", "found", "honest", "lost", "lost %", "doubted", "would flip",
    "flip", "told", "warned", "by rule",
)  # fmt: skip


def table(rows: Iterable[Row]) -> str:
    """One line a party, in Markdown, so that it goes into a page of docs as it is."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (HEAD, ("---",) * len(HEAD), *map(_cells, rows)))


def _cells(row: Row) -> tuple[str, ...]:
    numbers = (f"{row.forged:,}", f"{row.uncounted:,}", f"{row.outside:,}", f"{row.found:.1%}")
    forged = numbers if row.forged else ("",) * 4
    lost = f"{row.lost / max(row.honest, 1):.2%}"
    honest = (f"{row.honest:,}", f"{row.lost:,}", lost, f"{row.doubted:,}") if row.honest else ("",) * 4
    doors = (str(len(row.would_flip)), str(len(row.flip)), str(len(row.told)), str(row.warned or ""))
    return (row.name, *forged, *honest, *doors, ", ".join(f"{rule} {votes:,}" for rule, votes in row.rules))
