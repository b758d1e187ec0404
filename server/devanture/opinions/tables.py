"""The journal is append-only (the app role may not update or delete it); the current answer follows the highest seq."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, LargeBinary, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from devanture.db.metadata import tenant_table

opinion_journal = tenant_table(
    "opinion_journal",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("place_id", UUID(as_uuid=True), nullable=False),
    Column("voter", LargeBinary, nullable=False, comment="HMAC of the cookie under the key of the process"),
    Column("seq", Integer, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column(
        "digest",
        LargeBinary,
        nullable=False,
        comment="SHA-256 of the decoded payload: tells a resend from a reused id",
    ),
    Column("day", Date, nullable=False, comment="in the zone of the process; never the second"),
    Column("channel", Text, nullable=False),
    Column("proof", Text, nullable=False),
    Column("late", Boolean, nullable=False, comment="within 48 hours after closing: counted apart"),
    Index("ix_opinion_journal_voter", "organisation_id", "process_id", "voter"),
)

opinion_current = tenant_table(
    "opinion_current",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("place_id", UUID(as_uuid=True), primary_key=True),
    Column("voter", LargeBinary, primary_key=True),
    Column("late", Boolean, primary_key=True, comment="a late answer stands beside the one in time"),
    Column("opinion_id", UUID(as_uuid=True), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("wishes", ARRAY(Text), nullable=False),
    Column("other", Boolean, nullable=False, comment="something else, in words"),
    Column("withdrawn", Boolean, nullable=False),
    Column("channel", Text, nullable=False),
    Column("proof", Text, nullable=False),
    Column("day", Date, nullable=False),
    Index("ix_opinion_current_voter", "organisation_id", "process_id", "voter"),
)

intake = tenant_table(
    "intake",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("opinion_id", UUID(as_uuid=True), primary_key=True),
    Column("arrived_at", DateTime(timezone=True), nullable=False),
    Column(
        "network",
        LargeBinary,
        nullable=False,
        comment="keyed hash of the /24 or /48, until 30 days after closing",
    ),
    Column(
        "host", LargeBinary, comment="keyed hash of the address (IPv4) or the /64, until 30 days after closing"
    ),
    Column("issued_at", DateTime(timezone=True), comment="when the cookie was made"),
    Column("standing", Text, nullable=False, server_default="f", comment="f free, p puzzle, o over the limit"),
    Column("waited", Boolean, nullable=False, server_default="false", comment="it came from the phone's outbox"),
    Index("ix_intake_arrived_at", "organisation_id", "process_id", "arrived_at"),
)

leaf = tenant_table(
    "leaf",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("leaf", LargeBinary, primary_key=True, comment="keyed hash of the sending; its receipt is how it begins"),
    # No index of its own: it is asked for by the leaf only, and a second index would slow every opinion down.
    Column("opinion_id", UUID(as_uuid=True), nullable=False),
)
