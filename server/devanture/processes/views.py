"""What the walk, the home page and the phone's pack show."""

from itertools import groupby
from typing import Any

from devanture.activities.rules import drawn_order, family_view
from devanture.opinions.service import Rulebook
from devanture.places.rules import street_of
from devanture.places.views import answers_of, place_views
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


async def walk_context(running: Program, book: Rulebook, voter: str, lang: str) -> Context:
    """The view model of `processes/walk.html`: premises by street, sites apart."""
    answers, _ = await answers_of(running, book, voter)
    views = await place_views(running, book, answers, lang)
    doors = [view for view in views if view["kind"] != "site"]
    return {
        "process": process_view(book.process, lang, running.now()),
        "streets": [
            {"name": name, "places": list(group)}
            for name, group in groupby(doors, key=lambda view: street_of(book.places[view["ref"]]))
        ],
        "sites": [view for view in views if view["kind"] == "site"],
        "participants": (await running.crowd(book.process)).total,
        "map_svg": running.maps.overview(book, set(answers)),
    }


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
