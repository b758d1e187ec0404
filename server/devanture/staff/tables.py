"""Tokens are stored as SHA-256 digests: a copy of the database opens no session."""

from sqlalchemy import Column, DateTime, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from devanture.db.metadata import tenant_table

staff_member = tenant_table(
    "staff_member",
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    UniqueConstraint("organisation_id", "email"),
)

sign_in_link = tenant_table(
    "sign_in_link",
    Column("digest", LargeBinary, primary_key=True),
    Column("member_id", UUID(as_uuid=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
)

staff_session = tenant_table(
    "staff_session",
    Column("digest", LargeBinary, primary_key=True),
    Column("member_id", UUID(as_uuid=True), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
)

staff_act = tenant_table(
    "staff_act",
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("member_id", UUID(as_uuid=True), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("act", Text, nullable=False, comment="what was done or read; append-only"),
    Column("subject", JSONB, nullable=False),
    Index("ix_staff_act_at", "organisation_id", "at"),
)
