"""The desk's files: exact, for the organisation's own members, and each reading written down."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from httpx2 import AsyncClient

from devanture.db.pool import Database
from devanture.settings import Settings
from devanture.staff import service as staff
from devanture.staff.access import COOKIE
from tests.seed import Seeded, Town, seed
from tests.server.exports.exported import answered, collection, table

pytestmark = pytest.mark.anyio
ADDRESS = "/bureau/rue/exports/places.csv"


async def signed_in(database: Database, organisation_id: UUID) -> dict[str, str]:
    """The cookie of a member of an organisation's staff."""
    now = datetime.now(UTC)
    who = await staff.add_member(database, organisation_id, "a@example.org", "Ada", ["agency"])
    link = await staff.new_sign_in_link(database, organisation_id, who, now)
    return {COOKIE: await staff.sign_in(database, link, now)}


async def readings(database: Database, town: Seeded) -> list[dict[str, Any]]:
    async with database.transaction(town.organisation_id) as connection:
        rows = await connection.fetch("SELECT subject FROM staff_act WHERE act = 'read:export' ORDER BY at")
    return [row["subject"] for row in rows]


async def test_the_desk_takes_home_exact_figures_and_the_trail_says_so(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    desk, _ = await answered(database, town)
    client.cookies.update(await signed_in(database, town.organisation_id))
    rows = {row["ref"]: row for row in await table(client, ADDRESS)}
    assert (rows["C14"]["shown"], rows["C14"]["participants"], rows["C14"]["scope"]) == ("true", "4", "desk")
    bakers = [row for row in await table(client, "/bureau/rue/exports/wishes.csv") if row["code"] == "bakery"]
    assert [(row["ref"], row["persons"]) for row in bakers] == [("C14", "4")]
    assert (await collection(client, "/bureau/rue/exports/wishes.geojson"))["release"]["scope"] == "desk"
    trail = await readings(database, town)
    assert [read["file"].split("-")[1:3] for read in trail] == [["places", "bureau"], *[["wishes", "bureau"]] * 2]
    assert {(read["process"], read["release"]) for read in trail} == {("rue", desk.number)}


async def test_the_desks_file_is_kept_by_nobody_on_the_way(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await answered(database, town)
    client.cookies.update(await signed_in(database, town.organisation_id))
    answer = await client.get(ADDRESS)
    assert answer.headers["cache-control"] == "private, no-store"
    assert "etag" not in answer.headers
    assert "rue-places-bureau-" in answer.headers["content-disposition"]


async def test_the_public_file_stays_public_for_a_member(client: AsyncClient, database: Database, town: Seeded) -> None:
    await answered(database, town)
    client.cookies.update(await signed_in(database, town.organisation_id))
    rows = {row["ref"]: row for row in await table(client, "/rue/exports/places.csv")}
    assert (rows["C14"]["participants"], rows["C14"]["scope"]) == ("", "public")
    assert await readings(database, town) == []


async def test_another_organisations_member_gets_nothing(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    await answered(database, town)
    other = await seed(database, settings, Town("autre", "voisine"))
    client.cookies.update(await signed_in(database, other.organisation_id))
    for layer in ("places.csv", "wishes.geojson", "hexagons.excel.csv", "supply.csv"):
        answer = await client.get(f"/bureau/rue/exports/{layer}")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-process")
    assert await readings(database, town) == await readings(database, other) == []


async def test_nobody_gets_the_desks_file_without_signing_in(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await answered(database, town)
    answer = await client.get(ADDRESS)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-needed")


async def test_nothing_is_written_down_where_nothing_was_read(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    client.cookies.update(await signed_in(database, town.organisation_id))
    assert (await client.get(ADDRESS)).json()["code"] == "no-release"
    assert (await client.get("/bureau/rue/exports/all.csv")).json()["code"] == "unknown-export"
    assert await readings(database, town) == []
