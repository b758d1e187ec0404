import pytest

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.organisations import service
from tests.seed import Seeded

pytestmark = pytest.mark.anyio


async def test_an_organisation_is_found_by_its_slug(database: Database, town: Seeded) -> None:
    found = await service.find_organisation(database, "ville")
    assert (found.id, found.name) == (town.organisation_id, "Ville de ville")
    assert await service.all_organisations(database) == [found]
    assert await service.organisation_name(database, found.id) == "Ville de ville"


async def test_an_unknown_organisation_is_one_sentence_for_the_terminal(database: Database) -> None:
    with pytest.raises(OperatorError, match="no organisation called « nulle-part »"):
        await service.find_organisation(database, "nulle-part")
