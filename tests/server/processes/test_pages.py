"""The walk, the home page, and what a phone keeps of a process."""

import re
from datetime import timedelta
from math import cos, radians
from typing import Any

import pytest
from httpx2 import AsyncClient
from PIL import Image
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.processes.pack import written
from devanture.settings import Settings
from devanture.supply.bulk import ShopRow
from tests.conftest import ROOT
from tests.seed import CLOSES, LAT, LON, METRE, OPENS, Clock, Seeded, Town, browser_on, opinion, seed, send

pytestmark = pytest.mark.anyio


async def test_the_home_page_lists_every_consultation(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    await seed(database, settings, Town(slug="ailleurs", organisation="autre", places=(), shops=()))
    await send(client, opinion())
    page = (await client.get("/")).text
    assert 'href="/rue/"' in page and 'href="/ailleurs/"' in page
    assert "Rue Crébillon" in page and re.search(r"1\s(personne|participant)", page)


async def test_a_program_without_any_consultation_says_so(client: AsyncClient) -> None:
    page = await client.get("/")
    assert page.status_code == 200 and "Aucune consultation" in page.text


async def test_the_walk_goes_street_by_street_and_number_by_number(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/?autour")).text
    assert re.findall(r'data-ref="(\w+)"', page) == ["X9", "Q3", "C12", "C14", "S1"]
    assert "Ville de ville" in page


async def test_nobody_yet_is_an_invitation_and_not_a_zero(client: AsyncClient, app: Starlette, town: Seeded) -> None:
    assert "Soyez la première personne à répondre." in (await client.get("/rue/?autour")).text
    await send(client, opinion())
    app.state.program.crowds.forget()  # A number that took a busy machine long to count is kept for a while.
    page = (await client.get("/rue/?autour")).text
    assert re.search(r"1\spersonne a répondu\.", page) and "Soyez la première" not in page


async def test_the_walk_shows_what_i_answered(client: AsyncClient, town: Seeded) -> None:
    assert "une poissonnerie" not in (await client.get("/rue/?autour")).text
    await send(client, opinion())
    assert "une poissonnerie" in (await client.get("/rue/?autour")).text


@pytest.mark.parametrize(
    ("moment", "words"),
    [(OPENS - timedelta(days=5), "pas encore"), (CLOSES + timedelta(days=5), "close")],
)
async def test_a_consultation_that_is_not_open_says_so(
    client: AsyncClient, clock: Clock, town: Seeded, moment: object, words: str
) -> None:
    clock.set(moment)  # type: ignore[arg-type]
    page = (await client.get("/rue/lieux/C12")).text
    assert words in page and 'name="wishes"' not in page


async def test_the_pack_is_the_same_until_something_changes(client: AsyncClient, app: Starlette, town: Seeded) -> None:
    await client.get("/rue/?autour")
    first = await client.get("/api/v1/rue/pack")
    for tag in (first.headers["etag"], f'"other", {first.headers["etag"]}', f"W/{first.headers['etag']}"):
        again = await client.get("/api/v1/rue/pack", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    await send(client, opinion())
    app.state.program.crowds.forget()
    app.state.program.packs.forget()
    changed = await client.get("/api/v1/rue/pack", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert {place["ref"]: place["participants"] for place in changed.json()["places"]}["C12"] == 1


async def test_the_pack_is_gathered_once_for_many_phones(
    app: Starlette, client: AsyncClient, town: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered = []

    def counting(*given: Any) -> Any:
        gathered.append(given)
        return written(*given)

    monkeypatch.setattr("devanture.processes.views.written", counting)
    packs = app.state.program.packs
    monkeypatch.setattr(packs, "_seconds", 60.0)
    tags: dict[tuple[str, ...], str] = {}
    for lang in ("fr", "en"):
        for _ in range(12):
            async with browser_on(app) as phone:
                await phone.get("/rue/")
                pack = await phone.get("/api/v1/rue/pack", headers={"Accept-Language": lang})
                again = {"Accept-Language": lang, "If-None-Match": pack.headers["etag"]}
                assert (await phone.get("/api/v1/rue/pack", headers=again)).status_code == 304
                order = (lang, *(family["code"] for family in pack.json()["families"]))
                assert tags.setdefault(order, pack.headers["etag"]) == pack.headers["etag"]
    assert len(gathered) == 2 and len(set(tags.values())) == len(tags) > 6


async def test_the_activities_of_a_pack_follow_their_families(client: AsyncClient, town: Seeded) -> None:
    pack = (await client.get("/api/v1/rue/pack")).json()
    assert list(dict.fromkeys(one["family"] for one in pack["activities"])) == [one["code"] for one in pack["families"]]


async def test_the_pack_holds_nothing_of_its_voter(client: AsyncClient, town: Seeded) -> None:
    await send(client, opinion(wishes=[], other="quelque chose de rare"))
    pack = await client.get("/api/v1/rue/pack")
    assert "quelque chose de rare" not in pack.text
    assert {place["answered"] for place in pack.json()["places"]} == {None}


async def test_the_pack_speaks_the_language_asked_for(client: AsyncClient, town: Seeded) -> None:
    french, english = [(await client.get(f"/api/v1/rue/pack?lang={lang}")).json() for lang in ("fr", "en")]
    labels = [{one["code"]: one["label"] for one in pack["activities"]} for pack in (french, english)]
    assert [one["fishmonger"] for one in labels] == ["Poissonnerie", "Fishmonger"]
    assert [pack["process"]["name"] for pack in (french, english)] == ["Rue Crébillon", "Crébillon Street"]


async def test_the_pack_tells_of_shops_what_the_page_of_each_place_tells(client: AsyncClient, town: Seeded) -> None:
    pack = (await client.get("/api/v1/rue/pack")).json()
    assert pack["process"]["supply"] == {"source": "IGN", "seen": "2025-06-15"}
    assert pack["places"]
    for place in pack["places"]:
        told = (await client.get(f"/api/v1/rue/places/{place['ref']}")).json()["supply"]
        assert {
            (row["activity"], row["near"], row["count"], row["nearest_m"], row["confirmed"]) for row in place["supply"]
        } == {
            (row["code"], row["count"], row["within_walk"], row["nearest_m"], row["confirmed"]) for row in told["rows"]
        }


async def test_a_kind_beyond_a_quarter_of_an_hour_on_foot_is_not_told(
    client: AsyncClient, database: Database, settings: Settings
) -> None:
    await seed(database, settings, Town().but(shops=[ShopRow("far", LON, LAT + 926 * METRE, "grocer", "")]))
    assert (await client.get("/api/v1/rue/places/C12")).json()["supply"]["rows"] == []
    (row,) = (await client.get("/api/v1/rue/places/S1")).json()["supply"]["rows"]
    assert (row["within_walk"], row["nearest_m"]) == (0, 683)


async def test_the_pack_and_the_page_draw_the_circle_of_five_minutes_alike(
    client: AsyncClient, database: Database, settings: Settings
) -> None:
    eastward = METRE / cos(radians(LAT))
    edge = [ShopRow(f"e{east}", LON + east * eastward, LAT, "grocer", "") for east in (307.9, 308.1)]
    await seed(database, settings, Town().but(shops=edge))
    packed = {place["ref"]: place["supply"] for place in (await client.get("/api/v1/rue/pack")).json()["places"]}
    (told,) = (await client.get("/api/v1/rue/places/C12")).json()["supply"]["rows"]
    assert [row["count"] for row in packed["C12"]] == [told["within_walk"]] == [1]


async def test_each_voter_meets_the_families_in_an_order_of_their_own(
    app: Starlette, client: AsyncClient, town: Seeded
) -> None:
    orders = set()
    for _ in range(20):
        async with browser_on(app) as phone:
            await phone.get("/rue/")
            first, again = [(await phone.get("/api/v1/rue/pack")).json()["families"] for _ in range(2)]
            assert first == again
            orders.add(tuple(family["code"] for family in first if family["kind"] == "premises"))
    assert len(orders) > 3
    assert {order[-1] for order in orders} == {"no-shop"}


async def test_the_app_of_a_process_has_its_own_name_and_scope(client: AsyncClient, town: Seeded) -> None:
    answer = await client.get("/rue/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["scope"] == manifest["start_url"] == manifest["id"] == "/rue/"
    assert manifest["name"] == "Devanture · Rue Crébillon" and manifest["display"] == "standalone"
    assert {icon.get("purpose") for icon in manifest["icons"]} == {None, "maskable"}
    assert [(one["name"], one["url"]) for one in manifest["shortcuts"]] == [
        ("Autour de moi", "/rue/?autour"), ("Ma tournée", "/rue/tournee"), ("Mes avis", "/rue/mes-avis"),
    ]  # fmt: skip


async def test_the_screenshots_of_the_manifest_are_as_large_as_it_says(client: AsyncClient, town: Seeded) -> None:
    shots = (await client.get("/rue/manifest.webmanifest")).json()["screenshots"]
    assert {shot["form_factor"] for shot in shots} == {"narrow", "wide"}
    for shot in shots:
        file = ROOT / "pwa" / "screenshots" / shot["src"].removeprefix("/assets/screenshot-")
        with Image.open(file) as image:
            assert f"{image.width}x{image.height}" == shot["sizes"]


async def test_a_page_tells_an_iphone_its_icon_and_its_name(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/mes-avis")).text
    assert '<link rel="apple-touch-icon" href="/assets/apple-touch-icon.png">' in page
    assert '<meta name="apple-mobile-web-app-title" content="Rue Crébillon">' in page


async def test_the_shell_needs_nothing_of_a_place(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/horsligne")).text
    assert 'data-island="shell"' in page and 'data-process="rue"' in page


async def test_days_are_those_of_the_town(client: AsyncClient, database: Database, settings: Settings) -> None:
    last_second = CLOSES.replace(hour=22, minute=59, second=59, microsecond=0)
    await seed(database, settings, Town(opens_at=OPENS.replace(hour=23, minute=30), closes_at=last_second))
    process = (await client.get("/api/v1/rue/pack")).json()["process"]
    assert process["opens"] == (OPENS + timedelta(days=1)).date().isoformat()
    assert process["closes"] in (last_second.date().isoformat(), (last_second + timedelta(days=1)).date().isoformat())


async def test_a_basemap_is_read_by_ranges_and_never_compressed_on_the_way(
    client: AsyncClient, settings: Settings, town: Seeded
) -> None:
    file = settings.data / "basemaps" / "rue.pmtiles"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(bytes(range(256)) * 20)
    try:
        part = await client.get("/basemaps/rue.pmtiles", headers={"Range": "bytes=256-259", "Accept-Encoding": "gzip"})
        whole = await client.get("/basemaps/rue.pmtiles", headers={"Accept-Encoding": "gzip"})
    finally:
        file.unlink()
    assert (part.status_code, part.content) == (206, b"\x00\x01\x02\x03")
    assert part.headers["content-range"] == "bytes 256-259/5120"
    assert len(whole.content) == 5120 and whole.headers["content-encoding"] == "identity"
