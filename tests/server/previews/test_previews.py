"""The picture beside a shared link: decoded, as whoever unfolds the link decodes it."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from httpx2 import AsyncClient, Response
from PIL import Image, ImageChops
from starlette.applications import Starlette

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.places.schemas import Place
from devanture.previews.drawing import LEFT, drawn
from devanture.previews.fonts import Fonts
from devanture.previews.schemas import Bar, Cloth, Preview
from devanture.previews.views import place_preview, process_preview
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from devanture.settings import Settings
from tests.seed import Seeded, browser_on, opinion, phone_on, send

pytestmark = pytest.mark.anyio
WORDS, FRONT, AWNING = (LEFT, 150, 680, 620), (700, 150, 1200, 620), (0, 0, 1200, 80)
PLAIN = Preview("Ville", "Démarche", "12, rue Crébillon", "entre deux", "Quoi\u202f?", "3 personnes", "12", "ET SI…")


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(Path(__file__).parents[3] / "pwa" / "dist")


def image(png: bytes) -> Image.Image:
    opened = Image.open(BytesIO(png))
    assert (opened.format, opened.size) == ("PNG", (1200, 630))
    return opened.convert("RGB")


def differs(one: bytes, other: bytes, box: tuple[int, int, int, int]) -> bool:
    return ImageChops.difference(image(one).crop(box), image(other).crop(box)).getbbox() is not None


def changed(preview: Preview, **fields: object) -> Preview:
    known = {name: getattr(preview, name) for name in preview.__struct_fields__}
    return Preview(**(known | fields))


def test_it_is_a_picture_with_words_a_front_and_an_awning(fonts: Fonts) -> None:
    drawing = image(drawn(PLAIN, fonts))
    for box in (WORDS, FRONT, AWNING):
        colours = drawing.crop(box).getcolors(1_000_000)
        assert colours is not None and len(colours) > 8


@pytest.mark.parametrize(
    ("fields", "box"),
    [
        ({"title": "26, quai de la Fosse"}, WORDS),
        ({"hint": "angle de la place"}, WORDS),
        ({"question": "Que voudriez-vous\u202f?"}, WORDS),
        ({"people": "17 personnes"}, WORDS),
        ({"badge": "Local vacant", "vacant": True}, WORDS),
        ({"town": "Genève"}, AWNING),
        ({"cloth": Cloth(awning="#7a1f3d")}, AWNING),
        ({"sign": "26"}, FRONT),
        ({"site": True}, FRONT),
        ({"bars": (Bar("Poissonnerie", 9, "9"),), "heading": "Souhaité ici"}, FRONT),
    ],
)
def test_what_is_said_differently_is_seen_where_it_stands(
    fonts: Fonts, fields: dict[str, object], box: tuple[int, int, int, int]
) -> None:
    assert differs(drawn(PLAIN, fonts), drawn(changed(PLAIN, **fields), fonts), box)


def test_long_names_stay_in_their_column(fonts: Fonts) -> None:
    long = "128 bis, boulevard du Maréchal-de-Lattre-de-Tassigny-et-de-la-Deuxième-Division-Blindée"
    name = "Et si on rouvrait toutes les vitrines du centre-ville ensemble"
    spoken = changed(PLAIN, title=long, hint=long, question=long, people=long, town=name, name=name)
    gap = (LEFT + 612, 150, 700, 597)
    assert not differs(drawn(PLAIN, fonts), drawn(spoken, fonts), gap)


def test_letters_that_the_fonts_lack_lose_their_accent_or_go(fonts: Fonts) -> None:
    for odd, plain in (("Şube Café", "Sube Café"), ("Œuvre ☕", "Œuvre ")):
        assert fonts.drawable(odd, "title") in (odd, plain)


async def get(client: AsyncClient, path: str, **headers: str) -> Response:
    return await client.get(path, headers=headers)


@pytest.mark.parametrize("path", ["/rue/apercu.png", "/rue/lieux/C12/apercu.png", "/rue/lieux/S1/apercu.png"])
async def test_every_place_and_the_process_have_one(client: AsyncClient, town: Seeded, path: str) -> None:
    answer = await get(client, path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    image(answer.content)
    again = await get(client, path, **{"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    english = await client.get(path, params={"lang": "en"})
    assert english.headers["etag"] != answer.headers["etag"] and english.content != answer.content


async def test_an_unknown_place_has_none(client: AsyncClient, town: Seeded) -> None:
    assert (await get(client, "/rue/lieux/C99/apercu.png")).status_code == 404


async def test_wishes_stand_on_it_only_once_they_are_public(app: Starlette, database: Database, town: Seeded) -> None:
    running = app.state.program
    book = await running.rulebooks.get("rue")
    place: Place = book.place("C12")
    for voter in range(4):
        async with phone_on(app, voter) as phone:
            await send(phone, opinion())
    await release(database, await find_process(database, "rue"), utc_now())
    early = await place_preview(running, book, place, "fr")
    assert (early.bars, early.people) == ((), "4\u00a0personnes ont répondu ici")
    async with phone_on(app, 4) as phone:
        await send(phone, opinion(wishes=["fishmonger", "grocer"]))
    await release(database, await find_process(database, "rue"), utc_now())
    shown = await place_preview(running, book, place, "fr")
    assert [(bar.label, bar.persons) for bar in shown.bars] == [("Poissonnerie", 5), ("Épicerie", 1)]
    assert shown.note.endswith("ce n’est pas un sondage")
    assert [bar.persons for bar in (await process_preview(running, book, "fr")).bars] == [5, 1]


async def test_the_same_words_are_drawn_once(app: Starlette, town: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    running, count = app.state.program, list[Preview]()

    def draw(preview: Preview, fonts: Fonts) -> bytes:
        count.append(preview)
        return b"png"

    monkeypatch.setattr("devanture.previews.service.drawn", draw)
    assert [await running.previews.picture(PLAIN) for _ in range(3)] == [b"png"] * 3
    assert len(count) == 1


async def test_the_town_s_colours_are_worn(client: AsyncClient, database: Database, town: Seeded) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE organisation SET colours = $1", ["#7a1f3d", "#e0b44c"])
    drawing = image((await get(client, "/rue/apercu.png")).content)
    assert drawing.getpixel((600, 6)) == (0x7A, 0x1F, 0x3D)


async def test_pages_name_their_picture_and_their_one_address(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/lieux/C12?lang=fr&x=1")).text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/rue/lieux/C12">' in page
    found = re.search(r'property="og:image" content="([^"]+)"', page)
    assert found and found[1] == "http://127.0.0.1:8000/rue/lieux/C12/apercu.png?lang=fr"
    image((await client.get(found[1])).content)
    assert 'property="og:title" content="12, rue Crébillon' in page and 'content="summary_large_image"' in page
    walk = (await client.get("/rue/?lang=en")).text
    assert "http://127.0.0.1:8000/rue/apercu.png?lang=en" in walk and 'content="en_GB"' in walk


async def test_the_configured_address_wins_over_what_was_asked_for(settings: Settings, town: Seeded) -> None:
    named = replace(settings, web=replace(settings.web, public_url="https://ville.example"))
    app = create_app(named)
    async with app.router.lifespan_context(app), browser_on(app) as browser:
        page = (await browser.get("/rue/", headers={"Host": "evil.example"})).text
    assert 'href="https://ville.example/rue/"' in page and "evil.example" not in page
