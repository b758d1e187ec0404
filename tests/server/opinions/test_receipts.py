"""The receipt: a word with which anyone sees what became of an answer, and nothing else."""

import hmac
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx2 import AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.opinions import rules
from devanture.opinions.views import thanks_context
from devanture.processes.service import find_process, process_key
from devanture.settings import Settings
from tests.seed import CLOSES, Clock, Seeded, Town, browser_on, journal, opinion, seed, send

pytestmark = pytest.mark.anyio
SHAPE = re.compile(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}")


async def fate(client: AsyncClient, word: str, lang: str = "fr") -> tuple[str, str]:
    """The code of the state that the page tells, empty for an unknown word, and its whole text."""
    page = await client.get("/rue/recu", params={"mot": word, "lang": lang})
    assert page.status_code == 200
    found = re.search(r'data-fate="([a-z]+)"', page.text)
    return (found[1] if found else ""), page.text


@given(st.binary(min_size=32, max_size=32))
def test_a_receipt_reads_back_as_the_beginning_of_its_leaf(leaf: bytes) -> None:
    word = rules.receipt(leaf)
    assert SHAPE.fullmatch(word)
    assert rules.read_receipt(word) == leaf[:10]
    typed = word.lower().replace("-", " ").replace("o", "0").replace("i", "1").replace("b", "8")
    assert rules.read_receipt(f"  {typed}\n") == leaf[:10]


@pytest.mark.parametrize("typed", ["", "7KQF-2M6X-H3DA-WZ5", "7KQF-2M6X-H3DA-WZ5NN", "7KQF2M6XH3DAWZ5é", "?" * 500])
def test_what_is_no_receipt_is_none(typed: str) -> None:
    assert rules.read_receipt(typed) is None


async def test_the_same_sending_gets_the_same_receipt_and_another_another(client: AsyncClient, town: Seeded) -> None:
    sending_id = uuid4()
    first = (await send(client, opinion(), sending_id)).json()["receipt"]
    assert (await send(client, opinion(), sending_id)).json()["receipt"] == first
    assert (await send(client, opinion(seq=2))).json()["receipt"] != first
    state = (await client.post("/api/v1/rue/voter")).json()
    assert first not in [mine["receipt"] for mine in state["current"]] and len(state["current"]) == 1


async def test_a_replay_after_the_closing_still_gets_its_receipt(
    client: AsyncClient, town: Seeded, clock: Clock
) -> None:
    sending_id = uuid4()
    first = (await send(client, opinion(), sending_id)).json()["receipt"]
    clock.set(CLOSES + timedelta(days=30))
    assert (await send(client, opinion(), sending_id)).json()["receipt"] == first


async def test_the_leaf_is_the_keyed_hash_of_the_sending(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    sending_id = uuid4()
    receipt = (await send(client, opinion(), sending_id)).json()["receipt"]
    stored = (await journal(database, town))[0]
    async with database.transaction(town.organisation_id) as connection:
        leaves = await connection.fetch("SELECT process_id, opinion_id, leaf FROM leaf")
    key = await process_key(database, await find_process(database, "rue"), "leaf", settings.key)
    expected = hmac.digest(key, sending_id.bytes + stored["digest"], "sha256")
    assert [tuple(row) for row in leaves] == [(town.process_id, sending_id, expected)]
    assert rules.receipt(expected) == receipt


async def test_it_tells_counted_then_replaced_then_withdrawn(client: AsyncClient, town: Seeded) -> None:
    first = (await send(client, opinion())).json()["receipt"]
    assert (await fate(client, first))[0] == "counted"
    second = (await send(client, opinion(seq=2, wishes=["grocer"]))).json()["receipt"]
    assert [(await fate(client, word))[0] for word in (first, second)] == ["replaced", "counted"]
    third = (await send(client, opinion(seq=3, withdraw=True))).json()["receipt"]
    told = [(await fate(client, word))[0] for word in (first, second, third)]
    assert told == ["withdrawn", "withdrawn", "withdrawal"]


async def test_it_tells_an_answer_that_came_late(client: AsyncClient, town: Seeded, clock: Clock) -> None:
    in_time = (await send(client, opinion())).json()["receipt"]
    clock.set(CLOSES + timedelta(hours=2))
    late = (await send(client, opinion(seq=2))).json()["receipt"]
    assert [(await fate(client, word))[0] for word in (in_time, late)] == ["counted", "late"]


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_it_says_neither_the_choice_nor_the_place_nor_its_figures(
    client: AsyncClient, app: Starlette, town: Seeded, lang: str
) -> None:
    for _ in range(6):
        async with browser_on(app) as neighbour:
            word = (await send(neighbour, opinion(comment="Vite !"))).json()["receipt"]
    state, page = await fate(client, word, lang)
    shown = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    assert state == "counted"
    for secret in ("oissonnerie", "ishmonger", "Vite", "C12", "lieux/", " 6 ", "12,"):
        assert secret not in shown, secret


async def test_an_unknown_word_is_said_so_and_kept_in_the_form(client: AsyncClient, town: Seeded) -> None:
    for word in ("AAAA-BBBB-CCCC-DDDD", "bonjour"):
        state, page = await fate(client, word)
        assert state == "" and 'id="unknown"' in page and f'value="{word}"' in page
    state, page = await fate(client, "")
    assert state == "" and 'id="unknown"' not in page


async def test_a_receipt_of_another_consultation_is_unknown(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    await seed(database, settings, Town(slug="autre", organisation="autre-ville"))
    receipt = (await send(client, opinion(), slug="autre")).json()["receipt"]
    assert (await fate(client, receipt))[0] == ""


async def test_the_thanks_page_is_given_the_receipt(app: Starlette, client: AsyncClient, town: Seeded) -> None:
    receipt = (await send(client, opinion())).json()["receipt"]
    running = app.state.program
    book = await running.rulebooks.get("rue")
    voter = client.cookies["devanture_voter"].partition(".")[0]
    context = await thanks_context(running, book, book.place("C12"), voter, "fr")
    assert context["receipt"] == receipt
