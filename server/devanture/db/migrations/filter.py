"""Which tables of a database are ours to compare with the metadata."""

from typing import Any


def ours(_: Any, name: str | None, kind: str, reflected: bool, compared_to: Any) -> bool:
    """Leave PostGIS's and the job queue's own tables alone when the schema is compared with the metadata."""
    return not (
        kind == "table" and reflected and compared_to is None and str(name).startswith(("spatial_", "pgqueuer"))
    )
