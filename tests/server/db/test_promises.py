import asyncpg
import pytest

from devanture.db.cluster import Cluster
from devanture.db.promises import check_database
from devanture.errors import OperatorError
from devanture.settings import Settings

pytestmark = pytest.mark.anyio


async def test_the_two_roles_of_a_migrated_cluster_are_fit_to_take_opinions(settings: Settings) -> None:
    await check_database(settings.database.app_url)


async def test_the_role_that_owns_the_tables_may_not_serve(settings: Settings) -> None:
    assert settings.database.owner_url
    with pytest.raises(OperatorError, match="owns tables"):
        await check_database(settings.database.owner_url)


async def test_a_role_that_may_act_as_the_owner_may_not_serve(cluster: Cluster, settings: Settings) -> None:
    superuser = await asyncpg.connect(cluster.superuser_dsn("devanture"))
    await superuser.execute("GRANT devanture_owner TO devanture_app")
    try:
        with pytest.raises(OperatorError, match="act as a role that does"):
            await check_database(settings.database.app_url)
    finally:
        await superuser.execute("REVOKE devanture_owner FROM devanture_app")
        await superuser.close()


async def test_a_role_that_passes_by_row_security_may_not_serve(cluster: Cluster, settings: Settings) -> None:
    with pytest.raises(OperatorError, match="row-level security"):
        await check_database(cluster.superuser_dsn("devanture"))


async def test_a_database_that_forgets_in_a_crash_is_refused(cluster: Cluster, settings: Settings) -> None:
    superuser = await asyncpg.connect(cluster.superuser_dsn("devanture"))
    await superuser.execute("ALTER ROLE devanture_app SET synchronous_commit = off")
    try:
        with pytest.raises(OperatorError, match="synchronous_commit"):
            await check_database(settings.database.app_url)
    finally:
        await superuser.execute("ALTER ROLE devanture_app RESET synchronous_commit")
        await superuser.close()


async def test_an_empty_database_says_to_migrate(cluster: Cluster) -> None:
    with pytest.raises(OperatorError, match="devanture migrate"):
        await check_database(cluster.app_dsn("postgres"))


async def test_a_database_that_is_not_there_is_said_in_one_sentence() -> None:
    with pytest.raises(OperatorError, match="does not answer"):
        await check_database("postgresql://devanture_app@127.0.0.1:1/devanture")
