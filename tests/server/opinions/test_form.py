"""The path without JavaScript: page, form, thanks, undo."""

import re
from typing import Any

import pytest
from httpx2 import AsyncClient, Response

from devanture.db.pool import Database
from devanture.web.i18n import translate
from tests.seed import Clock, Seeded, current, journal, opinion, send

pytestmark = pytest.mark.anyio

PAGE = {"Accept": "text/html"}


async def open_form(client: AsyncClient, ref: str = "C12", **headers: str) -> dict[str, Any]:
    """The hidden fields of a place's form, as a browser would send them back."""
    page = await client.get(f"/rue/lieux/{ref}", headers=PAGE | headers)
    assert page.status_code == 200
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))


async def answer(client: AsyncClient, fields: dict[str, Any], ref: str = "C12", **headers: str) -> Response:
    return await client.post(f"/rue/lieux/{ref}/avis", data=fields, headers=PAGE | headers)


async def test_a_wish_ticked_in_the_form_is_stored_and_thanked_for(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    fields = await open_form(client)
    sent = await answer(client, fields | {"wishes": ["fishmonger", "grocer"], "frequency": "weekly", "comment": " a "})
    assert (sent.status_code, sent.headers["location"]) == (303, "/rue/lieux/C12/merci")
    thanks = await client.get(sent.headers["location"], headers=PAGE)
    assert re.search(r"une poissonnerie et une épicerie au\s12", thanks.text)
    (row,) = await journal(database, town)
    assert (str(row["id"]), row["payload"]["comment"]) == (fields["uuid"], "a")
    assert sorted(row["payload"]["families_shown"]) == ["care", "food", "home", "no-shop"]


async def test_the_voter_of_the_page_is_the_voter_of_the_form(client: AsyncClient, town: Seeded) -> None:
    fields = await open_form(client)
    sent = await answer(client, fields | {"wishes": "grocer"})
    assert "set-cookie" not in sent.headers
    assert "une épicerie" in (await client.get("/rue/mes-avis")).text


async def test_sending_the_same_form_twice_stores_it_once(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    fields = await open_form(client) | {"wishes": "grocer"}
    first, again = [await answer(client, fields) for _ in range(2)]
    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert len(await journal(database, town)) == 1


async def test_going_back_and_choosing_otherwise_offers_a_new_form_with_the_words(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    fields = await open_form(client)
    await answer(client, fields | {"wishes": "grocer"})
    refused = await answer(client, fields | {"wishes": "bakery", "comment": "plutôt du pain"})
    assert refused.status_code == 422
    assert "plutôt du pain" in refused.text and fields["uuid"] not in refused.text
    renewed = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', refused.text))
    assert int(renewed["seq"]) == 2
    assert (await answer(client, renewed | {"wishes": "bakery"})).status_code == 303
    (row,) = await current(database, town)
    assert row["wishes"] == ["bakery"]


async def test_a_refused_form_keeps_every_word_that_was_typed(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    fields = await open_form(client)
    typed = {
        "wishes": ["fishmonger", "grocer", "bakery", "pharmacy"], "other": "un <b>café</b> & « vélo »",
        "frequency": "monthly", "nuisances": ["smells"], "comment": "Rien que\nça",
    }  # fmt: skip
    refused = await answer(client, fields | typed)
    assert refused.status_code == 422
    for code in typed["wishes"]:
        assert re.search(rf'value="{code}" checked', refused.text)
    assert 'value="monthly" checked' in refused.text and 'value="smells" checked' in refused.text
    assert "un &lt;b&gt;café&lt;/b&gt; &amp; « vélo »" in refused.text and "Rien que\nça" in refused.text
    assert "<b>café" not in refused.text
    assert re.search(r"Pas plus de\s3\ssouhaits", refused.text)
    assert await journal(database, town) == []


async def test_undo_takes_the_answer_back_and_leads_to_the_place(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    fields = await open_form(client)
    await answer(client, fields | {"wishes": "grocer"})
    thanks = await client.get("/rue/lieux/C12/merci")
    undo = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', thanks.text))
    undone = await client.post("/rue/lieux/C12/annuler", data=undo)
    assert (undone.status_code, undone.headers["location"]) == (303, "/rue/lieux/C12?annule=1")
    assert "C’est annulé." in (await client.get(undone.headers["location"], headers=PAGE)).text
    assert "It is taken back." in (await client.get("/rue/lieux/C12?annule=1", headers={"Accept-Language": "en"})).text
    (row,) = await current(database, town)
    assert (row["withdrawn"], row["seq"]) == (True, 2)
    again = await client.post("/rue/lieux/C12/annuler", data=undo)
    assert again.status_code == 303 and len(await journal(database, town)) == 2
    assert (await client.get("/rue/lieux/C12/merci", headers=PAGE)).status_code == 404
    assert "Retiré" in (await client.get("/rue/mes-avis")).text


async def test_each_of_my_answers_can_be_taken_back_from_their_list(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    for ref in ("C12", "C14"):
        await answer(client, await open_form(client, ref) | {"wishes": "grocer"}, ref)
    mine = (await client.get("/rue/mes-avis", headers=PAGE)).text
    action = '<form method="post" action="/rue/lieux/C12/annuler">'
    undo = dict(re.findall(r'name="(\w+)" value="([^"]*)"', mine.partition(action)[2].partition("</form>")[0]))
    assert mine.count("Retirer</button>") == 2 and mine.count("Changer</a>") == 2 and undo["seq"] == "3"
    assert (await client.post("/rue/lieux/C12/annuler", data=undo)).status_code == 303
    taken = {row["ref"]: row["withdrawn"] for row in await current(database, town)}
    assert taken == {"C12": True, "C14": False}
    mine = (await client.get("/rue/mes-avis", headers=PAGE)).text
    assert (mine.count("Retirer</button>"), mine.count("Répondre de nouveau</a>")) == (1, 1)


async def test_a_closed_consultation_offers_no_taking_back(client: AsyncClient, clock: Clock, town: Seeded) -> None:
    await answer(client, await open_form(client) | {"wishes": "grocer"})
    clock.set(clock().replace(year=clock().year + 3))
    assert "Retirer" not in (await client.get("/rue/mes-avis", headers=PAGE)).text


async def test_an_old_word_of_withdrawal_is_not_repeated_after_a_new_answer(client: AsyncClient, town: Seeded) -> None:
    await answer(client, await open_form(client) | {"wishes": "grocer"})
    assert "C’est annulé" not in (await client.get("/rue/lieux/C12?annule=1", headers=PAGE)).text


async def test_a_change_of_mind_replaces_the_answer(client: AsyncClient, database: Database, town: Seeded) -> None:
    await answer(client, await open_form(client) | {"wishes": "grocer"})
    page = await client.get("/rue/lieux/C12")
    assert 'value="grocer" checked' in page.text
    await answer(client, await open_form(client) | {"wishes": "bakery"})
    (row,) = await current(database, town)
    assert (row["wishes"], row["seq"]) == (["bakery"], 2)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:8001", "http://evil@127.0.0.1"])
@pytest.mark.parametrize("action", ["avis", "annuler"])
async def test_a_form_sent_by_another_site_is_refused(
    client: AsyncClient, database: Database, town: Seeded, origin: str, action: str
) -> None:
    fields = await open_form(client) | {"wishes": "grocer"}
    sent = await client.post(f"/rue/lieux/C12/{action}", data=fields, headers=PAGE | {"Origin": origin})
    assert sent.status_code == 403
    assert await journal(database, town) == []


async def test_a_form_of_our_own_pages_is_taken(client: AsyncClient, town: Seeded) -> None:
    fields = await open_form(client) | {"wishes": "grocer"}
    assert (await answer(client, fields, Origin="http://127.0.0.1:8000")).status_code == 303


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"wishes": []}, 422),
        ({"wishes": "submarine"}, 422),
        ({"uuid": "x"}, 422),
        ({"uuid": ""}, 422),
        ({"seq": "-1"}, 422),
        ({"seq": "٣"}, 422),
        ({"seq": "9" * 300}, 422),
        ({"seq": str(2**31)}, 422),
        ({"other": "a\0b"}, 422),
        ({"comment": "x" * 1001}, 422),
        ({"frequency": "never"}, 422),
        ({"nuisances": ["noise"] * 9}, 422),
        ({"comment": "x" * 20_000}, 413),
        ({f"field{n}": "1" for n in range(300)}, 400),
    ],
)
async def test_a_bad_form_is_refused_in_words(
    client: AsyncClient, database: Database, town: Seeded, changed: dict[str, Any], status: int
) -> None:
    refused = await answer(client, await open_form(client) | {"wishes": "grocer"} | changed)
    assert refused.status_code == status
    assert refused.headers["content-type"] == "text/html; charset=utf-8"
    assert await journal(database, town) == []


@pytest.mark.parametrize(
    "body", [b"comment=%ED%A0%80&wishes=grocer", b"\xff\xfe=1", b"comment=%FF", b"%00=%00", b"&&&=;"]
)
async def test_bytes_that_are_no_text_are_refused(
    client: AsyncClient, database: Database, town: Seeded, body: bytes
) -> None:
    refused = await client.post("/rue/lieux/C12/avis", content=body, headers=PAGE)
    assert refused.status_code in (400, 422)
    assert await journal(database, town) == []


async def test_a_form_for_an_unknown_place_is_not_found(client: AsyncClient, town: Seeded) -> None:
    fields = await open_form(client) | {"wishes": "grocer"}
    assert (await answer(client, fields, ref="C99")).status_code == 404


async def test_a_closed_consultation_keeps_the_words_and_says_so(
    client: AsyncClient, clock: Clock, database: Database, town: Seeded
) -> None:
    fields = await open_form(client) | {"wishes": "grocer"}
    clock.set(clock().replace(year=clock().year + 3))
    refused = await answer(client, fields)
    assert refused.status_code == 422
    assert translate("fr", "The consultation is closed.") in refused.text
    assert await journal(database, town) == []


async def test_a_full_queue_answers_503_in_a_page(
    client: AsyncClient, town: Seeded, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = await open_form(client) | {"wishes": "grocer"}
    monkeypatch.setattr(app.state.program.reception.intake, "_limit", 0)
    busy = await answer(client, fields)
    assert busy.status_code == 503 and "retry-after" in busy.headers
    assert "<h1>" in busy.text


async def test_the_thanks_lead_to_the_next_door_of_the_street(client: AsyncClient, town: Seeded) -> None:
    await answer(client, await open_form(client) | {"wishes": "grocer"})
    assert "/rue/lieux/C14" in (await client.get("/rue/lieux/C12/merci")).text
    await answer(client, await open_form(client, "C14") | {"wishes": "grocer"}, "C14")
    assert "/rue/lieux/Q3" in (await client.get("/rue/lieux/C14/merci")).text


async def test_thanks_are_for_those_who_answered(client: AsyncClient, town: Seeded) -> None:
    await client.get("/rue/")
    assert (await client.get("/rue/lieux/C12/merci", headers=PAGE)).status_code == 404


async def test_my_answers_are_mine_alone(client: AsyncClient, town: Seeded) -> None:
    await send(client, opinion())
    assert "une poissonnerie" in (await client.get("/rue/mes-avis")).text
    client.cookies.clear()
    assert "une poissonnerie" not in (await client.get("/rue/mes-avis")).text


async def test_what_somebody_typed_is_text_everywhere(client: AsyncClient, town: Seeded) -> None:
    await send(client, opinion(wishes=[], other="<script>alert(1)</script>"))
    for path in ("/rue/mes-avis", "/rue/lieux/C12", "/rue/lieux/C12/merci", "/rue/?autour"):
        page = (await client.get(path)).text
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page, path


async def test_an_old_poster_leads_on_to_the_place_that_took_it_in(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute(
            "UPDATE place SET merged_into = (SELECT id FROM place WHERE ref = 'C12') WHERE ref = 'C14'"
        )
    moved = await client.get("/rue/lieux/C14")
    assert (moved.status_code, moved.headers["location"]) == (308, "/rue/lieux/C12")
