"""What the goals are is held here; the towns are played by command (`python -m tests.stuffing`)."""

import pytest

from tests.stuffing import town
from tests.stuffing.verdict import Row


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
