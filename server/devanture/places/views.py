"""What the page of a place shows: gathered from the services of several nouns, for reading only."""

import heapq
from typing import Any
from uuid import UUID

from devanture.activities.rules import drawn_order, family_view
from devanture.opinions.crowds import participants_at
from devanture.opinions.rulebook import Rulebook
from devanture.opinions.schemas import OpinionV1
from devanture.opinions.service import voter_state
from devanture.opinions.words import wishes_in_words
from devanture.places.rules import place_view, street_order
from devanture.places.schemas import Place
from devanture.processes.service import process_view
from devanture.program import Program
from devanture.releases.figures import figures_of_place
from devanture.streets.rules import straight
from devanture.supply.service import supply_view

Answers = dict[str, OpinionV1]
NEAREST = 3
"""Other doors offered to somebody who stands before another one."""


async def answers_of(running: Program, book: Rulebook, voter: str | None) -> tuple[Answers, int]:
    """A voter's current answers by place reference, withdrawn ones left out, and their next `seq`."""
    state = await voter_state(running.database, book, voter)
    return {mine.place: mine.opinion for mine in state.current if not mine.opinion.withdraw}, state.next_seq


async def place_views(running: Program, book: Rulebook, answers: Answers, lang: str) -> list[dict[str, Any]]:
    """Every place of the process in street order, with the live number of people and the voter's own wish."""
    return views_of(book, (await running.crowd(book.process)).at, answers, lang)


def views_of(book: Rulebook, counts: dict[UUID, int], answers: Answers, lang: str) -> list[dict[str, Any]]:
    """The same, with numbers of people that are in hand."""
    places = sorted(book.places.values(), key=street_order)
    return [one_view(book, place, counts, answers, lang) for place in places]


def one_view(book: Rulebook, place: Place, counts: dict[UUID, int], answers: Answers, lang: str) -> dict[str, Any]:
    known = book.catalogue.by_code()
    answered = answers.get(place.ref)
    return place_view(place, book.process.slug, known, lang) | {
        "stale": place.id in book.stale,
        "participants": counts.get(place.id, 0),
        "answered": wishes_in_words(answered, known, lang) if answered else None,
    }


async def place_context(running: Program, book: Rulebook, place: Place, voter: str, lang: str) -> dict[str, Any]:
    """The view model of `places/place.html`, but for the form's own words."""
    answers, next_seq = await answers_of(running, book, voter)
    crowd = await running.crowd(book.process)
    counts = crowd.at | {place.id: await participants_at(running.database, book.process, place.id)}
    order = drawn_order(book.catalogue.of(book.catalogue_kind(place)), voter)
    others = [one_view(book, near, counts, answers, lang) for near in nearest_places(book, place, NEAREST)]
    same = same_wish(book, place, answers)
    return {
        "process": process_view(book.process, lang, running.now()),
        "place": one_view(book, place, counts, answers, lang),
        "families": [family_view(family, lang) for family in order],
        "supply": await supply_view(running.database, book.process, place.id, book.catalogue, lang),
        "figures": await figures_of_place(
            running.database, book.process, place.id, counts[place.id], book.catalogue, lang
        ),
        "nearest": others,
        "same": same_view(same, book, lang) if same else None,
        "next_seq": next_seq,
        "mine": answers.get(place.ref),
    }


def same_view(same: OpinionV1, book: Rulebook, lang: str) -> dict[str, Any]:
    """An earlier wish as the fields of a form, and in words."""
    words = wishes_in_words(same, book.catalogue.by_code(), lang)
    return {"wishes": same.wishes, "other": same.other, "words": words}


def nearest_places(book: Rulebook, here: Place, most: int) -> list[Place]:
    """Those of the same kind around it, nearest first: one of them may be the door that was meant."""
    others = (place for place in book.places.values() if place.ref != here.ref and place.kind == here.kind)
    return heapq.nsmallest(most, others, key=lambda place: straight(here, place))


def same_wish(book: Rulebook, here: Place, answers: Answers) -> OpinionV1 | None:
    """What this voter wished last at a place of the same catalogue, to be wished here too; none once they answered."""
    if here.ref in answers:
        return None
    kind = book.catalogue_kind(here)
    known = ((book.places[ref], mine) for ref, mine in answers.items() if ref in book.places)
    return next((mine for place, mine in known if book.catalogue_kind(place) == kind), None)
