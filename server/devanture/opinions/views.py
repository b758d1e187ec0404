"""What the pages about a voter's own answers show."""

import secrets
import uuid
from typing import Any
from uuid import UUID

import msgspec

from devanture.aside.service import asides
from devanture.aside.words import why
from devanture.audit.service import sealed_in
from devanture.errors import Problem
from devanture.opinions.crowds import participants_at
from devanture.opinions.rulebook import Rulebook, knowing
from devanture.opinions.schemas import OpinionV1, VoterState
from devanture.opinions.service import fate_of, phone_state, voter_state
from devanture.opinions.words import thanks, wishes_in_words
from devanture.places import views as places
from devanture.places.schemas import Place
from devanture.processes.service import process_view
from devanture.program import Program
from devanture.releases.figures import figures_of_place
from devanture.residence.service import has_answered
from devanture.streets.rules import NextDoor, next_door, progress
from devanture.web.body import Form
from devanture.web.i18n import translate
from devanture.web.voters import Standing, Voter

Context = dict[str, Any]


def fresh_uuid() -> str:
    """A version 4 UUID for a form: the server makes one only where no phone can."""
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))


def form_context(place: Place, slug: str, seq: int, mine: OpinionV1 | None) -> Context:
    """An empty form, or one filled with what this voter wished before."""
    values = {name: getattr(mine, name) for name in _FIELDS} if mine else {}
    action = f"/{slug}/lieux/{place.ref}/avis"
    return {"uuid": fresh_uuid(), "seq": seq, "action": action, "values": values, "errors": []}


def undo_context(slug: str, ref: str, seq: int) -> Context:
    """The form that takes an answer back."""
    return {"uuid": fresh_uuid(), "seq": seq, "action": f"/{slug}/lieux/{ref}/annuler"}


def report_context(slug: str, ref: str) -> Context:
    """The form that says what was found at a place (reports/handlers.py)."""
    return {"uuid": fresh_uuid(), "action": f"/{slug}/lieux/{ref}/constat"}


_FIELDS = ("wishes", "other", "frequency", "nuisances", "comment")


def refused_form(place: Place, slug: str, seq: int, sent: Form, problem_text: str) -> Context:
    """The form again with every word that was typed, and what stood against it."""
    values: Context = {name: sent.get(name, []) for name in ("wishes", "nuisances")}
    values |= {name: sent.get(name, [""])[0] for name in ("other", "frequency", "comment", "door")}
    return form_context(place, slug, seq, None) | {"values": values, "errors": [problem_text]}


async def voter_answer(running: Program, book: Rulebook, voter: Voter) -> VoterState:
    """What the phone learns of its own voter before it sends anything."""
    state = await phone_state(running.database, book, voter.number)
    answered = await has_answered(running.database, book, voter.number)
    age = max(0, int((running.now() - voter.issued_at).total_seconds()))
    over = voter.standing is Standing.OVER
    return msgspec.structs.replace(state, residence_answered=answered, puzzle=over, age=age)


async def thanks_context(
    running: Program, book: Rulebook, place: Place, voter: str | None, lang: str, person: int = 0
) -> Context:
    """The view model of `opinions/thanks.html`; raises `not-found` where this person has nothing stored."""
    state = await voter_state(running.database, book, voter, person)
    answers = {current.place: current.opinion for current in state.current if not current.opinion.withdraw}
    receipts = {current.place: current.receipt for current in state.current}
    mine = answers.get(place.ref)
    if mine is None:
        raise Problem("not-found")
    crowd = await running.crowd(book.process)
    counts = crowd.at | {place.id: await participants_at(running.database, book.process, place.id)}
    following = next_door(book.places.values(), place, answers)
    alike = following is not None and _alike(book, place, following.place)
    return {
        "process": process_view(book.process, lang, running.now()),
        "place": places.one_view(book, place, counts, answers, lang),
        "sentence": thanks(mine, place, book.catalogue.by_code(), lang),
        "receipt": receipts[place.ref],
        "residence_answered": await has_answered(running.database, book, voter),
        # The forms of a page act for the phone's own person.
        "undo": None if person else undo_context(book.process.slug, place.ref, state.next_seq),
        "figures": await figures_of_place(
            running.database, book.process, place.id, counts[place.id], book.catalogue, lang, own=_codes(mine)
        ),
        "onward": onward_context(book, following, counts, answers, lang, state.next_seq) if following else None,
        "same": places.same_view(mine, book, lang) if alike and not person else None,
        "round": progress(book.places.values(), place, answers),
        "walked": walked(book, place, answers, lang),
    }


def _codes(mine: OpinionV1) -> frozenset[str]:
    """What was wished, by the codes that figures have."""
    return frozenset((*mine.wishes, "other") if mine.other.strip() else mine.wishes)


def onward_context(
    book: Rulebook, following: NextDoor, counts: dict[UUID, int], answers: places.Answers, lang: str, seq: int
) -> Context:
    """The next door: its view, where it is from here, how many metres on foot, and the form of a wish there."""
    shown = places.one_view(book, following.place, counts, answers, lang)
    form = form_context(following.place, book.process.slug, seq, None)
    return {"place": shown, "where": following.where, "metres": following.metres, "form": form}


def _alike(book: Rulebook, one: Place, other: Place) -> bool:
    return book.catalogue_kind(one) == book.catalogue_kind(other)


def walked(book: Rulebook, here: Place, answers: places.Answers, lang: str) -> list[Context]:
    """What this voter asked for along the round of `here`, latest first."""
    known = book.catalogue.by_code()
    doors = ((book.places[ref], opinion) for ref, opinion in answers.items() if ref in book.places)
    return [
        {"place": places.one_view(book, door, {}, answers, lang), "wish": wishes_in_words(opinion, known, lang)}
        for door, opinion in doors
        if here.round is not None and door.round == here.round
    ]


def unanswered_context(running: Program, book: Rulebook, place: Place, lang: str) -> Context:
    """The view model of `opinions/unanswered.html`: no answer of this voter is known at this place."""
    shown = places.one_view(book, place, {}, {}, lang)
    return {"process": process_view(book.process, lang, running.now()), "place": shown}


async def mine_context(running: Program, book: Rulebook, voter: str | None, lang: str) -> Context:
    """The view model of `opinions/mine.html`: the voter's answers as the server knows them.

    One at a place that was merged since is shown as one at the place that took it in, and taken back where it stands.
    """
    state = await voter_state(running.database, book, voter)
    book = await knowing(running.database, book, [mine.place for mine in state.current])
    counts = (await running.crowd(book.process)).at
    out = await asides(running.database, book.process, [UUID(mine.id) for mine in state.current])
    rows = [
        {
            "id": mine.id,
            "aside": why(out[UUID(mine.id)], lang) if UUID(mine.id) in out else None,
            "place": places.one_view(book, place, counts, {place.ref: mine.opinion}, lang),
            "sentence": wishes_in_words(mine.opinion, book.catalogue.by_code(), lang) or translate(lang, "Taken back"),
            "day": mine.day,
            "receipt": mine.receipt,
            "withdrawn": mine.opinion.withdraw,
            "undo": None if mine.opinion.withdraw else undo_context(book.process.slug, mine.place, state.next_seq),
        }
        for mine in state.current
        if (place := book.find(mine.place))
    ]
    return {"process": process_view(book.process, lang, running.now()), "opinions": rows}


async def receipt_context(running: Program, book: Rulebook, word: str, lang: str) -> Context:
    """The view model of `opinions/receipt.html`; `fate` is none before a word was typed, and for one nobody holds.

    `sealed` is the day whose tree holds the sending; none while it waits for the night.
    """
    fate = await fate_of(running.database, book.process, word) if word.strip() else None
    reason = why(fate.aside, lang) if fate and fate.aside else None
    proof = await sealed_in(running.database, book.process, word) if fate else None
    known = {"word": word.strip(), "fate": fate, "reason": reason, "sealed": proof.sealed if proof else None}
    return {"process": process_view(book.process, lang, running.now()), **known}
