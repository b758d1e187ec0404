"""The short form: 60 kills and 20,000 opinions, then ten negative controls, and a table. The long one is a command.

.venv/bin/python -m pytest -m alone tests/faults/test_faults.py

It runs before all others and by itself: what it measures must not wait for them.
"""

from pathlib import Path

import pytest

from tests.faults.__main__ import read_log, run, storm
from tests.faults.controls import CONTROLS
from tests.faults.table import table

KILLS, OPINIONS = 60, 20_000


@pytest.mark.alone
@pytest.mark.timeout(3600)
def test_nothing_accepted_is_lost_doubled_or_invented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "faults.jsonl"
    with capsys.disabled():
        missed = run(storm(KILLS, OPINIONS, "ci", log))
        rows = read_log(log, "ci")
        print(f"\n{table(rows)}\nnegative controls seen: {len(CONTROLS) - len(missed)} of {len(CONTROLS)}")
    assert [fault for row in rows for fault in row.first] == []
    assert missed == []
    assert sum(sum(row.kills.values()) for row in rows) >= KILLS
    assert sum(row.opinions for row in rows) >= OPINIONS
