"""What the pages of a follower show."""

from datetime import date
from typing import Any

from devanture.follows import rules
from devanture.follows.schemas import Follow
from devanture.opinions.crowds import participants_at
from devanture.opinions.rulebook import Rulebook
from devanture.opinions.views import fresh_uuid
from devanture.places.schemas import Place
from devanture.places.views import one_view
from devanture.processes.service import process_view
from devanture.program import Program
from devanture.releases.figures import figures_of_place
from devanture.web.i18n import translate

Context = dict[str, Any]


def form_context(running: Program, book: Rulebook, place: Place, lang: str) -> Context:
    """The view model of `follows/follow.html`: what may be chosen, and a fresh id for the form."""
    return {
        "process": process_view(book.process, lang, running.now()),
        "place": one_view(book, place, {}, {}, lang),
        "mail": running.followers.mail,
        "push_key": rules.push_public_key(running.followers.master),
        "uuid": fresh_uuid(),
        "said": None,
        "address": "",
        "error": None,
    }


async def story_context(running: Program, book: Rulebook, follow: Follow, place: Place, lang: str) -> Context:
    """The view model of `follows/story.html`: the place's story so far, as anybody may know it."""
    people = await participants_at(running.database, book.process, place.id)
    process = process_view(book.process, lang, running.now())
    figures = await figures_of_place(running.database, book.process, place.id, people, book.catalogue, lang)
    return {
        "process": process,
        "place": one_view(book, place, {place.id: people}, {}, lang),
        "follow": follow,
        "figures": figures,
        "steps": _steps(process, running.now().date(), lang),
    }


def _steps(process: Context, today: date, lang: str) -> list[Context]:
    """The dates that are known, each with whether it has passed."""
    return [
        {"day": process[name], "label": translate(lang, words), "past": process[name] <= today}
        for name, words in rules.STEPS.items()
        if process[name]
    ]
