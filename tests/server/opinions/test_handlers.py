"""Opinions over HTTP, as a phone sends them: TRUST.md, « One meaning of accepted »."""

from datetime import timedelta
from uuid import uuid4

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.pool import Database
from tests.seed import CLOSES, OPENS, Clock, Seeded, current, journal, opinion, send

pytestmark = pytest.mark.anyio


async def test_an_opinion_is_stored_and_says_so(client: AsyncClient, database: Database, town: Seeded) -> None:
    sending = uuid4()
    answer = await send(client, opinion("C12", 1), sending)
    assert answer.status_code == 201
    receipt = answer.json()["receipt"]
    assert answer.json() == {"id": str(sending), "place": "C12", "seq": 1, "receipt": receipt, "status": "stored"}
    assert [row["id"] for row in await journal(database, town)] == [sending]


async def test_every_field_comes_back_as_it_was_sent(client: AsyncClient, database: Database, town: Seeded) -> None:
    sent = opinion(
        "C12", 1, wishes=["grocer", "bakery"], other="Café-vélo ☕", frequency="weekly", nuisances=["noise"],
        comment="Ligne 1\nLigne 2", families_shown=["care", "food"], for_another=True,
    )  # fmt: skip
    assert (await send(client, sent)).status_code == 201
    (row,) = await journal(database, town)
    assert row["payload"] == sent
    assert (row["channel"], row["proof"], row["late"], row["version"]) == ("for_another", "none", False, 1)


async def test_the_same_sending_again_gives_the_same_answer(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    sending = uuid4()
    first, again = [await send(client, opinion(), sending) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert len(await journal(database, town)) == 1


async def test_the_order_of_fields_does_not_make_another_sending(client: AsyncClient, town: Seeded) -> None:
    sending, sent = uuid4(), opinion()
    await send(client, sent, sending)
    assert (await send(client, dict(reversed(sent.items())), sending)).status_code == 200


async def test_another_body_under_the_same_id_is_refused_and_the_first_stays(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    sending = uuid4()
    await send(client, opinion(wishes=["grocer"]), sending)
    answer = await send(client, opinion(wishes=["bakery"]), sending)
    assert (answer.status_code, answer.json()["code"]) == (409, "id-reused")
    assert [row["payload"]["wishes"] for row in await journal(database, town)] == [["grocer"]]


async def test_a_resend_after_closing_still_gets_its_answer(client: AsyncClient, clock: Clock, town: Seeded) -> None:
    sending = uuid4()
    assert (await send(client, opinion(), sending)).status_code == 201
    clock.set(CLOSES + timedelta(days=30))
    assert (await send(client, opinion(), sending)).status_code == 200
    assert (await send(client, opinion(seq=2))).json()["code"] == "phase-closed"


async def test_nothing_is_taken_before_the_opening(
    client: AsyncClient, clock: Clock, database: Database, town: Seeded
) -> None:
    clock.set(OPENS - timedelta(minutes=1))
    assert (await send(client, opinion())).json()["code"] == "phase-closed"
    assert await journal(database, town) == []


@pytest.mark.parametrize(("hours", "status"), [(0, 201), (47.99, 201), (48.01, 403)])
async def test_answers_arrive_up_to_48_hours_late_and_are_counted_apart(
    client: AsyncClient, clock: Clock, database: Database, town: Seeded, hours: float, status: int
) -> None:
    clock.set(CLOSES + timedelta(hours=hours, seconds=1))
    assert (await send(client, opinion())).status_code == status
    assert [row["late"] for row in await journal(database, town)] == [True] * (status == 201)
    places = (await client.get("/api/v1/rue/places")).json()["features"]
    assert sum(place["properties"]["participants"] for place in places) == 0


async def test_a_late_answer_never_takes_the_place_of_the_one_in_time(
    client: AsyncClient, clock: Clock, database: Database, town: Seeded
) -> None:
    await send(client, opinion(wishes=["grocer"]))
    clock.set(CLOSES + timedelta(hours=1))
    assert (await send(client, opinion(seq=2, wishes=["fishmonger"]))).status_code == 201
    rows = sorted(await current(database, town), key=lambda row: row["late"])
    assert [(row["late"], row["wishes"]) for row in rows] == [(False, ["grocer"]), (True, ["fishmonger"])]
    places = (await client.get("/api/v1/rue/places")).json()["features"]
    assert sum(place["properties"]["participants"] for place in places) == 1
    mine = (await client.post("/api/v1/rue/voter")).json()
    assert [(item["seq"], item["opinion"]["wishes"]) for item in mine["current"]] == [(2, ["fishmonger"])]


async def test_an_answer_that_waited_while_its_place_was_merged_goes_to_the_one_that_took_it_in(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute(
            "UPDATE place SET merged_into = (SELECT id FROM place WHERE ref = 'C12') WHERE ref = 'C14'"
        )
    assert (await send(client, opinion("C14"))).status_code == 201
    mine = (await client.post("/api/v1/rue/voter")).json()["current"]
    assert [item["place"] for item in mine] == ["C12"]


async def test_what_happens_to_a_place_that_was_let(client: AsyncClient, town: Seeded) -> None:
    assert (await send(client, opinion("X9"))).json()["code"] == "place-closed"
    assert (await send(client, opinion("X9", withdraw=True))).status_code == 201


async def test_the_voter_cookie_is_issued_once_and_hidden_from_scripts(client: AsyncClient, town: Seeded) -> None:
    first = await send(client, opinion("C12", 1))
    cookie = first.headers["set-cookie"]
    assert cookie.startswith("devanture_voter=")
    assert "httponly" in cookie.lower() and "samesite=lax" in cookie.lower() and "secure" not in cookie.lower()
    assert "set-cookie" not in (await send(client, opinion("C14", 2))).headers


async def test_another_site_cannot_put_a_new_voter_in_the_place_of_the_one_who_is_there(
    client: AsyncClient, town: Seeded
) -> None:
    answer = await client.post("/api/v1/rue/voter", headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "cross-site")
    assert "set-cookie" not in answer.headers


async def test_the_walk_and_the_first_flush_agree_on_the_voter(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await client.get("/rue/")
    voter = client.cookies["devanture_voter"]
    for place, seq in (("C12", 1), ("C14", 2)):
        await send(client, opinion(place, seq))
    assert client.cookies["devanture_voter"] == voter
    assert len({row["voter"] for row in await journal(database, town)}) == 1
    assert voter.encode() not in (await journal(database, town))[0]["voter"]


async def test_a_forged_cookie_is_replaced_by_one_of_ours(client: AsyncClient, town: Seeded) -> None:
    client.cookies.set("devanture_voter", "me; DROP TABLE")
    assert "devanture_voter=" in (await send(client, opinion())).headers["set-cookie"]


async def test_a_phone_that_lost_its_storage_learns_its_seq_and_its_answers(client: AsyncClient, town: Seeded) -> None:
    told = (await client.post("/api/v1/rue/voter")).json()
    assert told.pop("age") in range(60)
    assert told == {"next_seq": 1, "current": [], "residence_answered": False, "puzzle": False}
    await send(client, opinion("C12", 4))
    await send(client, opinion("C14", 7, wishes=["grocer"]))
    state = (await client.post("/api/v1/rue/voter")).json()
    assert state["next_seq"] == 8
    assert [(mine["place"], mine["seq"], mine["opinion"]["wishes"]) for mine in state["current"]] == [
        ("C14", 7, ["grocer"]),
        ("C12", 4, ["fishmonger"]),
    ]


async def test_two_processes_cannot_be_joined_by_their_voters(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C12", 1))
    (first,) = await current(database, town)
    book = await app.state.program.rulebooks.get("rue")
    assert book.voter_key not in first["voter"]
    assert len(first["voter"]) == 32


async def test_a_withdrawal_is_a_sending_of_its_own(client: AsyncClient, database: Database, town: Seeded) -> None:
    await send(client, opinion("C12", 1))
    assert (await send(client, opinion("C12", 2, withdraw=True))).status_code == 201
    (row,) = await current(database, town)
    assert (row["withdrawn"], row["wishes"], row["seq"]) == (True, [], 2)
    assert len(await journal(database, town)) == 2
    assert (await client.get("/api/v1/rue/places/C12")).json()["figures"]["participants"] == 0


async def test_an_opinion_may_come_back_after_a_withdrawal(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    for body in (opinion(seq=1), opinion(seq=2, withdraw=True), opinion(seq=3, wishes=["bakery"])):
        assert (await send(client, body)).status_code == 201
    (row,) = await current(database, town)
    assert (row["withdrawn"], row["wishes"]) == (False, ["bakery"])


async def test_arrival_and_network_lie_apart_from_the_opinion(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await send(client, opinion())
    async with database.transaction(town.organisation_id) as connection:
        (arrival,) = await connection.fetch("SELECT * FROM intake")
    (row,) = await journal(database, town)
    assert arrival["opinion_id"] == row["id"]
    assert len(arrival["network"]) == 16 and b"127.0.0" not in arrival["network"]
    assert not [name for name, value in row.items() if isinstance(value, type(arrival["arrived_at"]))]


async def test_the_day_stored_is_the_day_in_the_town(
    client: AsyncClient, clock: Clock, database: Database, town: Seeded
) -> None:
    night = (OPENS + timedelta(days=2)).replace(hour=23, minute=30)
    clock.set(night)
    await send(client, opinion())
    (row,) = await journal(database, town)
    assert row["day"] == (night + timedelta(days=1)).date()
