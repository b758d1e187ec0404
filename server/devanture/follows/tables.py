"""Who wants to hear what happens at a place. No account: a mail address, a push subscription, or a secret link."""

from sqlalchemy import Boolean, Column, Date, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import tenant_table

follow = tenant_table(
    "follow",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("place_id", UUID(as_uuid=True), nullable=False),
    Column("means", Text, nullable=False, comment="mail, push or link"),
    Column("address", LargeBinary, comment="mail address or push subscription, sealed with the program's key"),
    Column("address_hash", LargeBinary, comment="keyed: a phone follows a place once, an address is told once"),
    Column("token_hash", LargeBinary, nullable=False, comment="SHA-256 of the secret in its link"),
    Column("confirmed", Boolean, nullable=False, comment="a mail address counts once its link was opened"),
    Column("asker", LargeBinary, comment="keyed by itself, to bound how many; none by mail"),
    Column("lang", Text, nullable=False),
    Column("day", Date, nullable=False),
    UniqueConstraint("organisation_id", "process_id", "token_hash"),
    # Not for mail: whether a sending is new must not tell a stranger that its address follows the place.
    Index(
        "uq_follow_push", "organisation_id", "process_id", "place_id", "address_hash",
        unique=True, postgresql_where=text("means = 'push'"),
    ),
    Index("ix_follow_place", "organisation_id", "place_id", "address_hash"),
    Index("ix_follow_asker", "organisation_id", "process_id", "asker"),
)
