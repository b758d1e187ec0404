"""What the walk, a round, the home page and the phone's pack show."""

import asyncio
from collections.abc import Sequence
from typing import Any

from devanture.errors import Problem
from devanture.opinions.rulebook import Rulebook
from devanture.places.rules import street_of
from devanture.places.schemas import Place
from devanture.places.views import answers_of, place_views, views_of
from devanture.processes.pack import Pack, written
from devanture.processes.rounds import next_of, next_round, rounds_of, strip
from devanture.processes.service import all_processes, process_view
from devanture.program import Program
from devanture.supply.service import supply_counts, supply_origin

Context = dict[str, Any]


async def home_context(running: Program, lang: str) -> Context:
    views = []
    for process in await all_processes(running.database):
        people = (await running.crowd(process)).total
        views.append(process_view(process, lang, running.now()) | {"participants": people})
    return {"processes": views}


async def arrival_context(running: Program, book: Rulebook, lang: str) -> Context:
    """The view model of `processes/arrival.html`: who asks, who decides, until when, what is not open to change."""
    doors = [place for place in book.places.values() if place.kind == "premises" and place.state in ("vacant", "open")]
    return {
        "process": process_view(book.process, lang, running.now()),
        "doors": len(doors),
        "participants": (await running.crowd(book.process)).total,
    }


async def walk_context(running: Program, book: Rulebook, voter: str, lang: str) -> Context:
    """The view model of `processes/walk.html`: premises by round, sites and marked spots apart."""
    answers, _ = await answers_of(running, book, voter)
    views = await place_views(running, book, answers, lang)
    return {
        "process": process_view(book.process, lang, running.now()),
        "rounds": _rounds(book, views),
        "sites": [view for view in views if view["kind"] == "site"],
        "spots": [view for view in views if view["kind"] == "spot"],
        "participants": (await running.crowd(book.process)).total,
        "map_svg": running.maps.overview(book, set(answers)),
    }


async def round_context(running: Program, book: Rulebook, voter: str, lang: str, name: str | None) -> Context:
    """The view model of `processes/round.html`.

    Without a name the round of the last answer; with an empty one, or when nothing was answered, the choice of one.
    """
    answers, _ = await answers_of(running, book, voter)
    rounds = _rounds(book, await place_views(running, book, answers, lang))
    said = [place for ref in sorted(answers, key=lambda ref: answers[ref].seq) if (place := book.find(ref))]
    if name is None:
        name = next((street_of(place) for place in reversed(said) if place.kind == "premises"), "")
    chosen = next((one for one in rounds if one["name"] == name), None)
    if name and not chosen:
        raise Problem("not-found")
    shown = _shown_round(rounds, chosen, said) if chosen else {}
    process = process_view(book.process, lang, running.now())
    return {"process": process, "rounds": rounds, "round": chosen, **shown}


def _shown_round(rounds: list[Context], chosen: Context, said: Sequence[Place]) -> Context:
    doors = chosen["places"]
    refs = {door["ref"] for door in doors}
    last = next((place.ref for place in reversed(said) if place.ref in refs), None)
    following = next_of(doors, last)
    return {"next": following, "marks": strip(doors, following), "onward": next_round(rounds, chosen)}


def _rounds(book: Rulebook, views: list[Context]) -> list[Context]:
    doors = [view for view in views if view["kind"] == "premises"]
    return rounds_of(doors, book.process.slug, lambda view: street_of(book.places[view["ref"]]))


async def gather_pack(running: Program, slug: str, lang: str) -> Pack:
    """The phone's pack of a process as it is now; nothing in it is about a voter. Raises `unknown-process`."""
    book = await running.rulebooks.get(slug)
    counts = (await running.crowd(book.process)).at
    supply = await supply_counts(running.database, book.process)
    origin = await supply_origin(running.database, book.process)
    process = process_view(book.process, lang, running.now()) | {"supply": origin}

    def write() -> Pack:
        places = [view | {"supply": supply.get(view["ref"], [])} for view in views_of(book, counts, {}, lang)]
        return written(process, places, book.catalogue, lang)

    # Beside the loop: meanwhile answers come in.
    return await asyncio.to_thread(write)
