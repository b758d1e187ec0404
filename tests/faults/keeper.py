"""The database as a service manager keeps it: begun again whenever it ends. `python -m tests.faults.keeper FOLDER`

Told `hold` it stops the database in good order and says `held`, told `go` it begins again; it ends with its input.
It says `up` whenever the database takes connections.
"""

import select
import sys
from contextlib import suppress
from pathlib import Path

from devanture.db.cluster import Cluster, ClusterError


def keep(cluster: Cluster) -> None:
    held, first = False, True
    while True:
        if not held and not cluster.is_running():
            cluster.stop()
            # A full disk stops it from starting too: it is tried until there is room again, as systemd would.
            with suppress(ClusterError):
                cluster.start()
                if first:
                    cluster.ensure_roles()
                first = False
                print("up", flush=True)
        word = _heard()
        if word == "hold":
            held = True
            cluster.stop()
            print("held", flush=True)
        elif word == "go":
            held = False
        elif word is not None:
            return


def _heard() -> str | None:
    """A word of our parent; empty when it is gone."""
    if select.select([sys.stdin], [], [], 0.02)[0]:
        return sys.stdin.readline().strip()
    return None


if __name__ == "__main__":
    cluster = Cluster(Path(sys.argv[1]))
    try:
        keep(cluster)
    finally:
        cluster.stop()
