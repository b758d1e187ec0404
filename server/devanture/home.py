"""The settings of a machine that named none: a data folder with its own PostGIS cluster and its own key.

With `DEVANTURE_DATABASE_URL` set nothing of this happens: the operator has said where everything is.
"""

import base64
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from devanture.db.cluster import Cluster
from devanture.db.cluster_home import default_home
from devanture.errors import OperatorError
from devanture.settings import Settings, read_settings

PROJECT = Path(__file__).parents[2]


@contextmanager
def open_home(environ: Mapping[str, str], *, hold: bool = False) -> Iterator[Settings]:
    """Settings of a database that is up and migrated; an own cluster is started, and stopped at the end.

    Commands may use a cluster that another program of ours runs; `hold` is for the one that serves, which needs it
    for itself. Raises `OperatorError`.
    """
    if environ.get("DEVANTURE_DATABASE_URL"):
        yield read_settings(environ)
        return
    data = Path(environ.get("DEVANTURE_DATA") or default_home(PROJECT)).absolute()
    cluster = Cluster(data / "postgres")
    if cluster.is_running() and not hold:
        yield _own_settings(environ, data, cluster)
        return
    from devanture.db.migrate import migrate  # not needed where a database is named, and slow to load

    with cluster:
        cluster.ensure_roles()
        settings = _own_settings(environ, data, cluster)
        migrate(settings)
        if hold:
            cluster.watch()
        yield settings


def _own_settings(environ: Mapping[str, str], data: Path, cluster: Cluster) -> Settings:
    return read_settings(
        {
            **environ,
            "DEVANTURE_DATA": str(data),
            "DEVANTURE_DATABASE_URL": cluster.app_dsn(),
            "DEVANTURE_DATABASE_OWNER_URL": cluster.owner_dsn(),
            "DEVANTURE_KEY": environ.get("DEVANTURE_KEY") or _kept_key(data / "key"),
        }
    )


def _kept_key(path: Path) -> str:
    """The machine's own master key, made once, readable by its owner alone. Losing it unlinks every voter."""
    try:
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(base64.b64encode(secrets.token_bytes(32)).decode())
                file.flush()
                os.fsync(file.fileno())
        return path.read_text()
    except OSError as error:
        raise OperatorError(f"The key of this machine cannot be kept in {path}: {error.strerror}.") from error
