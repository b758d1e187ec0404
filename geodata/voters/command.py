"""`python -m geodata voters DIR`: invented opinions for a town folder, one line at a time.

One seed gives the same bytes again, ids too. Nothing is kept but one voter at a time, so a million opinions need
no more memory than nine thousand.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from rich.progress import Progress

from geodata.console import console
from geodata.errors import GeodataError
from geodata.files import replacing
from geodata.voters import words
from geodata.voters.tastes import Taste, tastes

VOTERS = 3000
EACH = 3
"""Sendings per voter, on average."""
QUIET = 4
"""Answers at the quiet door: one short of the five that open a place's figures."""
FLOOR = 8
"""Voters who begin at every other place, so that no second one stays quiet."""
DAYS = 45
MAX_WISHES = 3
STROLL = 0.45
"""How often the next place is one of those near the last."""

Line = dict[str, Any]


@dataclass(slots=True)
class Voter:
    """One voter on the way: what was answered where, and what comes next."""

    number: int
    chance: Random
    channel: str
    proof: str
    day: int
    seq: int = 0
    answered: list[int] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)
    """Places whose answer is never withdrawn: those that were promised a number of respondents."""


class Town:
    """The places of a folder, and the voters that walk among them."""

    def __init__(self, places: Sequence[Taste], chance: Random) -> None:
        self.places = places
        self.chance = chance
        self.quiet = self._quiet()
        self.others = [number for number in range(len(places)) if number != self.quiet]
        self.popularity = [places[number].popularity for number in self.others]

    def _quiet(self) -> int:
        """The least popular premises; a site when there are no others."""
        doors = [number for number, place in enumerate(self.places) if not place.site]
        return (doors or list(range(len(self.places))))[-1]

    def lines(self, voters: int, opinions: int) -> Iterator[Line]:
        """Exactly `opinions` sendings of `voters` voters."""
        left = opinions
        for number in range(1, voters + 1):
            voter = self._voter(number)
            count = self._count(left, voters - number + 1)
            left -= count
            yield from self._round(voter, count)

    def _voter(self, number: int) -> Voter:
        channel = _drawn(words.CHANNELS, self.chance)
        proof = _drawn(words.PROOFS[channel], self.chance)
        # Two thirds answer early on; the rest trickles in, with a bump when the newspaper wrote about it.
        day = DAYS - int(self.chance.triangular(0, DAYS, 4)) if self.chance.random() < 0.85 else 17
        return Voter(number, self.chance, channel, proof, day)

    def _count(self, left: int, voters: int) -> int:
        """Sendings of the next voter: a long tail around what is left for each, the rest for the last."""
        if voters == 1:
            return left
        mean = left / voters
        drawn = 1 + int(self.chance.expovariate(1 / max(mean - 0.5, 0.01)))
        return max(1, min(drawn, 6 * int(mean + 1), left - (voters - 1)))

    def _round(self, voter: Voter, count: int) -> Iterator[Line]:
        for _ in range(count):
            voter.seq += 1
            yield self._sending(voter)

    def _sending(self, voter: Voter) -> Line:
        """A first answer somewhere, or now and then a change or a withdrawal of an earlier one."""
        first = self._first(voter)
        free = [place for place in voter.answered if place not in voter.kept]
        chance = voter.chance.random()
        if first is None and free and chance < 0.02:
            place = voter.chance.choice(free)
            voter.answered.remove(place)
            return self._line(voter, _withdrawal(self.places[place], voter.seq), later=True)
        again = voter.answered and (chance < 0.06 or len(voter.answered) >= len(self.others))
        if first is None and again:
            return self._line(voter, self._opinion(voter, voter.chance.choice(voter.answered)), later=True)
        place = self._next(voter) if first is None else first
        voter.answered.append(place)
        return self._line(voter, self._opinion(voter, place))

    def _first(self, voter: Voter) -> int | None:
        """The place promised to this voter's first sending, if any."""
        if voter.seq != 1 or voter.number > QUIET + FLOOR * len(self.others):
            return None
        place = self.quiet if voter.number <= QUIET else self.others[voter.number % len(self.others)]
        voter.kept.add(place)
        return place

    def _next(self, voter: Voter) -> int:
        """A place near the last one, or a popular one."""
        if voter.answered and voter.chance.random() < STROLL:
            around = self.places[voter.answered[-1]].near
            fresh = [place for place in around if place != self.quiet and place not in voter.answered]
            if fresh:
                return fresh[0] if voter.chance.random() < 0.5 else voter.chance.choice(fresh)
        for place in voter.chance.choices(self.others, self.popularity, k=20):
            if place not in voter.answered:
                return place
        return next(place for place in self.others if place not in voter.answered)

    def _opinion(self, voter: Voter, number: int) -> Line:
        place, chance = self.places[number], voter.chance
        opinion: Line = {"v": 1, "place": place.ref, "seq": voter.seq, "wishes": _wishes(place, chance)}
        if chance.random() < 0.04:
            opinion["other"] = chance.choice(words.OTHERS)
            opinion["wishes"] = opinion["wishes"][: MAX_WISHES - 1] if chance.random() < 0.5 else []
        if frequency := _drawn(words.FREQUENCIES, chance):
            opinion["frequency"] = frequency
        if chance.random() < 0.06:
            opinion["nuisances"] = sorted(chance.sample(words.NUISANCES, chance.choice((1, 1, 2))))
        if chance.random() < 0.07:
            opinion["comment"] = chance.choice(words.FOR_SITES if place.site else words.COMMENTS)
        if voter.channel not in ("paper", "phone"):
            # The phone draws the order of the families once for each voter; paper has one order for all.
            opinion["families_shown"] = Random(voter.number).sample(place.families, len(place.families))  # noqa: S311
        if voter.channel == "for_another":
            opinion["for_another"] = True
        return opinion

    def _line(self, voter: Voter, opinion: Line, later: bool = False) -> Line:
        if later and voter.day:
            voter.day = voter.chance.randrange(voter.day)
        return {
            "voter": voter.number,
            "id": str(UUID(int=voter.chance.getrandbits(128), version=4)),
            "days_ago": voter.day,
            "channel": voter.channel,
            "proof": voter.proof,
            "opinion": opinion,
        }


def _wishes(place: Taste, chance: Random) -> list[str]:
    """One to three different activities, in the order in which they came to mind."""
    wanted = chance.choices((1, 2, MAX_WISHES), (55, 30, 15))[0]
    drawn = chance.choices(place.wishes, cum_weights=place.weights, k=wanted)
    return list(dict.fromkeys(drawn))


def _withdrawal(place: Taste, seq: int) -> Line:
    return {"v": 1, "place": place.ref, "seq": seq, "withdraw": True}


def _drawn(shares: dict[str, int], chance: Random) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def write_opinions(directory: Path, out: Path, voters: int, opinions: int, seed: int) -> None:
    """Write `opinions` lines of `voters` voters about the town of `directory` to the gzip file `out`.

    Raises GeodataError when the town folder is not whole or the numbers cannot be met.
    """
    chance = Random(seed)  # noqa: S311 - the same seed must give the same file.
    town = Town(tastes(directory, chance), chance)
    least = QUIET + FLOOR * len(town.others)
    if voters < least or opinions < voters:
        raise GeodataError(f"needs at least {least} voters for {len(town.places)} places, and an opinion of each")
    with (
        replacing(out) as draft,
        draft.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as sink,
        Progress(console=console) as progress,
    ):
        for line in progress.track(town.lines(voters, opinions), total=opinions, description="opinions"):
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            sink.write(text.encode() + b"\n")


def main(argv: Sequence[str]) -> None:
    """Write the opinions."""
    parser = argparse.ArgumentParser(prog="geodata voters", description=__doc__)
    parser.add_argument("directory", type=Path, help="a town folder")
    parser.add_argument("--voters", type=int, help=f"{VOTERS} unless --opinions asks for more")
    parser.add_argument("--opinions", type=int, help=f"sendings in all, {EACH} a voter unless given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="DIRECTORY/opinions.ndjson.gz unless given")
    given = parser.parse_args(argv)
    voters = given.voters or max(VOTERS, (given.opinions or 0) // EACH)
    opinions = given.opinions or voters * EACH
    out = given.out or given.directory / "opinions.ndjson.gz"
    write_opinions(given.directory, out, voters, opinions, given.seed)
    console.print(f"{out}: {opinions} opinions of {voters} voters")
