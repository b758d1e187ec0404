"""All attacks at once on a smaller town, on every change; the whole by command (`python -m tests.stuffing`)."""

from dataclasses import replace

import pytest

from devanture.aside import rules
from devanture.db.cluster import DATABASE, Cluster
from devanture.db.pool import Database
from devanture.settings import Settings
from tests.stuffing import town
from tests.stuffing.acts import HOUR
from tests.stuffing.stage import found
from tests.stuffing.verdict import GOAL_FOUND, GOAL_LOST, Row

pytestmark = pytest.mark.anyio
SMALL = town.Play("1", voters=1000, share=0.04, step=3 * HOUR)


async def test_what_is_forged_is_found_what_is_honest_counts_and_no_winner_is_turned_unsaid(
    settings: Settings, cluster: Cluster, database: Database
) -> None:
    ground = await found(database, settings)
    rows = await town.run(settings, cluster.superuser_dsn(DATABASE), ground, town.everybody(), SMALL)
    assert [fault for row in rows for fault in town.missed(row)] == []
    attacks = {row.name: row for row in rows if row.forged}
    assert sum(len(row.would_flip) for row in attacks.values()) >= 9, "attacks that would change nothing show nothing"
    set_aside = {name for name, row in attacks.items() if row.uncounted == row.forged}
    assert set_aside >= {"by hand", "script of 10,000", "slow drip", "shopkeeper with ten phones"}
    assert not any(attacks[name].flip for name in set_aside)
    assert rows[-1].warned < len(ground.doors) / 3, "a warning at every other door tells nothing"


@pytest.mark.parametrize(
    ("name", "value", "cast"),
    [("SWARM_FROM", 10**6, "100 mail accounts"), ("SWARM_SHARE", 0.0, "school of 300")],
)
async def test_a_goal_is_missed_where_a_rule_is_broken(
    settings: Settings, cluster: Cluster, database: Database, monkeypatch: pytest.MonkeyPatch,
    name: str, value: float, cast: str,
) -> None:  # fmt: skip
    """A burst that no number of votes makes, and one that any crowd makes whatever else it wants."""
    ground, little = await found(database, settings), replace(SMALL, voters=100)
    for broken in (False, True):
        row, _ = await town.run(settings, cluster.superuser_dsn(DATABASE), ground, (cast,), little)
        assert (row.found < GOAL_FOUND or row.lost > GOAL_LOST * row.honest) is broken
        monkeypatch.setattr(rules, name, value)


async def test_without_its_rule_an_attack_by_hand_has_a_voice(
    settings: Settings, cluster: Cluster, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground, little = await found(database, settings), replace(SMALL, voters=100)
    monkeypatch.setattr(rules, "SWARM_FROM", 10**6)
    row, _ = await town.run(settings, cluster.superuser_dsn(DATABASE), ground, ("by hand",), little)
    assert row.uncounted == 0 and row.flip


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (Row("a", forged=100, uncounted=60, outside=35), 0),
        (Row("a", forged=100, uncounted=60, outside=34), 1),
        (Row("a", honest=1000, lost=5), 0),
        (Row("a", honest=1000, lost=6), 1),
        (Row("a", forged=1, outside=1, flip=frozenset("xy"), told=frozenset("x")), 1),
    ],
)
def test_a_missed_goal_is_said(row: Row, faults: int) -> None:
    assert len(town.missed(row)) == faults
