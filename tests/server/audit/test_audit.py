"""The audit finds nothing in an honest town, and each kind of change that somebody makes in its database."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.audit.command import audit, audit_now
from devanture.audit.evidence import gather
from devanture.audit.journal import digest_of
from devanture.audit.service import seals_of
from devanture.db.cluster import Cluster
from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.opinions.rules import decode_opinion, digest
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from devanture.settings import Settings
from tests.conftest import ROOT
from tests.seed import CLOSES, Clock, Seeded, opinion, send
from tests.server.audit.counted import answer, burglar, count_and_seal, faults, notes
from tests.server.audit.tamperings import TAMPERINGS
from tests.server.test_cli import named

pytestmark = pytest.mark.anyio

@pytest.fixture
async def counted(app: Starlette, database: Database, town: Seeded) -> Seeded:
    await answer(app)
    await count_and_seal(database, town)
    return town


async def test_each_kind_of_change_is_found_and_nothing_in_an_honest_town(
    database: Database, settings: Settings, cluster: Cluster, counted: Seeded
) -> None:
    process = await find_process(database, counted.slug)
    # As after 30 days: that nothing came since the release cannot be told from arrivals any more.
    async with burglar(cluster) as connection:
        await connection.execute("DELETE FROM intake")
        assert await faults(database, settings, counted) == []
        assert (await gather(database, process, settings.key)).basis, "something is published"
        await connection.execute("".join(f"CREATE TEMP TABLE kept_{one} AS TABLE {one};" for one in KEPT))
        for name, (change, sentence) in TAMPERINGS.items():
            await connection.execute(change)
            found = await faults(database, settings, counted)
            assert any(part in fault for fault in found for part in sentence.split("|")), (name, found)
            await connection.execute(
                "".join(f"DELETE FROM {one}; INSERT INTO {one} SELECT * FROM kept_{one};" for one in KEPT)
            )
        assert await faults(database, settings, counted) == []


KEPT = [
    "opinion_journal", "opinion_current", "leaf", "merkle_leaf", "merkle_day", "set_aside", "release", "release_total",
    "release_place", "release_reach", "release_cell", "public_basis",
]  # fmt: skip


async def test_what_was_set_aside_is_in_no_recount(database: Database, settings: Settings, counted: Seeded) -> None:
    async with database.transaction(counted.organisation_id) as connection:
        await connection.execute(
            "INSERT INTO set_aside SELECT organisation_id, process_id, opinion_id, 1, 'set_aside',"
            " 'burst', NULL, NULL, day"
            " FROM opinion_current WHERE NOT withdrawn LIMIT 1"
        )
    await release(database, await find_process(database, counted.slug), utc_now())
    assert await faults(database, settings, counted) == []
    assert "1 are set aside" in await notes(database, settings, counted)


async def test_a_release_is_compared_as_of_its_instant_while_answers_go_on_coming(
    client: AsyncClient, database: Database, settings: Settings, counted: Seeded, cluster: Cluster
) -> None:
    await asyncio.sleep(0.01)
    await send(client, opinion("Q3", 1))
    assert await faults(database, settings, counted) == []
    assert "compared as of its instant" in await notes(database, settings, counted)
    async with burglar(cluster) as connection:
        await connection.execute("UPDATE intake SET arrived_at = arrived_at - interval '1 hour'")
        await connection.execute("UPDATE release_total SET persons = 99 WHERE scope = 'desk'")
    assert any("desk release 1, total" in fault for fault in await faults(database, settings, counted))


async def test_late_answers_and_an_answer_with_words_of_every_kind_are_no_difference(
    client: AsyncClient, clock: Clock, database: Database, settings: Settings, counted: Seeded
) -> None:
    words = {"other": "L’été, « à l’ombre » \n\t😀 </b>", "nuisances": ["noise"]}
    await send(client, opinion("S1", 1, wishes=["garden"], **words))
    clock.set(CLOSES + timedelta(hours=1))
    await send(client, opinion("S1", 2, wishes=["garden"]))
    await release(database, await find_process(database, counted.slug), utc_now())
    assert await faults(database, settings, counted) == []


async def test_a_root_rewritten_with_all_that_hangs_on_it_is_found_by_a_copy_that_was_kept(
    database: Database, settings: Settings, counted: Seeded, cluster: Cluster, environ: dict[str, str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    process = await find_process(database, counted.slug)
    copy = tmp_path / "days.json"
    copy.write_bytes(msgspec.json.encode(await seals_of(database, process)))
    honest = await run("audit", "rue", "--published", str(copy), **named(settings, environ))
    assert honest[0] == 0 and "No difference." in honest[1] and "1            0" in honest[1], honest
    async with burglar(cluster) as connection:
        await connection.execute("DELETE FROM merkle_day; DELETE FROM merkle_leaf")
    await count_and_seal(database, counted)
    assert await faults(database, settings, counted) == []
    async with burglar(cluster) as connection:
        await connection.execute("DELETE FROM merkle_day; DELETE FROM merkle_leaf")
    with pytest.raises(SystemExit) as ended:
        await audit_now(settings, database, "rue", copy)
    told = capsys.readouterr().out
    assert ended.value.code == 1 and "the copy that was kept says otherwise" in told and "1 difference." in told


async def test_what_cannot_be_audited_is_one_sentence(
    database: Database, settings: Settings, town: Seeded, tmp_path: Path
) -> None:
    (tmp_path / "wrong.json").write_text("{}")
    with pytest.raises(OperatorError, match="There is no process called « nowhere »"):
        await audit_now(settings, database, "nowhere")
    for copy in ("wrong.json", "missing.json"):
        with pytest.raises(OperatorError, match="does not hold published days"):
            await audit_now(settings, database, "rue", tmp_path / copy)


async def run(*words: str, **environ: str) -> tuple[int, str]:
    """A command as somebody types it, and all that it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "devanture", *words, cwd=ROOT / "server", env=environ,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told, _ = await process.communicate()
    return process.returncode or 0, told.decode()


@pytest.mark.parametrize(
    "fields", [{}, {"other": "é\u2028\x7f</b>"}, {"person": 2}, {"wishes": ["aa", "bb"], "comment": "\n"}]
)
async def test_the_digest_of_a_stored_payload_is_that_of_the_sending(fields: dict[str, Any]) -> None:
    sent = decode_opinion(msgspec.json.encode(opinion(**({"wishes": ["grocer"]} | fields))))
    assert digest_of(msgspec.to_builtins(sent)) == digest(sent)


async def test_a_row_that_nobody_sent_is_named(database: Database, settings: Settings, counted: Seeded) -> None:
    stranger = uuid4()
    async with database.transaction(counted.organisation_id) as connection:
        await connection.execute(
            "INSERT INTO opinion_journal SELECT organisation_id, process_id, $1, place_id, voter,"
            " seq, version, payload,"
            " digest, day, channel, proof, late FROM opinion_journal LIMIT 1", stranger,
        )  # fmt: skip
    evidence = await gather(database, await find_process(database, counted.slug), settings.key)
    assert any(str(stranger) in fault for check in audit(evidence) for fault in check.faults)
