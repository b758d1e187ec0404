"""Runs another program under hard limits: `shut_in.py MEMORY CPU_SECONDS PROGRAM …`, bytes and seconds.

It is started by itself, imports nothing of Devanture, and sets the limits before any byte of a stranger is read or
any library that could misread one is loaded. What runs inside can neither raise them nor write a byte to a file.
"""

import os
import resource
import runpy
import sys


def main() -> None:
    memory, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    os.nice(5)
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    sys.argv = sys.argv[3:]
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
