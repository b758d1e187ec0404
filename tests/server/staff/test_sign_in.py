"""The desk's door: a link that works once, a session that ends, roles, and nobody else's rows."""

from datetime import timedelta
from uuid import UUID

import pytest
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.program import utc_now
from devanture.settings import Settings
from devanture.staff import service
from devanture.staff.schemas import Member
from tests.seed import Clock, Seeded, Town, browser_on, opinion, seed, send

pytestmark = pytest.mark.anyio

PAGE = {"Accept": "text/html"}


async def a_link(database: Database, organisation_id: UUID, email: str = "a@example.org", role: str = "planner") -> str:
    member = await service.add_member(database, organisation_id, email, "Ada", [role])
    return await service.new_sign_in_link(database, organisation_id, member, utc_now())


async def enter(client: AsyncClient, link: str, **headers: str) -> Response:
    return await client.post("/bureau/entrer", data={"jeton": link}, headers=PAGE | headers)


async def test_a_link_opens_the_desk(client: AsyncClient, database: Database, town: Seeded) -> None:
    entered = await enter(client, await a_link(database, town.organisation_id))
    assert (entered.status_code, entered.headers["location"]) == (303, "/bureau/")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie
    desk = await client.get("/bureau/", headers=PAGE)
    assert desk.status_code == 200
    assert "Ada" in desk.text and "Ville de ville" in desk.text and "/rue/" in desk.text


async def test_a_link_works_once(client: AsyncClient, database: Database, town: Seeded) -> None:
    link = await a_link(database, town.organisation_id)
    await enter(client, link)
    client.cookies.clear()
    again = await enter(client, link)
    assert again.status_code == 403
    assert (await client.get("/bureau/")).status_code == 401


async def test_opening_the_address_of_a_link_spends_nothing(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    link = await a_link(database, town.organisation_id)
    for _ in range(3):
        page = await client.get(f"/bureau/entrer?jeton={link}", headers=PAGE)
        assert page.status_code == 200 and link in page.text
    assert "set-cookie" not in page.headers
    assert (await client.head(f"/bureau/entrer?jeton={link}")).status_code == 200
    assert (await enter(client, link)).status_code == 303


async def test_a_link_ends_after_an_hour(client: AsyncClient, clock: Clock, database: Database, town: Seeded) -> None:
    link = await a_link(database, town.organisation_id)
    clock.set(clock() + timedelta(minutes=61))
    assert (await enter(client, link)).status_code == 403


@pytest.mark.parametrize("link", ["", "x", "0" * 32 + "." + "a" * 43, "\0", "0" * 32 + "." + "é" * 43, "a" * 5000])
async def test_an_invented_link_opens_nothing(client: AsyncClient, town: Seeded, link: str) -> None:
    assert (await enter(client, link)).status_code == 403


async def test_a_link_cannot_be_turned_to_another_organisation(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    other = await seed(database, settings, Town(slug="ailleurs", organisation="autre", places=(), shops=()))
    link = await a_link(database, town.organisation_id)
    forged = other.organisation_id.hex + link[32:]
    assert (await enter(client, forged)).status_code == 403


async def test_a_session_ends_after_twelve_idle_hours(
    client: AsyncClient, clock: Clock, database: Database, town: Seeded
) -> None:
    await enter(client, await a_link(database, town.organisation_id))
    session = {"Cookie": f"devanture_staff={client.cookies['devanture_staff']}"}
    for _ in range(3):
        clock.set(clock() + timedelta(hours=11))
        assert (await client.get("/bureau/", headers=session)).status_code == 200
    clock.set(clock() + timedelta(hours=13))
    assert (await client.get("/bureau/", headers=session)).status_code == 401


async def test_leaving_ends_the_session_for_good(client: AsyncClient, database: Database, town: Seeded) -> None:
    await enter(client, await a_link(database, town.organisation_id))
    session = {"Cookie": f"devanture_staff={client.cookies['devanture_staff']}"}
    left = await client.post("/bureau/sortir")
    assert (left.status_code, left.headers["location"]) == (303, "/bureau/entrer")
    assert (await client.get("/bureau/", headers=session)).status_code == 401


@pytest.mark.parametrize("path", ["/bureau/entrer", "/bureau/sortir"])
async def test_another_site_signs_nobody_in_or_out(
    client: AsyncClient, database: Database, town: Seeded, path: str
) -> None:
    link = await a_link(database, town.organisation_id)
    if path.endswith("sortir"):
        await enter(client, link)
    forged = await client.post(path, data={"jeton": link}, headers={"Origin": "https://evil.example"})
    assert (forged.status_code, forged.json()["code"]) == (403, "cross-site")
    if path.endswith("sortir"):
        assert (await client.get("/bureau/")).status_code == 200
    else:
        assert (await enter(client, link)).status_code == 303


@pytest.mark.parametrize("session", ["", "x", "0" * 32 + "." + "a" * 43, "devanture_voter", "é"])
async def test_an_invented_session_is_nobody_s(client: AsyncClient, town: Seeded, session: str) -> None:
    headers = {b"Cookie": f"devanture_staff={session}".encode()}
    assert (await client.get("/bureau/", headers=headers)).status_code == 401


async def test_who_is_not_signed_in_reads_how_to(client: AsyncClient, town: Seeded) -> None:
    page = await client.get("/bureau/", headers=PAGE)
    assert page.status_code == 401 and "/bureau/entrer" not in page.headers.get("location", "")
    assert "lien" in page.text


async def test_the_desk_shows_its_own_consultations_only(
    client: AsyncClient, app: Starlette, database: Database, settings: Settings, town: Seeded
) -> None:
    other = await seed(database, settings, Town(slug="ailleurs", organisation="autre", places=(), shops=()))
    await enter(client, await a_link(database, other.organisation_id))
    desk = (await client.get("/bureau/")).text
    assert "/ailleurs/" in desk and "/rue/" not in desk


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/bureau/rue/publication"), ("GET", "/bureau/rue/exports/places.csv")]
)
async def test_the_desk_of_one_organisation_does_nothing_for_another(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded, method: str, path: str
) -> None:
    other = await seed(database, settings, Town(slug="ailleurs", organisation="autre", places=(), shops=()))
    await enter(client, await a_link(database, other.organisation_id, role="owner"))
    assert (await client.request(method, path)).status_code in (403, 404)
    assert (await client.request(method, path.replace("rue", "ailleurs"))).status_code in (200, 303, 404)
    async with database.transaction() as connection:
        assert await connection.fetch("SELECT FROM pgqueuer WHERE payload::text LIKE '%rue%'") == []


async def test_the_desk_counts_people_live(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    for _ in range(3):
        async with browser_on(app) as phone:
            await send(phone, opinion())
    await enter(client, await a_link(database, town.organisation_id))
    assert "<strong>3</strong>" in (await client.get("/bureau/")).text


async def test_signing_in_leaves_a_line_in_the_trail(client: AsyncClient, database: Database, town: Seeded) -> None:
    await enter(client, await a_link(database, town.organisation_id))
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT act FROM staff_act") == "sign-in"


async def test_the_database_opens_no_session_to_who_reads_it(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    link = await a_link(database, town.organisation_id)
    await enter(client, link)
    session = client.cookies["devanture_staff"]
    async with database.transaction(town.organisation_id) as connection:
        kept = str(await connection.fetch("SELECT * FROM staff_session")) + str(
            await connection.fetch("SELECT * FROM sign_in_link")
        )
    assert session[33:] not in kept and link[33:] not in kept


async def test_a_member_added_again_gets_new_roles_and_no_twin(database: Database, town: Seeded) -> None:
    first = await service.add_member(database, town.organisation_id, "a@example.org", "Ada", ["clerk"])
    again = await service.add_member(database, town.organisation_id, " A@Example.org ", "Ada L.", ["owner"])
    assert first == again
    async with database.transaction(town.organisation_id) as connection:
        rows = await connection.fetch("SELECT name, roles FROM staff_member")
    assert [(row["name"], row["roles"]) for row in rows] == [("Ada L.", ["owner"])]


@pytest.mark.parametrize("roles", [[], ["king"], ["owner", "king"]])
async def test_a_role_that_does_not_exist_is_refused(database: Database, town: Seeded, roles: list[str]) -> None:
    with pytest.raises(OperatorError, match="A role is one of"):
        await service.add_member(database, town.organisation_id, "a@example.org", "Ada", roles)


async def test_what_the_desk_reads_is_written_down(database: Database, town: Seeded) -> None:
    member_id = await service.add_member(database, town.organisation_id, "a@example.org", "Ada", ["owner"])
    member = Member(town.organisation_id, member_id, "a@example.org", "Ada", ("owner",))
    await service.record_reading(database, member, utc_now(), "figures", place="C12")
    async with database.transaction(town.organisation_id) as connection:
        row = await connection.fetchrow("SELECT act, subject, member_id FROM staff_act")
    assert row is not None
    assert (row["act"], row["subject"], row["member_id"]) == ("read:figures", {"place": "C12"}, member_id)
