"""The figures: releases in two scopes, their counts, the frozen basis of public ones, and the outlines of cells."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

from devanture.db.migrations.security import open_table, tenant_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PUBLISHED = "scope = 'public'"


def upgrade() -> None:
    _releases()
    _basis()
    _cells()


def _releases() -> None:
    op.create_table(
        "release",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False, comment="desk or public"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False, comment="digest of the places and the catalogue it counts"),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("opinions", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False, comment="opinions that came within 48 hours after closing"),
        sa.Column("places_shown", sa.Integer(), nullable=False),
        sa.Column("places_hidden", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_release"),
        sa.UniqueConstraint(
            "organisation_id", "process_id", "scope", "number", name="uq_release_organisation_id_process_id_scope_number"
        ),
    )
    tenant_table("release", published=PUBLISHED)
    _counts("release_total")
    _counts("release_place", sa.Column("place_id", sa.UUID(), nullable=False))
    _counts("release_reach", sa.Column("place_id", sa.UUID(), nullable=False))
    _counts("release_cell", sa.Column("cell", sa.BigInteger(), autoincrement=False, nullable=False))


def _counts(name: str, *area: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("release_id", sa.UUID(), nullable=False),
        *area,
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organisation_id", "release_id", *[column.name for column in area], "level", "code", name=f"pk_{name}"
        ),
    )
    tenant_table(name, published=PUBLISHED)


def _basis() -> None:
    op.create_table(
        "public_basis",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("place_id", sa.UUID(), nullable=False),
        sa.Column("voter", sa.LargeBinary(), nullable=False),
        sa.Column("wishes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("other", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "place_id", "voter", name="pk_public_basis"),
        comment="the opinions that public figures count, frozen per place until five people have moved",
    )
    tenant_table("public_basis")


def _cells() -> None:
    op.create_table(
        "cell",
        sa.Column("cell", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resolution", sa.SmallInteger(), nullable=False),
        sa.Column("geom", Geometry("POLYGON", 4326, spatial_index=False), nullable=False),
        sa.PrimaryKeyConstraint("cell", name="pk_cell"),
    )
    op.create_index("ix_cell_geom", "cell", ["geom"], unique=False, postgresql_using="gist")
    open_table("cell")
