"""A run that is stopped by hand, in the middle of a round, ends what it began and leaves nothing behind."""

import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.conftest import ROOT
from tests.rig.home import own_folder
from tests.rig.program import PATIENCE


def test_a_run_that_is_stopped_leaves_no_process_no_disk_and_no_folder() -> None:
    with own_folder("stopped") as folder:
        command = [sys.executable, "-m", "tests.faults", "--only", "disk of the photos", "--log", str(folder / "log")]
        surroundings = {"TMPDIR": str(folder), "PYTHONPATH": f"{ROOT / 'server'}:{ROOT}", "PATH": "/usr/bin:/bin:/sbin"}
        running = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
        try:
            deadline = time.monotonic() + PATIENCE
            while not [*folder.glob("*/journals/*/*.jsonl")]:
                assert running.poll() is None and time.monotonic() < deadline
                time.sleep(0.05)
            assert left_of(folder)
            running.send_signal(signal.SIGINT)
            said, _ = running.communicate(timeout=PATIENCE)
        finally:
            running.kill()
        assert running.returncode == 130 and "Stopped" in said
        assert left_of(folder) == [] and [*folder.iterdir()] == []


def left_of(folder: Path) -> list[str]:
    """Processes that were told of this folder, and disks that are mounted below it."""
    found = [line for line in Path("/proc/mounts").read_text().splitlines() if str(folder) in line]
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            found += [process.name] if str(folder).encode() in told else []
    return found
