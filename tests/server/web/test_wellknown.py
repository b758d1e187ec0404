"""What clients ask of every site: an icon, what may be indexed, what a refusal means."""

import pytest
from httpx2 import AsyncClient

from devanture.errors import PROBLEMS
from devanture.web.i18n import translate
from tests.seed import Seeded

pytestmark = pytest.mark.anyio


async def test_the_icon_is_where_clients_look_for_it(client: AsyncClient) -> None:
    asked = await client.get("/favicon.ico")
    assert (asked.status_code, asked.headers["location"]) == (308, "/assets/icon-192.png")


async def test_public_pages_may_be_indexed_and_the_desk_not(client: AsyncClient) -> None:
    answer = await client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.splitlines() == ["User-agent: *", "Disallow: /bureau/", "Disallow: /api/", "Allow: /"]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("code", PROBLEMS)
async def test_the_type_of_every_problem_leads_to_its_meaning(client: AsyncClient, code: str, lang: str) -> None:
    told = (await client.get(f"/problems/{code}", headers={"Accept-Language": lang})).json()
    assert (told["code"], told["status"], told["type"]) == (code, PROBLEMS[code].status, f"/problems/{code}")
    assert told["title"] == translate(lang, PROBLEMS[code].title) and "%(" not in told["detail"]


async def test_a_person_reads_the_same_as_a_page(client: AsyncClient) -> None:
    page = await client.get("/problems/too-many-wishes", headers={"Accept": "text/html"})
    assert page.status_code == 200 and "too-many-wishes" in page.text
    assert translate("fr", PROBLEMS["too-many-wishes"].title) in page.text


async def test_no_meaning_is_made_up_for_an_unknown_code(client: AsyncClient) -> None:
    assert (await client.get("/problems/made-up")).status_code == 404


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/v1/rue/near?lon=-1.56&lat=47.2&limit=99999", "limit"),
        ("/api/v1/rue/near?lon=-1.56&lat=47.2&limit=0", "limit"),
        ("/api/v1/rue/near?lon=-1.56&lat=47.2&limit=%C2%B2", "limit"),
        (f"/api/v1/rue/near?lon=-1.56&lat=47.2&limit={'9' * 5000}", "limit"),
        ("/tiles/rue/heat/1/a/0.mvt", "x"),
    ],
)
async def test_a_wrong_parameter_is_named(client: AsyncClient, town: Seeded, path: str, name: str) -> None:
    refused = await client.get(path)
    assert (refused.status_code, refused.json()["code"]) == (400, "bad-parameter")
    assert f"«\u202f{name}\u202f»" in refused.json()["detail"]
