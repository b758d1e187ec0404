"""Bad input: the right status, a problem in the asker's language, nothing stored, nothing of the inside."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest
from httpx2 import AsyncClient, Response

from devanture.db.pool import Database
from tests.seed import CLOSES, OPENS, Clock, Seeded, journal, opinion, send

pytestmark = pytest.mark.anyio

# Written out, because parallel runs must find tests of the same names.
VERSION_1 = "44e07138-e706-11f1-ab17-02fc00000001"
VERSION_4 = "72d31006-0a79-4884-a051-524a8f295650"


def problem(answer: Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body.keys() == {"type", "title", "status", "detail", "code"}
    assert body["status"] == answer.status_code
    assert body["type"] == f"/problems/{body['code']}"
    return answer.status_code, body["code"]


def text(body: str) -> bytes:
    return body.encode("utf-8", "surrogatepass")


DEEP = text('{"v":1,"place":' + "[" * 5000 + "]" * 5000 + ',"seq":1}')
BODIES: dict[str, tuple[Any, str]] = {
    "unknown place": (opinion("C99"), "unknown-place"),
    "unknown activity": (opinion(wishes=["submarine"]), "unknown-activity"),
    "a site's use at a shop": (opinion(wishes=["garden"]), "unknown-activity"),
    "a shop at a site": (opinion("S1", wishes=["bakery"]), "unknown-activity"),
    "a family instead of an activity": (opinion(wishes=["food"]), "unknown-activity"),
    "too many wishes": (opinion(wishes=["grocer", "bakery", "pharmacy", "hardware"]), "too-many-wishes"),
    "too many wishes with words": (opinion(wishes=["grocer", "bakery", "pharmacy"], other="x"), "too-many-wishes"),
    "no wish": (opinion(wishes=[]), "bad-opinion"),
    "blank words": (opinion(wishes=[], other="  "), "bad-opinion"),
    "the same wish twice": (opinion(wishes=["grocer", "grocer"]), "bad-opinion"),
    "a wish in a withdrawal": (opinion(withdraw=True) | {"wishes": ["grocer"]}, "bad-opinion"),
    "unknown field": (opinion(is_admin=True), "bad-opinion"),
    "no place": ({"v": 1, "seq": 1, "wishes": ["grocer"]}, "bad-opinion"),
    "no version": ({"place": "C12", "seq": 1, "wishes": ["grocer"]}, "bad-opinion"),
    "version from the future": (opinion() | {"v": 2}, "bad-opinion"),
    "version that is true": (opinion() | {"v": True}, "bad-opinion"),
    "seq zero": (opinion(seq=0), "bad-opinion"),
    "seq below zero": (opinion(seq=-5), "bad-opinion"),
    "seq over 2^31 - 1": (opinion(seq=2**31), "bad-opinion"),
    "seq of a hundred digits": (text('{"v":1,"place":"C12","seq":' + "9" * 100 + "}"), "bad-opinion"),
    "version of a thousand digits": (text('{"v":' + "1" * 1000 + "}"), "bad-opinion"),
    "seq as text": (opinion() | {"seq": "1"}, "bad-opinion"),
    "seq with a fraction": (opinion() | {"seq": 1.5}, "bad-opinion"),
    "words too long": (opinion(other="x" * 121), "bad-opinion"),
    "comment too long": (opinion(comment="x" * 1001), "bad-opinion"),
    "unknown frequency": (opinion(frequency="hourly"), "bad-opinion"),
    "unknown nuisance": (opinion(nuisances=["neighbours"]), "bad-opinion"),
    "the same nuisance twice": (opinion(nuisances=["noise", "noise"]), "bad-opinion"),
    "NUL in the comment": (opinion(comment="a\0b"), "bad-opinion"),
    "NUL in other words": (opinion(other="a\0b"), "bad-opinion"),
    "NUL in the place": (opinion("C12\0"), "bad-opinion"),
    "line break after the place": (opinion("C12\n"), "bad-opinion"),
    "line break after a family": (opinion(families_shown=["food\n"]), "bad-opinion"),
    "escape character in the comment": (opinion(comment="\x1b[2J"), "bad-opinion"),
    "lone surrogate escaped": (text('{"v":1,"place":"C12","seq":1,"wishes":["grocer"],"other":"\\ud800"}'), "bad-json"),
    "lone surrogate in bytes": (text('{"v":1,"place":"C12","seq":1,"other":"\ud800"}'), "bad-json"),
    "invalid UTF-8": (b'{"v":1,"place":"C12","seq":1,"other":"\xff\xfe"}', "bad-json"),
    "UTF-16": ('{"v":1}'.encode("utf-16"), "bad-json"),
    "NaN": (text('{"v":1,"place":"C12","seq":NaN}'), "bad-json"),
    "infinity": (text('{"v":1,"place":"C12","seq":Infinity}'), "bad-json"),
    "exponent beyond floats": (text('{"v":1,"place":"C12","seq":1e999}'), "bad-opinion"),
    "not JSON": (b"wishes=grocer", "bad-json"),
    "cut short": (msgspec.json.encode(opinion())[:-3], "bad-json"),
    "empty": (b"", "bad-json"),
    "a list": (b"[]", "bad-opinion"),
    "null": (b"null", "bad-opinion"),
    "too deep": (DEEP, "bad-json"),
    "too deep to close": (b"[" * 16_000, "bad-opinion"),
    "too large": (opinion(comment="x" * 20_000), "too-large"),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_bad_body_is_refused_and_nothing_is_stored(
    client: AsyncClient, database: Database, town: Seeded, name: str
) -> None:
    body, code = BODIES[name]
    answer = await send(client, body)
    status = 413 if code == "too-large" else 404 if code == "unknown-place" else 400
    assert problem(answer) == (status, code)
    assert await journal(database, town) == []
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "name",
    [
        "1", "not-a-uuid", VERSION_1, "00000000-0000-0000-0000-000000000000", f"{{{VERSION_4}}}",
        VERSION_4.replace("-", ""), f"urn:uuid:{VERSION_4}", "%00", "../etc", f"{VERSION_4}%0A", "é" * 18, "0" * 4000,
    ],
)  # fmt: skip
async def test_an_identifier_that_is_no_version_4_uuid_is_refused(
    client: AsyncClient, database: Database, town: Seeded, name: str
) -> None:
    answer = await client.put(f"/api/v1/rue/opinions/{name}", json=opinion())
    assert problem(answer) in ((400, "bad-uuid"), (404, "not-found"))
    assert await journal(database, town) == []


async def test_an_identifier_in_capitals_is_the_same_identifier(client: AsyncClient, town: Seeded) -> None:
    sending = uuid4()
    assert (await send(client, opinion(), str(sending).upper())).status_code == 201
    assert (await send(client, opinion(), sending)).status_code == 200


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
async def test_only_json_is_taken(client: AsyncClient, town: Seeded, media_type: str) -> None:
    assert problem(await send(client, opinion(), headers={"Content-Type": media_type})) == (415, "not-json")


async def test_a_body_without_a_length_is_cut_off_too(client: AsyncClient, town: Seeded) -> None:
    pulled = 0

    async def endless() -> Any:
        nonlocal pulled
        while pulled < 1000:
            pulled += 1
            yield b" " * 1000

    url = f"/api/v1/rue/opinions/{uuid4()}"
    answer = await client.put(url, content=endless(), headers={"Content-Type": "application/json"})
    assert problem(answer) == (413, "too-large")


@pytest.mark.parametrize("slug", ["nowhere", "Rue", "r%00e", "rue%0A", "..", "é", "x" * 500])
async def test_an_unknown_process_is_not_found(client: AsyncClient, town: Seeded, slug: str) -> None:
    status, code = problem(await client.get(f"/api/v1/{slug}/places"))
    assert (status, code) in ((404, "unknown-process"), (404, "not-found"))


@pytest.mark.parametrize("ref", ["C99", "C12%00", "c12", "%0A", "é", "C12%0A", "x" * 500, "C12'--"])
async def test_an_unknown_place_is_not_found(client: AsyncClient, town: Seeded, ref: str) -> None:
    assert problem(await client.get(f"/api/v1/rue/places/{ref}")) == (404, "unknown-place")


@pytest.mark.parametrize(
    "query",
    [
        "", "lon=-1.56", "lon=NaN&lat=47.21", "lon=-1.56&lat=inf", "lon=-inf&lat=47.21", "lon=1e999&lat=47.21",
        "lon=abc&lat=47.21", "lon=0&lat=0", "lon=-181&lat=91", "lon=%00&lat=47.21", "lon=-1,56&lat=47.21",
    ],
)  # fmt: skip
async def test_coordinates_are_finite_and_inside_the_process(client: AsyncClient, town: Seeded, query: str) -> None:
    assert problem(await client.get(f"/api/v1/rue/near?{query}")) == (400, "bad-coordinates")


@pytest.mark.parametrize("limit", ["0", "-1", "101", "1e2", "٣", "9" * 500, "", "1.0"])
async def test_the_limit_of_near_is_a_small_whole_number(client: AsyncClient, town: Seeded, limit: str) -> None:
    answer = await client.get("/api/v1/rue/near", params={"lon": "-1.56", "lat": "47.21", "limit": limit})
    assert problem(answer) == (400, "bad-parameter")


@pytest.mark.parametrize(
    ("headers", "query", "words"),
    [
        ({}, "", "Lieu inconnu"),
        ({"Accept-Language": "en-GB,en;q=0.9"}, "", "Unknown place"),
        ({"Accept-Language": "en"}, "?lang=fr", "Lieu inconnu"),
    ],
)
async def test_a_refusal_speaks_the_asker_s_language(
    client: AsyncClient, town: Seeded, headers: dict[str, str], query: str, words: str
) -> None:
    answer = await client.get(f"/api/v1/rue/places/C99{query}", headers=headers)
    assert answer.json()["title"] == words


async def test_a_refusal_names_the_field_without_the_decoder_s_words(client: AsyncClient, town: Seeded) -> None:
    detail = (await send(client, opinion() | {"seq": "1"})).json()["detail"]
    assert detail.endswith("seq") and "Expected" not in detail


async def test_a_closed_consultation_says_its_days_as_one_writes_them(
    client: AsyncClient, clock: Clock, town: Seeded
) -> None:
    clock.set(CLOSES.replace(year=CLOSES.year + 1))
    detail = (await send(client, opinion(), headers={"Accept-Language": "en"})).json()["detail"]
    assert f"{OPENS:%B}" in detail and str(CLOSES.year) in detail and "00:00" not in detail
