"""Every noun's tables, gathered for Alembic: importing this module fills `metadata`."""

import devanture.activities.tables
import devanture.opinions.tables
import devanture.organisations.tables
import devanture.places.tables
import devanture.processes.tables
import devanture.releases.tables
import devanture.staff.tables
import devanture.supply.tables  # noqa: F401
from devanture.db.metadata import metadata

__all__ = ["metadata"]
