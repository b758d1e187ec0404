"""The whole matrix: every screen and state at eight sizes, light, dark, 200 % text, forced colours, reduced motion.

.venv/bin/python -m tests.browser.accessibility

Runs `test_accessibility.py` with forty looks at each state instead of two, and prints what was found as a table.
What is added to the command goes to pytest: `-k walking` looks at those screens alone.
"""

import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="devanture-looks-"))
    table = folder / "looks.tsv"
    table.touch()
    os.environ["DEVANTURE_TEST_LOOKS"] = str(table)
    tests = str(Path(__file__).with_name("test_accessibility.py"))
    status = pytest.main(["-q", "-p", "no:cacheprovider", tests, *sys.argv[1:]])
    _print(table.read_text().splitlines())
    return int(status)


def _print(lines: list[str]) -> None:
    looks: dict[str, int] = defaultdict(int)
    faults: dict[str, int] = defaultdict(int)
    for line in lines:
        state, _, found = line.split("\t")
        looks[state] += 1
        faults[state] += int(found)
    print("\n| screen and state | looks | faults |\n|---|---:|---:|")
    for state, count in looks.items():
        print(f"| {state} | {count} | {faults[state]} |")
    print(f"| **{len(looks)} states** | **{sum(looks.values())}** | **{sum(faults.values())}** |")


if __name__ == "__main__":
    sys.exit(main())
