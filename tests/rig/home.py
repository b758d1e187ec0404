"""A folder, a database and the settings of a program that is thrown away in the end."""

import base64
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devanture.db.cluster import Cluster


@contextmanager
def own_folder(name: str) -> Iterator[Path]:
    """The account of PostgreSQL may pass through it, which it may not through pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix=f"devanture-{name}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environ_of(cluster: Cluster, data: Path, dist: Path) -> dict[str, str]:
    """The variables of a program on this cluster, under a key that nobody else has."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DEVANTURE_")} | {
        "DEVANTURE_DATABASE_URL": cluster.app_dsn(), "DEVANTURE_DATABASE_OWNER_URL": cluster.owner_dsn(),
        "DEVANTURE_DATA": str(data), "DEVANTURE_DIST": str(dist),
        "DEVANTURE_KEY": base64.b64encode(os.urandom(32)).decode(),
    }  # fmt: skip
