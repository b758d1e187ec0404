"""Erased for good: words go and leaves stay, links are cut after the closing, and no copy of the"
" database undoes it."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg
import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.cluster import Cluster
from devanture.db.pool import Database
from devanture.erasure import ledger
from devanture.erasure.again import erase_again
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from devanture.settings import Settings
from tests.seed import Seeded, Town, browser_on, current, journal, opinion, seed, send
from tests.server.audit.counted import answer, burglar, count_and_seal, faults

pytestmark = pytest.mark.anyio
RESTORED = ("opinion_journal", "opinion_current", "leaf", "intake", "residence", "word_erasure", "follow")


@pytest.fixture(autouse=True)
def no_list(settings: Settings) -> None:
    (settings.data / ledger.FILE).unlink(missing_ok=True)


async def close(app: Starlette, database: Database, town: Seeded) -> None:
    """By the clock of the database, which is the one that the owner's function asks."""
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE phase SET closes_at = now() - interval '60 hours'")
    app.state.program.rulebooks.forget()


async def erase(client: AsyncClient, **said: object) -> str:
    stays: str = (await client.post("/api/v1/rue/erasure", json={"v": 1, **said})).json()["stays"]
    return stays


async def voters(database: Database, town: Seeded) -> set[bytes]:
    return {row["voter"] for row in await journal(database, town)}


async def test_before_the_closing_the_words_go_and_the_audit_says_so(
    client: AsyncClient, app: Starlette, database: Database, settings: Settings, town: Seeded
) -> None:
    await answer(app)
    await send(client, opinion("C12", 1, other="du miel", comment="Appelez-moi au 06"))
    assert await erase(client) == "nothing"
    await count_and_seal(database, town)
    words = str(await journal(database, town))
    assert "Appelez" not in words and "miel" in words, "the words of others stay"
    assert await faults(database, settings, town) == []
    async with database.transaction(town.organisation_id) as connection:
        erased = await connection.fetch("SELECT words FROM word_erasure")
        deleted = await connection.fetch("SELECT what, number FROM deletion ORDER BY what")
    assert [row["words"] for row in erased] == [["comment", "other"]]
    assert [tuple(row) for row in deleted] == [("people", 1), ("words", 1)]


async def test_after_the_closing_the_link_is_cut_and_every_figure_stays(
    client: AsyncClient, app: Starlette, database: Database, settings: Settings, town: Seeded
) -> None:
    await answer(app)
    await send(client, opinion("C12", 1, other="du miel", comment="Appelez-moi au 06"))
    await send(client, opinion("C14", 2))
    await close(app, database, town)
    process = await find_process(database, "rue")
    before, _ = await release(database, process, utc_now())
    known, cookie = await voters(database, town), client.cookies["devanture_voter"]
    assert await erase(client) == "counted"
    after, _ = await release(database, process, utc_now())
    assert (after.participants, after.opinions, after.wishes) == (before.participants, before.opinions, before.wishes)
    assert len(known & await voters(database, town)) == len(known) - 1, "one voter has another key"
    assert "Appelez" not in str(await journal(database, town))
    assert await faults(database, settings, town) == []
    client.cookies.set("devanture_voter", cookie)
    assert (await client.post("/api/v1/rue/voter")).json()["current"] == [], "whoever holds the cookie finds nothing"
    assert await erase(client) == "counted", "doing it again is no fault"


async def test_before_the_closing_no_link_can_be_cut(client: AsyncClient, database: Database, town: Seeded) -> None:
    await send(client, opinion("C12", 1))
    known = (await journal(database, town))[0]["voter"]
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT forget_voter($1, $2)", town.process_id, known) == 0
    assert await voters(database, town) == {known}


async def test_no_link_of_another_organisation_consultation_or_voter_is_cut(
    client: AsyncClient, app: Starlette, database: Database, settings: Settings, town: Seeded
) -> None:
    other = await seed(database, settings, Town(slug="autre", organisation="autre-ville"))
    await send(client, opinion("C12", 1))
    async with browser_on(app) as neighbour:
        await send(neighbour, opinion("C12", 1))
    mine = (await journal(database, town))[0]["voter"]
    await close(app, database, town)
    await close(app, database, other)
    for organisation, process in ((other.organisation_id, town.process_id), (town.organisation_id, other.process_id)):
        async with database.transaction(organisation) as connection:
            assert await connection.fetchval("SELECT forget_voter($1, $2)", process, mine) == 0
    async with database.transaction() as connection:
        assert await connection.fetchval("SELECT forget_voter($1, $2)", town.process_id, mine) == 0
    known = await voters(database, town)
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT forget_voter($1, $2)", town.process_id, mine) == 1
    assert known - await voters(database, town) == {mine}


async def test_only_free_words_can_be_erased_and_only_of_one_s_own_organisation(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    other = await seed(database, settings, Town(slug="autre", organisation="autre-ville"))
    await send(client, opinion("C12", 1, comment="Vite !"))
    stored = (await journal(database, town))[0]
    erase_words = "SELECT erase_words($1, $2, $3, current_date)"
    for fields in (["wishes"], ["comment", "seq"]):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction(town.organisation_id) as connection:
                await connection.fetchval(erase_words, town.process_id, [stored["id"]], fields)
    async with database.transaction(other.organisation_id) as connection:
        assert await connection.fetchval(erase_words, town.process_id, [stored["id"]], ["comment"]) == 0
    assert (await journal(database, town))[0]["payload"]["comment"] == "Vite !"
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval(erase_words, town.process_id, [stored["id"]], ["comment"]) == 1
    after = (await journal(database, town))[0]
    assert after["payload"] == {name: value for name, value in stored["payload"].items() if name != "comment"}
    for name in set(stored.keys()) - {"payload"}:
        assert after[name] == stored[name], name


async def test_nobody_else_may_lend_these_functions(cluster: Cluster, town: Seeded) -> None:
    async with burglar(cluster) as connection:
        rows = await connection.fetch(
            "SELECT proname, pg_get_userbyid(proowner) AS owner, prosecdef, proacl::text AS acl,"
            " proconfig::text AS config"
            " FROM pg_proc WHERE proname IN ('forget_voter', 'erase_words')"
        )
    assert len(rows) == 2
    for row in rows:
        assert row["owner"] == "devanture_owner" and row["prosecdef"]
        assert "pg_catalog, public, pg_temp" in row["config"]
        assert not any(part.startswith(("=", '"=')) for part in row["acl"].strip("{}").split(",")), "PUBLIC may not"


async def copied(cluster: Cluster) -> None:
    """A copy of the database, in the same cluster."""
    async with burglar(cluster) as connection:
        await connection.execute("DROP SCHEMA IF EXISTS copy CASCADE; CREATE SCHEMA copy")
        await connection.execute("".join(f"CREATE TABLE copy.{one} AS TABLE {one};" for one in RESTORED))


async def put_back(cluster: Cluster) -> None:
    async with burglar(cluster) as connection:
        await connection.execute(
            "".join(f"DELETE FROM {one}; INSERT INTO {one} SELECT * FROM copy.{one};" for one in RESTORED)
            + "DROP SCHEMA copy CASCADE"
        )


def shown(rows: Sequence[asyncpg.Record]) -> list[tuple[str, bool, bool]]:
    return sorted((row["ref"], row["late"], row["withdrawn"]) for row in rows)


async def test_a_backup_put_back_brings_nobody_back(
    client: AsyncClient, app: Starlette, database: Database, settings: Settings, town: Seeded, cluster: Cluster
) -> None:
    await send(client, opinion("C12", 1, comment="Appelez-moi au 06"))
    await send(client, opinion("C14", 2, person=1))
    await client.put(f"/api/v1/rue/residences/{UUID(int=4 << 76 | 8 << 60)}", json={"v": 1, "age": "30-44"})
    follow = f"/api/v1/rue/follows/{UUID(int=4 << 76 | 8 << 60 | 1)}"
    link = (await client.put(follow, json={"v": 1, "place": "C12", "means": "link"})).json()["link"]
    async with browser_on(app) as neighbour:
        await send(neighbour, opinion("C12", 1, comment="Bonjour"))
    await copied(cluster)
    assert await erase(client, follows=[link.rsplit("/", 1)[-1]]) == "nothing"
    erased = shown(await current(database, town))
    await put_back(cluster)
    assert "Appelez" in str(await journal(database, town)), "the copy knows nothing of it"
    assert await erase_again(settings, database, utc_now()) == 2
    standing, taken_back = ("C12", False, False), [("C12", False, True), ("C14", False, True)]
    assert shown(await current(database, town)) == erased == [standing, *taken_back]
    assert "Appelez" not in str(await journal(database, town)) and "Bonjour" in str(await journal(database, town))
    assert (await client.get(link)).status_code == 404
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT count(*) FROM residence") == 0
    assert await erase_again(settings, database, utc_now()) == 0, "again changes nothing"
    await release(database, await find_process(database, "rue"), utc_now())
    assert await faults(database, settings, town) == []


async def test_a_backup_put_back_after_the_closing_is_cut_again(
    client: AsyncClient, app: Starlette, database: Database, settings: Settings, town: Seeded, cluster: Cluster
) -> None:
    await send(client, opinion("C12", 1, comment="Appelez-moi au 06"))
    await close(app, database, town)
    known = await voters(database, town)
    await copied(cluster)
    assert await erase(client) == "counted"
    await put_back(cluster)
    assert await voters(database, town) == known
    assert await erase_again(settings, database, utc_now()) == 1
    assert not known & await voters(database, town)
    assert shown(await current(database, town)) == [("C12", False, False)]
    assert "Appelez" not in str(await journal(database, town))


async def test_what_somebody_says_after_erasing_is_not_taken_back(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    await send(client, opinion("C12", 1))
    cookie = client.cookies["devanture_voter"]
    await erase(client)
    client.cookies.set("devanture_voter", cookie)
    state = (await client.post("/api/v1/rue/voter")).json()
    await send(client, opinion("C12", state["next_seq"], comment="Je reviens"))
    await erase_again(settings, database, utc_now())
    assert shown(await current(database, town)) == [("C12", False, False)]
    assert "Je reviens" in str(await journal(database, town))


async def test_the_list_holds_no_key_of_a_voter_and_a_line_that_was_cut_spoils_no_other(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    await send(client, opinion("C12", 1))
    await erase(client)
    file = settings.data / ledger.FILE
    text = file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    for voter in await voters(database, town):
        assert voter.hex() not in text and ledger.digest(voter) in text
    file.write_text(text + '{"process": "cut')
    ledger.append(settings.data, ledger.read(settings.data)[0])
    assert len(ledger.read(settings.data)) == 2


async def test_a_disk_that_takes_no_line_is_no_erasing_and_the_phone_asks_again(
    client: AsyncClient, settings: Settings, town: Seeded
) -> None:
    await send(client, opinion("C12", 1))
    (settings.data / ledger.FILE).mkdir()
    try:
        answer = await client.post("/api/v1/rue/erasure", json={"v": 1})
    finally:
        (settings.data / ledger.FILE).rmdir()
    assert answer.status_code == 503 and "retry-after" in answer.headers
    assert "devanture_voter" in client.cookies
    assert await erase(client) == "nothing"
