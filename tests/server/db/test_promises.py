from typing import Any

import asyncpg
import pytest

from devanture.db import pool
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


async def test_an_empty_database_says_to_migrate(cluster: Cluster) -> None:
    with pytest.raises(OperatorError, match="devanture migrate"):
        await check_database(cluster.app_dsn("postgres"))


async def test_a_database_that_is_not_there_is_said_in_one_sentence() -> None:
    with pytest.raises(OperatorError, match="does not answer"):
        await check_database("postgresql://devanture_app@127.0.0.1:1/devanture")


async def test_a_database_that_is_only_starting_is_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, refused = asyncpg.connect, iter([True, True])

    async def starting(*words: Any, **more: Any) -> Any:
        if next(refused, False):
            raise asyncpg.CannotConnectNowError("the database system is starting up")
        return await connect(*words, **more)

    monkeypatch.setattr(asyncpg, "connect", starting)
    await check_database(settings.database.app_url)
    assert next(refused, None) is None


async def test_a_database_that_starts_for_ever_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    async def starting(*_: Any, **__: Any) -> None:
        raise asyncpg.CannotConnectNowError("the database system is starting up")

    monkeypatch.setattr(asyncpg, "connect", starting)
    monkeypatch.setattr(pool, "START_SECONDS", 0.5)
    with pytest.raises(OperatorError, match="starting up"):
        await check_database("postgresql://devanture_app@127.0.0.1:1/devanture")


RESET = "ALTER ROLE devanture_app RESET ALL"
SPOILT = [
    ("ALTER ROLE devanture_app SET synchronous_commit = off", RESET, "synchronous_commit"),
    (
        "ALTER DATABASE devanture SET synchronous_commit = off",
        "ALTER DATABASE devanture RESET synchronous_commit",
        "synchronous_commit",
    ),
    (
        "ALTER ROLE devanture_app IN DATABASE devanture SET synchronous_commit = off",
        "ALTER ROLE devanture_app IN DATABASE devanture RESET ALL",
        "synchronous_commit",
    ),
    (
        "ALTER DATABASE devanture SET zero_damaged_pages = on",
        "ALTER DATABASE devanture RESET zero_damaged_pages",
        "damaged answers",
    ),
    (
        "ALTER ROLE devanture_app SET default_transaction_read_only = on",
        RESET,
        "cannot be written to",
    ),
    ("ALTER TABLE intake SET UNLOGGED", "ALTER TABLE intake SET LOGGED", "UNLOGGED"),
    (
        "ALTER TABLE opinion_journal NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE opinion_journal FORCE ROW LEVEL SECURITY",
        "not forced",
    ),
    ("ALTER TABLE leaf DISABLE ROW LEVEL SECURITY", "ALTER TABLE leaf ENABLE ROW LEVEL SECURITY", "not forced"),
    ("GRANT UPDATE ON leaf TO devanture_app", "REVOKE UPDATE ON leaf FROM devanture_app", "only add"),
    (
        "GRANT TRUNCATE ON opinion_journal TO devanture_app",
        "REVOKE TRUNCATE ON opinion_journal FROM devanture_app",
        "only add",
    ),
    ("GRANT DELETE ON leaf TO PUBLIC", "REVOKE DELETE ON leaf FROM PUBLIC", "only add"),
    (
        "ALTER TABLE opinion_current DROP CONSTRAINT pk_opinion_current",
        "ALTER TABLE opinion_current ADD CONSTRAINT pk_opinion_current"
        " PRIMARY KEY (organisation_id, process_id, place_id, voter, late)",
        "primary key",
    ),
    (
        "ALTER TABLE intake RENAME COLUMN standing TO stand",
        "ALTER TABLE intake RENAME COLUMN stand TO standing",
        "older version .intake.standing is missing.: run « devanture migrate »",
    ),
]


@pytest.mark.parametrize(("spoil", "mend", "why"), SPOILT)
async def test_what_would_break_the_promise_refuses_with_the_reason(
    cluster: Cluster, settings: Settings, spoil: str, mend: str, why: str
) -> None:
    superuser = await asyncpg.connect(cluster.superuser_dsn("devanture"))
    await superuser.execute(spoil)
    try:
        with pytest.raises(OperatorError, match=why):
            await check_database(settings.database.app_url)
    finally:
        await superuser.execute(mend)
        await superuser.close()
    await check_database(settings.database.app_url)


async def test_an_address_of_the_database_that_turns_it_off_is_refused(settings: Settings) -> None:
    joined = "&" if "?" in settings.database.app_url else "?"
    with pytest.raises(OperatorError, match="synchronous_commit"):
        await check_database(f"{settings.database.app_url}{joined}synchronous_commit=off")
