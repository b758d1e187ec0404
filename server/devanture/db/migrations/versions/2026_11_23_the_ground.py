"""The ground: organisations, processes, their catalogue and places, opinions, staff, and the job queue."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from sqlalchemy.dialects import postgresql

from devanture.db.migrations.security import APP, open_table, tenant_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _organisations()
    _processes()
    _catalogue()
    _places()
    _supply()
    _opinions()
    _staff()
    _jobs()


def _organisations() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("colours", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("slug", name="uq_organisation_slug"),
    )
    open_table("organisation")


def _processes() -> None:
    op.create_table(
        "process",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(), nullable=False),
        sa.Column("texts", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("bounds", Geometry("POLYGON", 4326, spatial_index=False), nullable=False),
        sa.Column("handover_on", sa.Date(), nullable=True),
        sa.Column("max_wishes", sa.Integer(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("sources", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_process"),
        sa.UniqueConstraint("slug", name="uq_process_slug"),
    )
    open_table("process")
    op.create_table(
        "process_key",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False, comment="voter or leaf"),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "purpose", name="pk_process_key"),
    )
    tenant_table("process_key")
    op.create_table(
        "phase",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allows", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "code", name="pk_phase"),
    )
    open_table("phase")


def _catalogue() -> None:
    op.create_table(
        "family",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="premises or site"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", postgresql.JSONB(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("shop", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "code", name="pk_family"),
    )
    open_table("family")
    op.create_table(
        "activity",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("label", postgresql.JSONB(), nullable=False),
        sa.Column("one", postgresql.JSONB(), nullable=False, comment="with its article: une poissonnerie"),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("synonyms", postgresql.JSONB(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False, comment="published by family only"),
        sa.Column("osm", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("bdcom", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("naf", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "code", name="pk_activity"),
    )
    open_table("activity")


def _places() -> None:
    op.create_table(
        "place",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="premises, site or spot"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("geom", Geometry("POINT", 4326, spatial_index=False), nullable=False),
        sa.Column(
            "cell_8", sa.BigInteger(), nullable=False, comment="H3 cells, so that releases need no geometry"
        ),
        sa.Column("cell_9", sa.BigInteger(), nullable=False),
        sa.Column("cell_10", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("near_street", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("left", postgresql.JSONB(), nullable=True, comment="neighbour as one faces the door"),
        sa.Column("right", postgresql.JSONB(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=True),
        sa.Column(
            "plan", postgresql.JSONB(), nullable=True, comment="what the local plan protects here, fr and en"
        ),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("seen", sa.Date(), nullable=True),
        sa.Column("merged_into", sa.UUID(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_place"),
        sa.UniqueConstraint("organisation_id", "ref", name="uq_place_organisation_id_ref"),
    )
    op.create_index("ix_place_geom", "place", ["geom"], unique=False, postgresql_using="gist")
    open_table("place")
    op.create_table(
        "place_detail",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("place_id", sa.UUID(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False, comment="public, desk or negotiation"),
        sa.PrimaryKeyConstraint("organisation_id", "place_id", "field", name="pk_place_detail"),
    )
    tenant_table("place_detail")
    op.create_table(
        "process_place",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("place_id", sa.UUID(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "place_id", name="pk_process_place"),
    )
    open_table("process_place")


def _supply() -> None:
    op.create_table(
        "supply",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=True, comment="absent when the kind of shop is unknown"),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("geom", Geometry("POINT", 4326, spatial_index=False), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("seen", sa.Date(), nullable=True),
        sa.Column(
            "confirmed",
            sa.Boolean(),
            nullable=False,
            comment="false: a draft from open data, until somebody walked by",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_supply"),
        sa.UniqueConstraint("organisation_id", "ref", name="uq_supply_organisation_id_ref"),
    )
    op.create_index("ix_supply_geom", "supply", ["geom"], unique=False, postgresql_using="gist")
    open_table("supply")


def _opinions() -> None:
    op.create_table(
        "opinion_journal",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("place_id", sa.UUID(), nullable=False),
        sa.Column(
            "voter",
            sa.LargeBinary(),
            nullable=False,
            comment="HMAC of the cookie under the key of the process",
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column(
            "digest",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of the decoded payload: tells a resend from a reused id",
        ),
        sa.Column("day", sa.Date(), nullable=False, comment="in the zone of the process; never the second"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column(
            "late", sa.Boolean(), nullable=False, comment="within 48 hours after closing: counted apart"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "id", name="pk_opinion_journal"),
    )
    op.create_index(
        "ix_opinion_journal_voter",
        "opinion_journal",
        ["organisation_id", "process_id", "voter"],
        unique=False,
    )
    tenant_table("opinion_journal", grants="SELECT, INSERT")
    op.create_table(
        "opinion_current",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("place_id", sa.UUID(), nullable=False),
        sa.Column("voter", sa.LargeBinary(), nullable=False),
        sa.Column(
            "late",
            sa.Boolean(),
            nullable=False,
            comment="a late answer stands beside the one in time",
        ),
        sa.Column("opinion_id", sa.UUID(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("wishes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("other", sa.Boolean(), nullable=False, comment="something else, in words"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organisation_id", "process_id", "place_id", "voter", "late", name="pk_opinion_current"
        ),
    )
    op.create_index(
        "ix_opinion_current_voter",
        "opinion_current",
        ["organisation_id", "process_id", "voter"],
        unique=False,
    )
    tenant_table("opinion_current")
    op.create_table(
        "intake",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("opinion_id", sa.UUID(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "network",
            sa.LargeBinary(),
            nullable=False,
            comment="keyed hash of the /24 or /48, until 30 days after closing",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "opinion_id", name="pk_intake"),
    )
    op.create_index(
        "ix_intake_arrived_at", "intake", ["organisation_id", "process_id", "arrived_at"], unique=False
    )
    tenant_table("intake")


def _staff() -> None:
    op.create_table(
        "staff_member",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_staff_member"),
        sa.UniqueConstraint("organisation_id", "email", name="uq_staff_member_organisation_id_email"),
    )
    tenant_table("staff_member")
    op.create_table(
        "sign_in_link",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.UUID(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "digest", name="pk_sign_in_link"),
    )
    tenant_table("sign_in_link")
    op.create_table(
        "staff_session",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "digest", name="pk_staff_session"),
    )
    tenant_table("staff_session")
    op.create_table(
        "staff_act",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("member_id", sa.UUID(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.Text(), nullable=False, comment="what was done or read; append-only"),
        sa.Column("subject", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_staff_act"),
    )
    op.create_index("ix_staff_act_at", "staff_act", ["organisation_id", "at"], unique=False)
    tenant_table("staff_act", grants="SELECT, INSERT")


def _jobs() -> None:
    """Install the tables of pgqueuer; its queue holds identifiers only, so it needs no organisation."""
    ddl = QueryBuilderEnvironment().build_install_query()
    # Many statements in one text need the simple protocol, which the adapter's prepared statements do not speak.
    connection: Any = op.get_bind().connection.dbapi_connection
    connection.run_async(lambda raw: raw.execute(ddl))
    for table in ("pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics"):
        open_table(table)
    op.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}")
