"""How many voters an hour are given freely; beyond that everybody still gets one, and every opinion is taken."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from uuid import uuid4

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.settings import Network, Settings, VoterSettings
from devanture.voters.issuing import Issuer
from devanture.web.client import Client
from devanture.web.voters import COOKIE, Standing
from tests.seed import Seeded, browser_on, cookie_of, journal, opinion, send

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOME = Client("192.0.2.7/32", "192.0.2.0/24")
NEXT_DOOR = Client("192.0.2.8/32", "192.0.2.0/24")
ELSEWHERE = Client("198.51.100.7/32", "198.51.100.0/24")


def given(issuer: Issuer, client: Client, count: int, at: datetime = NOON) -> Counter[Standing]:
    return Counter(issuer.issue(client, at).standing for _ in range(count))


def test_beyond_the_limit_of_a_line_voters_are_issued_all_the_same_and_marked() -> None:
    issuer = Issuer(60, 240)
    assert given(issuer, HOME, 300) == {Standing.FREE: 60, Standing.OVER: 240}
    assert given(issuer, NEXT_DOOR, 10) == {Standing.FREE: 10}


def test_a_network_has_a_limit_of_its_own() -> None:
    issuer = Issuer(60, 100)
    assert given(issuer, HOME, 60) == {Standing.FREE: 60}
    assert given(issuer, NEXT_DOOR, 60) == {Standing.FREE: 40, Standing.OVER: 20}
    assert given(issuer, ELSEWHERE, 60) == {Standing.FREE: 60}


def test_no_hour_of_sixty_minutes_gives_more_than_the_limit_and_the_next_is_free_again() -> None:
    issuer = Issuer(60, 240)
    assert given(issuer, HOME, 100, NOON + timedelta(minutes=59)) == {Standing.FREE: 60, Standing.OVER: 40}
    assert given(issuer, HOME, 100, NOON + timedelta(minutes=61))[Standing.FREE] <= 1
    assert given(issuer, HOME, 100, NOON + timedelta(hours=3))[Standing.FREE] == 60


def test_asking_over_the_limit_does_not_keep_a_network_there() -> None:
    issuer = Issuer(60, 240)
    given(issuer, HOME, 10_000)
    assert given(issuer, HOME, 60, NOON + timedelta(minutes=90))[Standing.FREE] >= 29


def test_one_that_was_over_the_limit_keeps_its_number_when_it_comes_again() -> None:
    issuer = Issuer(1, 1)
    issuer.issue(HOME, NOON)
    waited = issuer.issue(HOME, NOON)
    later = issuer.issue(HOME, NOON + timedelta(hours=2), waited)
    assert (waited.standing, later) == (Standing.OVER, replace(waited, standing=Standing.FREE))


def limited(settings: Settings, per_host: int = 2, proxies: tuple[Network, ...] = ()) -> Starlette:
    voters = VoterSettings(per_host, 2 * per_host, 1)
    return create_app(replace(settings, voters=voters, web=replace(settings.web, trusted_proxies=proxies)))


async def standings(database: Database, town: Seeded) -> Counter[str]:
    async with database.transaction(town.organisation_id) as connection:
        return Counter(row["standing"] for row in await connection.fetch("SELECT standing FROM intake"))


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.{n}"},
        {"X-Real-IP": "203.0.113.{n}"},
        {"Forwarded": "for=203.0.113.{n}"},
        {"X-Forwarded-For": "203.0.113.{n}, 192.0.2.{n}", "Via": "1.1 proxy", "True-Client-IP": "203.0.113.{n}"},
        {"CF-Connecting-IP": "203.0.113.{n}", "X-Client-IP": "203.0.113.{n}", "X-Cluster-Client-IP": "203.0.113.{n}"},
        {"Cookie": COOKIE + "=203.0.113.{n}"},
    ],
)
async def test_what_an_asker_writes_in_a_header_moves_nobody_to_another_network(
    settings: Settings, database: Database, town: Seeded, headers: dict[str, str]
) -> None:
    app = limited(settings)
    async with app.router.lifespan_context(app):
        for n in range(6):
            written = {name: value.format(n=n + 1) for name, value in headers.items()}
            browser = browser_on(app, client=("192.0.2.7", 1))
            assert (await send(browser, opinion(), headers=written)).status_code == 201
    assert await standings(database, town) == {"f": 2, "o": 4}


async def test_behind_a_proxy_only_what_it_wrote_itself_counts(
    settings: Settings, database: Database, town: Seeded
) -> None:
    app = limited(settings, proxies=(ip_network("10.0.0.0/24"),))
    async with app.router.lifespan_context(app):
        for n in range(6):
            # The asker wrote the first, the proxy the last.
            written = {"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.9"}
            assert (await send(browser_on(app, client=("10.0.0.1", 1)), opinion(), headers=written)).status_code == 201
    assert await standings(database, town) == {"f": 2, "o": 4}


@pytest.mark.parametrize(
    ("addresses", "free"),
    [
        (["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:2::3"], 2),
        (["2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:4::1", "2001:db8:1:5::1", "2001:db8:1:6::1"], 4),
        (["2001:db8:1::1", "2001:db8:2::1", "2001:db8:3::1", "2001:db8:4::1", "2001:db8:5::1"], 5),
        (["192.0.2.7", "::ffff:192.0.2.7", "192.0.2.7"], 2),
    ],
)
async def test_a_line_is_a_64_and_a_network_a_48(
    settings: Settings, database: Database, town: Seeded, addresses: list[str], free: int
) -> None:
    app = limited(settings)
    async with app.router.lifespan_context(app):
        for address in addresses:
            await send(browser_on(app, client=(address, 1)), opinion())
    assert (await standings(database, town))["f"] == free


async def test_three_hundred_phones_of_a_school_are_all_taken(
    settings: Settings, database: Database, town: Seeded
) -> None:
    app = limited(settings, per_host=60)
    async with app.router.lifespan_context(app):
        for _ in range(300):
            phone = browser_on(app, client=("192.0.2.7", 1))
            assert (await phone.post("/api/v1/rue/voter")).status_code == 200
            assert (await send(phone, opinion())).status_code == 201
    assert len({row["voter"] for row in await journal(database, town)}) == 300
    assert await standings(database, town) == {"f": 60, "o": 240}


async def test_a_script_gains_nothing_by_a_fresh_cookie_for_each_row(settings: Settings, town: Seeded) -> None:
    app = limited(settings)
    codes: list[tuple[int, str]] = []
    async with app.router.lifespan_context(app):
        for kind, body in SENDINGS:
            for _ in range(2):
                answer = await fresh(app).put(f"/api/v1/rue/{kind}/{uuid4()}", json=body)
                codes.append((answer.status_code, answer.json().get("code", "")))
        page = await fresh(app).post("/rue/lieux/C12/constat", data={"finding": "vacant", "uuid": str(uuid4())})
    assert codes[:2] == [(201, "")] * 2
    assert codes[2:] == [(429, "over-limit")] * (len(codes) - 2)
    assert page.status_code == 429


async def test_an_answer_that_stands_twice_over_the_limit_is_one_voter(
    app: Starlette, database: Database, town: Seeded
) -> None:
    phone = browser_on(app)
    phone.cookies.set(COOKIE, cookie_of(app, "a" * 43, Standing.OVER))
    for seq in (1, 2):
        assert (await send(phone, opinion(seq=seq))).status_code == 201
    assert len({row["voter"] for row in await journal(database, town)}) == 1


SENDINGS = [
    ("reports", {"v": 1, "place": "C12", "finding": "vacant"}),
    ("follows", {"v": 1, "place": "C12", "means": "link"}),
    ("residences", {"v": 1, "age": "30-44"}),
    ("spots", {"v": 1, "lon": -1.561, "lat": 47.213}),
]


def fresh(app: Starlette) -> AsyncClient:
    return browser_on(app, client=("192.0.2.7", 1))

