"""Negative controls: each breaks one promise on purpose, and the checker must say so."""

from tests.browser.storm.batch import Rig
from tests.browser.storm.program import stored_of
from tests.browser.storm.walk import DOORS, Walk

FORGET = """new Promise((resolve) => {
  const asked = indexedDB.open("devanture");
  asked.onsuccess = () => {
    const tx = asked.result.transaction("outbox", "readwrite", { durability: "strict" });
    tx.objectStore("outbox").clear();
    tx.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""


async def server_that_answers_before_it_stores(walk: Walk, _rig: Rig) -> None:
    walk.line.weather = "lie"
    await walk.answer_at(next(iter(DOORS)))
    await walk.until_empty()


async def phone_that_forgets_its_queue(walk: Walk, _rig: Rig) -> None:
    walk.line.weather = "offline"
    await walk.answer_at(next(iter(DOORS)))
    await (await walk.page()).evaluate(FORGET)


async def server_that_shows_other_wishes(walk: Walk, rig: Rig) -> None:
    await walk.answer_at(next(iter(DOORS)))
    await walk.until_empty()
    stored = await stored_of(rig.database, rig.town, walk.line.sent)
    async with rig.database.transaction(rig.town.organisation_id) as connection:
        changed = "UPDATE opinion_current SET wishes = '{housing}' WHERE opinion_id = ANY ($1::uuid[])"
        await connection.execute(changed, [row.id for row in stored.current])


CONTROLS = (server_that_answers_before_it_stores, phone_that_forgets_its_queue, server_that_shows_other_wishes)
