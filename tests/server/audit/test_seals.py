"""The seals in public: made once a day over what is in none, told on a page and as JSON, with a proof for a receipt."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from httpx2 import AsyncClient
from pymerkle import InmemoryTree

from devanture.audit.rules import BEFORE_ALL, chained, root_by_path
from devanture.audit.service import seal, seals_of
from devanture.db.pool import Database
from devanture.opinions.rules import read_receipt
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.worker.service import seal_due
from tests.seed import Seeded, opinion, send

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


async def leaves_in(database: Database, town: Seeded, day: date) -> list[bytes]:
    async with database.transaction(town.organisation_id) as connection:
        rows = await connection.fetch("SELECT leaf FROM merkle_leaf WHERE day = $1", day)
    return [row["leaf"] for row in rows]


async def test_a_day_holds_what_came_before_its_tree_and_nothing_that_came_after(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    process, now = await find_process(database, "rue"), utc_now()
    assert await seal(database, process, now) is None, "nothing to seal"
    await send(client, opinion("C12", 1))
    first = await seal(database, process, now)
    await send(client, opinion("C14", 2))
    assert first and first.leaves == 1
    assert await seal(database, process, now) is None, "a day is sealed once, whatever comes late"
    assert await seal(database, process, now - 3 * DAY) is None, "a clock that went back seals nothing"
    second = await seal(database, process, now + DAY)
    assert second and second.leaves == 1 and second.day == first.day + DAY
    expected = chained(BEFORE_ALL, first.day, 1, bytes.fromhex(first.root))
    assert first.chain == expected.hex()
    assert second.chain == chained(expected, second.day, 1, bytes.fromhex(second.root)).hex()
    assert (await seals_of(database, process)).days == [first, second]


async def test_the_worker_seals_every_consultation_whose_midnight_has_passed(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C12", 1))
    await seal_due(database)
    await seal_due(database)
    days = (await client.get("/api/v1/rue/seals")).json()["days"]
    assert [day["leaves"] for day in days] == [1]


async def test_a_receipt_gets_a_proof_that_an_independent_tree_agrees_with(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    receipts = [(await send(client, opinion("C12", seq, wishes=["grocer"]))).json()["receipt"] for seq in range(1, 8)]
    waiting = (await client.get("/api/v1/rue/inclusion", params={"receipt": receipts[0]})).json()
    assert waiting["sealed"] is None and bytes.fromhex(waiting["leaf"])[:10] == read_receipt(receipts[0])
    sealed = await seal(database, await find_process(database, "rue"), utc_now())
    assert sealed
    tree = InmemoryTree(algorithm="sha256")
    for leaf in sorted(await leaves_in(database, town, sealed.day)):
        tree.append_entry(leaf)
    published = (await client.get("/api/v1/rue/seals")).json()
    assert published["days"][0]["root"] == tree.get_root().hex() == sealed.root
    for receipt in receipts:
        proof = (await client.get("/api/v1/rue/inclusion", params={"receipt": receipt.lower()})).json()
        path = [bytes.fromhex(sister) for sister in proof["path"]]
        assert proof["sealed"] == published["days"][0]
        assert root_by_path(bytes.fromhex(proof["leaf"]), proof["index"], 7, path).hex() == sealed.root
        assert tree.prove_inclusion(proof["index"] + 1).path[1:] == path


@pytest.mark.parametrize("receipt", ["AAAA-BBBB-CCCC-DDDD", "bonjour", ""])
async def test_a_receipt_that_nobody_holds_has_no_proof(client: AsyncClient, town: Seeded, receipt: str) -> None:
    answer = await client.get("/api/v1/rue/inclusion", params={"receipt": receipt})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-receipt")


async def test_the_receipt_s_page_tells_its_seal_in_words(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    receipt = (await send(client, opinion("C12", 1))).json()["receipt"]
    asked = {"mot": receipt, "lang": "fr"}
    before = (await client.get("/rue/recu", params=asked)).text
    assert "Il sera scellé après minuit" in before and "/rue/verifier" in before and 'href="/engagements"' in before
    sealed = await seal(database, await find_process(database, "rue"), utc_now())
    after = (await client.get("/rue/recu", params=asked)).text
    assert sealed and "Cet envoi a été scellé avec tous ceux du" in after and sealed.root in after
    assert f"/api/v1/rue/inclusion?receipt={quote(receipt)}" in after


async def test_the_page_of_the_seals_shows_the_latest_first_and_what_was_deleted(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    assert "Le premier sceau est posé après minuit." in (await client.get("/rue/verifier?lang=fr")).text
    process, roots = await find_process(database, "rue"), []
    for number in range(3):
        await send(client, opinion("C12", number + 1))
        sealed = await seal(database, process, utc_now() + number * DAY)
        assert sealed
        roots.append(sealed.root)
    await client.post("/api/v1/rue/erasure", json={"v": 1})
    page = (await client.get("/rue/verifier?lang=fr")).text
    assert [page.index(root) for root in roots] == sorted((page.index(root) for root in roots), reverse=True)
    assert "3 envois scellés à ce jour." in page and "1 personne qui a tout fait effacer" in page


@pytest.mark.parametrize(("lang", "words"), [("fr", "ce n’est pas un sondage"), ("en", "this is not a survey")])
async def test_the_commitments_stand_in_both_languages_and_every_page_leads_to_them(
    client: AsyncClient, town: Seeded, lang: str, words: str
) -> None:
    page = await client.get(f"/engagements?lang={lang}")
    assert page.status_code == 200 and words in page.text and 'href="/rue/verifier"' in page.text
    paths = ("/", "/rue/?autour", "/rue/lieux/C12", "/rue/mes-avis", "/rue/resultats", "/rue/horsligne", "/nowhere/")
    for path in paths:
        foot = (await client.get(path, headers={"accept": "text/html"})).text.partition("<footer")[2]
        assert 'href="/engagements"' in foot, path
