"""Finds the PostgreSQL that Debian's packages installed. Standard library only: the launcher reads this too.

Layout of the packages postgresql-NN and postgresql-NN-postgis-3 (Debian's postgresql-common,
"Multi-Version/Multi-Cluster architecture"): programs in /usr/lib/postgresql/NN/bin, extensions in
/usr/share/postgresql/NN/extension.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from devanture.db.cluster_trouble import ClusterError

OLDEST = 15  # MERGE, security_invoker views and a closed `public` schema came with 15, which is Debian 12's.
LIBRARIES = Path("/usr/lib/postgresql")
SHARES = Path("/usr/share/postgresql")


@dataclass(frozen=True)
class Postgres:
    """One installed major version that has PostGIS; `bin` is the folder of its programs."""

    major: int
    bin: Path


def installed_majors(libraries: Path = LIBRARIES) -> list[int]:
    """List the major versions whose server is installed, newest first."""
    names = [path.parent.parent.name for path in libraries.glob("*/bin/postgres")]
    return sorted((int(name) for name in names if name.isdecimal()), reverse=True)


def has_postgis(major: int, shares: Path = SHARES) -> bool:
    """Tell whether PostGIS is installed for this major version."""
    return (shares / str(major) / "extension" / "postgis.control").is_file()


def find_postgres(made_by: int | None = None, libraries: Path = LIBRARIES, shares: Path = SHARES) -> Postgres:
    """Choose the PostgreSQL to run: the one that made the cluster, else the newest that has PostGIS.

    Raises ClusterError when none fits.
    """
    majors = [major for major in installed_majors(libraries) if major >= OLDEST]
    if not majors:
        raise ClusterError(
            f"No PostgreSQL {OLDEST} or newer is installed under {libraries}: "
            "install the packages postgresql and postgresql-NN-postgis-3, or set DEVANTURE_DATABASE_URL."
        )
    if made_by is not None and made_by not in majors:
        raise ClusterError(_another_version(made_by, majors[0]))
    ready = [major for major in majors if has_postgis(major, shares) and made_by in (None, major)]
    if not ready:
        wanted = made_by or majors[0]
        raise ClusterError(
            f"PostgreSQL {wanted} is installed but its PostGIS extension is not: "
            f"install the package postgresql-{wanted}-postgis-3."
        )
    return Postgres(ready[0], libraries / str(ready[0]) / "bin")


def _another_version(made_by: int, here: int) -> str:
    way_on = (
        f"install postgresql-{made_by} and postgresql-{made_by}-postgis-3 beside it"
        if made_by >= OLDEST
        else f"carry it over with pg_dump and pg_restore, since {OLDEST} is the oldest that serves"
    )
    return (
        f"The database folder was made by PostgreSQL {made_by} and this machine has PostgreSQL {here}: "
        f"{way_on}, or begin anew in another folder with --data DIR."
    )
