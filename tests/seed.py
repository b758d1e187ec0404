"""A street of five places in the database, written by the import's own functions; and a phone to answer with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import h3
import msgspec
from asyncpg import Record
from httpx2 import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette

from devanture.activities import bulk as activities
from devanture.activities.bulk import ActivityRow, FamilyRow
from devanture.db.pool import Connection, Database, enter_organisation
from devanture.organisations.bulk import ensure_organisation
from devanture.places import bulk as places
from devanture.places.bulk import PlaceRow
from devanture.places.schemas import Neighbour
from devanture.processes import bulk as processes
from devanture.processes import keys
from devanture.settings import Settings
from devanture.supply import bulk as supply
from devanture.supply.bulk import ShopRow
from devanture.web.voters import COOKIE, Seal, Standing, Voter

LON, LAT = -1.561, 47.213
METRE = 1 / 111_320
"""Degrees of latitude."""
OPENS = datetime.now(UTC) - timedelta(days=20)
CLOSES = OPENS + timedelta(days=120)
HANDOVER = date(2027, 6, 14)
ICON = "lucide-store"


def _words(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def _activity(code: str, family: str, fr: str, en: str, sensitive: bool = False) -> ActivityRow:
    one = _words(f"une {fr.lower()}", f"a {en.lower()}")
    return ActivityRow(code, family, _words(fr, en), one, ICON, {"fr": [], "en": []}, sensitive, [], [], [])


FAMILIES = [
    FamilyRow("food", "premises", 0, _words("Manger", "Food"), ICON, shop=True),
    FamilyRow("care", "premises", 1, _words("Se soigner", "Care"), ICON, shop=True),
    FamilyRow("home", "premises", 2, _words("La maison", "Home"), ICON, shop=True),
    FamilyRow("no-shop", "premises", 3, _words("Pas un commerce", "Not a shop"), ICON, shop=False),
    FamilyRow("green", "site", 4, _words("Nature", "Nature"), ICON, shop=True),
]
ACTIVITIES = [
    _activity("fishmonger", "food", "Poissonnerie", "Fishmonger"),
    _activity("grocer", "food", "Épicerie", "Grocer"),
    _activity("bakery", "food", "Boulangerie", "Bakery"),
    _activity("pharmacy", "care", "Pharmacie", "Pharmacy"),
    _activity("worship-shop", "care", "Librairie religieuse", "Religious bookshop", sensitive=True),
    _activity("hardware", "home", "Quincaillerie", "Hardware shop"),
    _activity("housing", "no-shop", "Habitation", "Home to live in"),
    _activity("garden", "green", "Jouerie", "Garden"),
]


def place_row(ref: str, north_m: float = 0, **fields: Any) -> PlaceRow:
    """A vacant shop so many metres north of the street's south end."""
    row: dict[str, Any] = {"kind": "premises", "state": "vacant", "lon": LON, "lat": LAT + north_m * METRE}
    row |= {"ref": ref} | fields
    cells = {f"cell_{level}": _cell(row["lon"], row["lat"], level) for level in (8, 9, 10)}
    return PlaceRow(**(cells | row))


def _cell(lon: float, lat: float, level: int) -> int:
    cell: int = h3.str_to_int(h3.latlng_to_cell(lat, lon, level))
    return cell


PLACES = [
    place_row(
        "C12",
        number="12",
        street="Rue Crébillon",
        left=Neighbour("Optique Graslin", "optician"),
        right=Neighbour(None, "pharmacy"),
        stance="partner",
        plan=_words("Linéaire protégé", "Protected frontage"),
        source="IGN",
    ),
    place_row("C14", 60, number="14", street="Rue Crébillon", stance="silent"),
    place_row("Q3", 150, number="3 bis", street="Quai de la Fosse"),
    place_row("X9", 250, state="occupied", near_street="Allée Flesselles"),
    place_row("S1", 400, kind="site", state="open", name="Square Daviais"),
]
SHOPS = [
    ShopRow("s1", LON, LAT + 30 * METRE, "bakery", "Au bon pain", source="IGN", seen=date(2025, 6, 15)),
    ShopRow("s2", LON, LAT + 190 * METRE, "bakery", "La mie", source="IGN"),
    ShopRow("s3", LON, LAT + 350 * METRE, "pharmacy", "Pharmacie du quai", source="IGN"),
    ShopRow("s4", LON, LAT + 20 * METRE, None, "Inconnu", source="IGN"),
]


@dataclass(frozen=True)
class Town:
    """What to seed; `replace` makes another one."""

    slug: str = "rue"
    organisation: str = "ville"
    opens_at: datetime = OPENS
    closes_at: datetime = CLOSES
    max_wishes: int = 3
    places: Sequence[PlaceRow] = tuple(PLACES)
    shops: Sequence[ShopRow] = tuple(SHOPS)

    def but(self, **changes: Any) -> "Town":
        return replace(self, **changes)


@dataclass(frozen=True)
class Seeded:
    organisation_id: UUID
    process_id: UUID
    slug: str


async def seed(database: Database, settings: Settings, town: Town = Town()) -> Seeded:
    """Write the town; every other organisation's rows stay as they are."""
    async with database.transaction() as connection:
        organisation_id = await ensure_organisation(connection, town.organisation, f"Ville de {town.organisation}")
        await enter_organisation(connection, organisation_id)
        process_id = await _process(connection, organisation_id, settings, town)
        await activities.upsert_families(connection, organisation_id, process_id, FAMILIES)
        await activities.upsert_activities(connection, organisation_id, process_id, ACTIVITIES)
        await places.upsert_places(connection, organisation_id, town.places)
        await places.link_places(connection, organisation_id, process_id, [place.ref for place in town.places])
        await supply.upsert_shops(connection, organisation_id, town.shops)
    return Seeded(organisation_id, process_id, town.slug)


async def _process(connection: Connection, organisation_id: UUID, settings: Settings, town: Town) -> UUID:
    process_id = uuid4()
    new = processes.NewProcess(
        id=process_id,
        slug=town.slug,
        kind="premises",
        name=_words("Rue Crébillon", "Crébillon Street"),
        texts={"who_asks": _words("%(organisation)s", "%(organisation)s")},
        timezone="Europe/Paris",
        bounds=(-1.58, 47.20, -1.54, 47.23),
        handover_on=HANDOVER,
        max_wishes=town.max_wishes,
        demonstration=True,
        sources=[{"name": "IGN", "attribution": "© IGN"}],
    )
    await processes.add_process(connection, organisation_id, new)
    wrapped = {
        purpose: keys.wrap(settings.key, keys.new_key(), keys.context(process_id, purpose)) for purpose in keys.PURPOSES
    }
    await processes.add_keys(connection, organisation_id, process_id, wrapped)
    phase = processes.NewPhase("wishes", town.opens_at, town.closes_at, ["opinions"])
    await processes.add_phase(connection, organisation_id, process_id, phase)
    return process_id


class Clock:
    """The server's clock: the real one, moved by a test."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def day(self) -> date:
        """Today where the seeded consultation is: for an hour or two of each night not the day in UTC."""
        return self().astimezone(ZoneInfo("Europe/Paris")).date()

    def set(self, moment: datetime) -> None:
        """Go on from this instant."""
        self._ahead = moment - datetime.now(UTC)


def browser_on(app: Starlette, **transport: Any) -> AsyncClient:
    """Another browser; `client=("192.0.2.7", 1)` puts it at an address."""
    asgi = ASGITransport(app=app, raise_app_exceptions=False, **transport)
    return AsyncClient(transport=asgi, base_url="http://127.0.0.1:8000")


def phone_on(app: Starlette, number: int) -> AsyncClient:
    """The browser of a voter who came long before they answer: what follows its cookie in seconds is set aside."""
    phone = browser_on(app)
    phone.cookies.set(COOKIE, cookie_of(app, f"{number:043}"))
    return phone


def opinion(place: str = "C12", seq: int = 1, **fields: Any) -> dict[str, Any]:
    """A valid opinion, or a withdrawal when `withdraw` is given."""
    wishes = {} if {"withdraw", "wishes"} & fields.keys() else {"wishes": ["fishmonger"]}
    return {"v": 1, "place": place, "seq": seq, **wishes, **fields}


def cookie_of(app: Starlette, number: str, standing: Standing = Standing.FREE, issued: datetime = OPENS) -> str:
    """The cookie that this program would have given to the voter of this number."""
    seal: Seal = app.state.program.seal
    return seal.write(Voter(number, issued, standing))


async def send(client: AsyncClient, body: Any, sending_id: UUID | str | None = None, **options: Any) -> Response:
    """PUT an opinion under an id, a fresh one when none is given; bytes go as they are."""
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    headers = {"Content-Type": "application/json"} | options.pop("headers", {})
    url = f"/api/v1/{options.pop('slug', 'rue')}/opinions/{sending_id or uuid4()}"
    return await client.put(url, content=content, headers=headers, **options)


def stand_in_build(folder: Path) -> Path:
    """The least of the phone's build that pages ask for, where the phone itself was not built."""
    entries = {f"src/entries/{name}.ts": {"file": f"{name}-00000000.js"} for name in ("walk", "results", "desk")}
    (folder / ".vite").mkdir(parents=True)
    (folder / ".vite" / "manifest.json").write_bytes(msgspec.json.encode(entries))
    for name in ("sw.js", "icons.svg", "shops.svg", *(entry["file"] for entry in entries.values())):
        (folder / name).write_text("")
    return folder


async def journal(database: Database, town: Seeded) -> list[Record]:
    """Every sending that was ever stored, by seq."""
    async with database.transaction(town.organisation_id) as connection:
        return list(await connection.fetch("SELECT * FROM opinion_journal ORDER BY seq, id"))


async def current(database: Database, town: Seeded) -> list[Record]:
    """The current answers, with the reference of their place."""
    async with database.transaction(town.organisation_id) as connection:
        return list(
            await connection.fetch(
                "SELECT p.ref, c.* FROM opinion_current c JOIN place p ON p.id = c.place_id ORDER BY p.ref, c.seq"
            )
        )


async def merge(database: Database, town: Seeded, ref: str, into: str) -> None:
    """Have one place taken in by another, as the desk does with a door that is listed twice."""
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute(
            """
            UPDATE place SET merged_into = (SELECT id FROM place WHERE organisation_id = $1 AND ref = $3)
             WHERE organisation_id = $1 AND ref = $2
            """,
            town.organisation_id,
            ref,
            into,
        )
