"""What processes have cost so far, as Linux counts it (proc(5))."""

import os
import re
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_CPU = slice(11, 15)
"""User and system time of a process, and of those children that have ended, after its name in `stat`."""


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and of all its children, living and dead."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[_CPU])) / _TICK + sum(map(cpu_seconds, _children(pid)))


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def memory(pid: int) -> int:
    """Bytes of memory that a process has in use: its resident set."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) * 1024
