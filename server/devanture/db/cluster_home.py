"""Where a machine keeps its data when nobody named a folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def default_home(project: Path) -> Path:
    """Give `data` inside the project, unless root runs a project that the database's user cannot reach.

    A fresh machine's root often clones into /root, which is closed to everyone else, and PostgreSQL does
    not run as root; then the data go to a folder of /var/lib/devanture named after the project's path.
    """
    inside = project.resolve() / "data"
    if os.geteuid() != 0 or open_to_all(inside.parent):
        return inside
    digest = hashlib.sha256(os.fsencode(inside)).hexdigest()[:8]
    return Path("/var/lib/devanture") / f"{project.resolve().name}-{digest}"


def open_to_all(folder: Path) -> bool:
    """Tell whether any user may pass through `folder` and everything above it."""
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.parents))
