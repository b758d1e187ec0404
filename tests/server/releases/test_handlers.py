"""The desk's button: who may press it, and what it leaves behind."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from devanture.staff.access import COOKIE
from devanture.staff.service import add_member, new_sign_in_link, sign_in
from tests.seed import Clock, Seeded, browser_on

WAITS = '<meta http-equiv="refresh" content="5">'
pytestmark = pytest.mark.anyio


async def _session(database: Database, town: Seeded, role: str) -> str:
    member = await add_member(database, town.organisation_id, f"{role}@example.org", role, [role])
    link = await new_sign_in_link(database, town.organisation_id, member, utc_now())
    return await sign_in(database, link, utc_now())


async def _press(app: Starlette, session: str, slug: str) -> int:
    async with browser_on(app) as browser:
        browser.cookies.set(COOKIE, session)
        return (await browser.post(f"/bureau/{slug}/publication", data={})).status_code


async def test_a_planner_orders_a_count_once_and_it_is_written_down(
    app: Starlette, database: Database, town: Seeded
) -> None:
    session = await _session(database, town, "planner")
    assert [await _press(app, session, town.slug), await _press(app, session, town.slug)] == [303, 303]
    async with database.transaction(town.organisation_id) as connection:
        orders = await connection.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'release'")
        acts = await connection.fetchval("SELECT count(*) FROM staff_act WHERE act = 'release'")
    assert (orders, acts) == (1, 2)


@pytest.mark.parametrize("role", ["agency", "moderator", "clerk", "facilitator", "scrutineer"])
async def test_other_roles_may_not_order_a_count(app: Starlette, database: Database, town: Seeded, role: str) -> None:
    assert await _press(app, await _session(database, town, role), town.slug) == 403


async def test_another_organisation_sees_no_such_process(app: Starlette, database: Database, town: Seeded) -> None:
    session = await _session(database, town, "owner")
    assert await _press(app, session, "somewhere-else") == 404
    assert await _press(app, "", town.slug) == 401


async def test_the_desk_waits_for_the_count_that_was_asked_for_and_says_when_it_is_done(
    app: Starlette, database: Database, clock: Clock, town: Seeded
) -> None:
    process = await find_process(database, town.slug)
    async with browser_on(app) as browser:
        browser.cookies.set(COOKIE, await _session(database, town, "planner"))
        assert "Pas encore compté." in (await browser.get("/bureau/")).text
        await release(database, process, clock() - timedelta(hours=1))
        sent = (await browser.post(f"/bureau/{town.slug}/publication", data={})).headers["location"]
        waiting = (await browser.get(sent)).text
        assert WAITS in waiting and "Le comptage est en cours" in waiting and "Compté le" in waiting
        await release(database, process, clock() + timedelta(seconds=1))
        done = (await browser.get(sent)).text
        assert WAITS not in done and "C’est fait." in done and "Compté le" in done
        assert "C’est fait." not in (await browser.get("/bureau/")).text


async def test_the_desk_does_not_wait_for_ever(app: Starlette, database: Database, clock: Clock, town: Seeded) -> None:
    async with browser_on(app) as browser:
        browser.cookies.set(COOKIE, await _session(database, town, "planner"))
        sent = (await browser.post(f"/bureau/{town.slug}/publication", data={})).headers["location"]
        clock.set(clock() + timedelta(minutes=6))
        late = (await browser.get(sent)).text
        assert WAITS not in late and "plus long que prévu" in late
        for since in ("", "&depuis=x", f"&depuis={'9' * 40}"):
            assert (await browser.get(f"/bureau/?compte=rue{since}")).status_code == 200
