"""Every noun's tables, gathered for Alembic: importing this module fills `metadata`."""

import devanture.activities.tables
import devanture.aside.tables
import devanture.audit.tables
import devanture.erasure.tables
import devanture.follows.tables
import devanture.opinions.tables
import devanture.organisations.tables
import devanture.photos.tables
import devanture.places.tables
import devanture.processes.tables
import devanture.proofs.tables
import devanture.releases.tables
import devanture.reports.tables
import devanture.residence.tables
import devanture.retention.tables
import devanture.spots.tables
import devanture.staff.tables
import devanture.streets.tables
import devanture.supply.tables  # noqa: F401
from devanture.db.metadata import metadata

__all__ = ["metadata"]
