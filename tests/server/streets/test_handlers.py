"""What a phone is told of streets."""

import pytest
from httpx2 import AsyncClient

from devanture.db.pool import Connection, Database
from devanture.streets.bulk import AddressRow, StreetRow, replace_addresses, replace_streets
from tests.seed import Seeded

pytestmark = pytest.mark.anyio

STREETS = [
    StreetRow("Rue Haute", "minor", [[(-1.561234567, 47.2134567), (-1.56, 47.2135)], [(-1.559, 47.2), (-1.55, 47.2)]]),
    StreetRow("Hameau du Puits", "path", []),
]
ADDRESSES = [AddressRow("Rue Haute", "12 bis", -1.56012349, 47.21), AddressRow("Hameau du Puits", "3", -1.55, 47.2)]


async def written(connection: Connection, town: Seeded, streets: list[StreetRow], numbers: list[AddressRow]) -> None:
    await replace_streets(connection, town.organisation_id, town.process_id, streets)
    await replace_addresses(connection, town.organisation_id, town.process_id, numbers)


async def test_streets_come_with_their_lines_and_numbers_to_a_metre(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await written(connection, town, STREETS, ADDRESSES)
    answer = await client.get("/api/v1/rue/streets")
    assert answer.json() == {
        "streets": [
            {"name": "Hameau du Puits", "rank": "path", "lines": [], "numbers": {"3": [-1.55, 47.2]}},
            {
                "name": "Rue Haute",
                "rank": "minor",
                "lines": [[[-1.56123, 47.21346], [-1.56, 47.2135]], [[-1.559, 47.2], [-1.55, 47.2]]],
                "numbers": {"12 bis": [-1.56012, 47.21]},
            },
        ]
    }
    again = await client.get("/api/v1/rue/streets", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_process_without_streets_has_an_empty_list(client: AsyncClient, town: Seeded) -> None:
    assert (await client.get("/api/v1/rue/streets")).json() == {"streets": []}


async def test_streets_of_an_unknown_process_are_not_found(client: AsyncClient, town: Seeded) -> None:
    assert (await client.get("/api/v1/nulle-part/streets")).status_code == 404
