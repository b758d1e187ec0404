"""What the walk, the home page and the phone's pack show."""

from collections.abc import Sequence
from typing import Any

from devanture.activities.rules import drawn_order, family_view
from devanture.errors import Problem
from devanture.opinions.service import Rulebook
from devanture.places.rules import street_of
from devanture.places.schemas import Place
from devanture.places.views import answers_of, place_views
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


async def pack(running: Program, book: Rulebook, voter: str, lang: str) -> Context:
    """Everything a phone needs to walk and answer without a network, in one language; nothing about the voter."""
    supply = await supply_counts(running.database, book.process)
    kinds = dict.fromkeys(family.kind for family in book.catalogue.families)
    drawn = [family for kind in kinds for family in drawn_order(book.catalogue.of(kind), voter)]
    families = [family_view(family, lang) for family in drawn]
    activities = [activity for family in families for activity in family.pop("activities")]
    places = await place_views(running, book, {}, lang)
    for place in places:
        place["supply"] = supply.get(place["ref"], [])
    return {
        "process": process_view(book.process, lang, running.now())
        | {"supply": await supply_origin(running.database, book.process)},
        "families": families,
        "activities": activities,
        "places": places,
    }
