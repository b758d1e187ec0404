"""The results page and its JSON: a release in words and tables, with the live number of people beside it."""

import re
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from httpx2 import AsyncClient

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from tests.answers import keep, people
from tests.seed import CLOSES, Seeded

pytestmark = pytest.mark.anyio


async def publish(database: Database, town: Seeded, **later: float) -> None:
    await release(database, await find_process(database, town.slug), utc_now() + timedelta(**later))


async def seven_at_two_doors(database: Database, town: Seeded) -> None:
    """Six people shown at number 12, four hidden at number 14 of whom three also answered at 12."""
    await keep(
        database, town, [*people("C12", range(4), "fishmonger"), *people("C12", range(4, 6), "fishmonger", "grocer")]
    )
    await keep(database, town, people("C14", range(3, 7), "bakery"))


async def document(client: AsyncClient, **query: str) -> dict[str, Any]:
    answer = await client.get("/api/v1/rue/results", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = msgspec.json.decode(answer.content)
    return found


async def page(client: AsyncClient, lang: str = "fr") -> str:
    answer = await client.get(f"/rue/resultats?lang={lang}", headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return re.sub(r"[\u202f\u00a0]", " ", answer.text)


async def test_before_the_first_release_nothing_is_told_but_who_takes_part(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    found = await document(client)
    assert (found["participants"], found["release"], found["activities"]) == (7, None, [])
    assert {place["ref"]: place["participants"] for place in found["places"]}["C12"] == 6
    assert "Aucun chiffre n’est encore publié" in await page(client)


async def test_participants_are_live_and_choices_are_of_the_release(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await publish(database, town)
    await keep(database, town, people("C12", [50], "pharmacy"))
    found = await document(client)
    assert (found["participants"], found["release"]["participants"]) == (8, 6)
    assert [(row["code"], row["persons"]) for row in found["activities"]] == [("fishmonger", 6), ("grocer", 2)]
    assert (found["release"]["places_shown"], found["release"]["places_hidden"]) == (1, 4)
    first = found["places"][0]
    assert (first["ref"], first["participants"], first["shown"], first["answered"]) == ("C12", 7, True, 6)
    assert first["top"][0] | {"icon": ""} == {
        "code": "fishmonger", "label": "Poissonnerie", "icon": "", "family": "food", "persons": 6, "share": 1.0
    }  # fmt: skip


async def test_the_page_shows_one_number_of_one_instant_and_as_many_places_as_it_lists(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await publish(database, town)
    await keep(database, town, people("C12", [50], "pharmacy"))
    told = await page(client)
    assert "<strong>6</strong> personnes comptées" in told and "6 personnes sont comptées dans ces chiffres" in told
    assert "affichés pour 1 lieu sur 5" in told and told.count('class="rank__door"') == 5
    assert "6 personnes</span>" in told and "7 personnes" not in told
    assert not re.search("locaux affichés|porte par porte", told, re.IGNORECASE)


async def test_a_hidden_place_says_how_many_are_missing_and_no_choice(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await publish(database, town)
    hidden = next(place for place in (await document(client, activity="bakery"))["places"] if place["ref"] == "C14")
    assert (hidden["participants"], hidden["shown"], hidden["missing"]) == (4, False, 1)
    assert (hidden["top"], hidden["answered"], hidden["persons"]) == ([], None, None)
    assert "Boulangerie" not in re.sub(r"<option.*?</option>", "", await page(client))


async def test_the_places_can_be_asked_about_an_activity_or_a_family(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await publish(database, town)
    for query, persons in (({"activity": "grocer"}, 2), ({"family": "food"}, 6), ({"activity": "hardware"}, 0)):
        found = await document(client, **query)
        assert found["places"][0]["persons"] == persons, query
    assert (await document(client, activity="worship-shop"))["places"][0]["persons"] is None
    assert (await client.get("/api/v1/rue/results?activity=unheard-of")).json()["code"] == "unknown-activity"


async def asked(client: AsyncClient, code: str) -> str:
    answer = await client.get("/rue/resultats", params={"activity": code}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return re.sub(r"[\u202f\u00a0]", " ", answer.text)


async def test_the_page_of_an_activity_ranks_the_doors_by_it_without_a_script(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await keep(database, town, people("Q3", range(10, 14), "grocer") + people("Q3", [14], "bakery"))
    await publish(database, town)
    grocer = await asked(client, "grocer")
    assert "<h1>Épicerie : là où nous avons demandé</h1>" in grocer
    assert '<option value="grocer" selected>' in grocer
    doors = grocer.partition('class="ranking"')[2]
    assert re.findall(r'rank__door" href="/rue/lieux/(\w+)"', doors)[:2] == ["Q3", "C12"]
    assert "<strong>4</strong> sur 5 personnes" in doors
    assert re.findall(r'rank__door" href="/rue/lieux/(\w+)"', await page(client))[:2] == ["C12", "Q3"]


async def test_the_page_of_a_family_or_of_something_else_says_its_name(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await publish(database, town)
    assert "<h1>Manger : là où nous avons demandé</h1>" in await asked(client, "food")
    assert "<h1>Autre chose : là où nous avons demandé</h1>" in await asked(client, "other")
    assert "Ce qui est demandé" in await asked(client, "")
    assert (await client.get("/rue/resultats?activity=unheard-of")).json()["code"] == "unknown-activity"


async def test_what_is_told_by_family_only_is_not_offered_and_not_told(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await keep(database, town, people("C12", range(6), "worship-shop"))
    await publish(database, town)
    told = await asked(client, "worship-shop")
    assert 'value="worship-shop"' not in told and 'value="care"' in told
    assert "choisissez toute la famille" in told and "sur 6 personnes" not in told


async def test_splits_are_told_in_the_method_or_not_at_all(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await keep(database, town, people("C12", range(20, 24), channel="paper", proof="paper"))
    await publish(database, town)
    assert (await document(client))["splits"] == {"channel": None, "proof": None}
    assert "Par où l’on a répondu" not in await page(client)
    await keep(database, town, people("C12", range(24, 30), channel="paper", proof="paper"))
    await publish(database, town, minutes=1)
    assert (await document(client))["splits"]["channel"] == {"paper": 10, "web": 6}
    assert "10" in (await page(client)).partition("Par où l’on a répondu")[2][:80]


async def test_late_answers_stand_apart(client: AsyncClient, database: Database, town: Seeded) -> None:
    await seven_at_two_doors(database, town)
    await keep(database, town, people("C12", range(30, 33), late=True))
    await release(database, await find_process(database, town.slug), CLOSES)
    found = await document(client)
    assert (found["participants"], found["release"]["participants"], found["release"]["late"]) == (7, 6, 3)
    assert "3 réponses sont arrivées juste après la clôture" in await page(client)


async def test_the_page_says_what_it_is_not_and_can_be_read_as_tables(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await publish(database, town)
    french, english = await page(client), await page(client, "en")
    assert "ce n’est pas un sondage" in french and "this is not a survey" in english
    assert re.search(r"<th scope=\"row\">.*?Poissonnerie.*?<td class=\"n\">6</td>", french, re.S)
    assert "12, rue Crébillon" in french
    assert 'data-tiles="/tiles/rue/heat.json"' in french
    for url in re.findall(r'href="(/rue/exports/[^"]+)"', french):
        assert (await client.get(url)).status_code == 200, url


async def test_figures_of_a_place_come_from_the_same_release(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await seven_at_two_doors(database, town)
    await publish(database, town)
    figures = (await client.get("/api/v1/rue/places/C12")).json()["figures"]
    assert (figures["participants"], figures["shown"], figures["missing"]) == (6, True, 0)
    assert [(row["code"], row["persons"]) for row in figures["top"]] == [("fishmonger", 6), ("grocer", 2)]
    hidden = (await client.get("/api/v1/rue/places/C14")).json()["figures"]
    assert (hidden["shown"], hidden["missing"], hidden["top"]) == (False, 1, [])
