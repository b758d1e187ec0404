"""French unless somebody says otherwise: the address, then the cookie, then the browser."""

import pytest
from httpx2 import AsyncClient
from starlette.requests import Request

from devanture.web.language import language
from tests.seed import Seeded


def request(query: str = "", cookie: str = "", accept: str = "") -> Request:
    headers = [(b"cookie", f"devanture_lang={cookie}".encode()), (b"accept-language", accept.encode())]
    return Request({"type": "http", "query_string": query.encode(), "headers": headers})


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ({}, "fr"),
        ({"accept": "en"}, "en"),
        ({"accept": "en-GB,en;q=0.9,fr;q=0.8"}, "en"),
        ({"accept": "fr;q=0.3, en;q=0.7"}, "en"),
        ({"accept": "de, es;q=0.5"}, "fr"),
        ({"accept": "en;q=0"}, "fr"),
        ({"accept": "en;q=0, fr"}, "fr"),
        ({"accept": "enm"}, "fr"),
        ({"accept": "EN-us"}, "en"),
        ({"accept": "en;q=abc, fr;q=0.1"}, "fr"),
        ({"accept": "*"}, "fr"),
        ({"accept": ",,;;=,"}, "fr"),
        ({"accept": "x," * 1000 + "en"}, "fr"),
        ({"cookie": "en", "accept": "fr"}, "en"),
        ({"cookie": "xx", "accept": "en"}, "en"),
        ({"query": "lang=fr", "cookie": "en"}, "fr"),
        ({"query": "lang=de", "cookie": "en"}, "en"),
        ({"query": "lang=%00"}, "fr"),
    ],
)
def test_who_is_spoken_to_in_which_language(asked: dict[str, str], spoken: str) -> None:
    assert language(request(**asked)) == spoken


@pytest.mark.anyio
async def test_a_language_chosen_once_is_kept(client: AsyncClient, town: Seeded) -> None:
    english = await client.get("/rue/?lang=en")
    assert '<html lang="en">' in english.text and english.headers["content-language"] == "en"
    assert '<html lang="en">' in (await client.get("/rue/lieux/C12")).text
    back = await client.get("/rue/?lang=fr")
    assert '<html lang="fr">' in back.text and "lang=en" in back.text
    assert '<html lang="fr">' in (await client.get("/rue/")).text


@pytest.mark.anyio
async def test_the_other_language_keeps_the_rest_of_the_address(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/?a=%3Cb%3E&lang=en")).text
    assert 'href="/rue/?a=%3Cb%3E&amp;lang=fr"' in page


@pytest.mark.anyio
async def test_caches_are_told_what_a_page_depends_on(client: AsyncClient, town: Seeded) -> None:
    answer = await client.get("/rue/?autour")
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer.headers["vary"].split(",")}
    assert answer.headers["cache-control"] == "private, no-cache"
