"""The walk: streets and addresses, spots, reports of vacancies, photos, followers, residence, leaves, a town's logo."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

from devanture.db.migrations.security import open_table, tenant_table

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _columns()
    _streets()
    _spots()
    _reports()
    _photos()
    _follows()
    _residence()
    _leaves()


def _columns() -> None:
    op.add_column("organisation", sa.Column("logo", sa.LargeBinary(), comment="PNG, rebuilt from its pixels"))
    op.add_column(
        "process",
        sa.Column(
            "sectors", postgresql.JSONB(), nullable=False, server_default="[]", comment="of residence: code, fr, en"
        ),
    )
    op.add_column(
        "process_place",
        sa.Column("round", sa.Text(), comment="the street, or part of a long one, that this door is walked with"),
    )
    op.add_column("process_place", sa.Column("step", sa.Integer(), comment="its turn in that round, from 0"))
    op.add_column("process_place", sa.Column("side", sa.Text(), comment="left or right of the street as its line runs"))
    op.add_column("process_place", sa.Column("along_m", sa.Float(), comment="metres along that line"))


def _key(*columns: sa.Column[object]) -> list[sa.Column[object]]:
    return [
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        *columns,
    ]


def _streets() -> None:
    op.create_table(
        "street",
        *_key(sa.Column("name", sa.Text(), nullable=False)),
        sa.Column("rank", sa.Text(), nullable=False, comment="major, minor or path: the widest of its pieces"),
        sa.Column("geom", Geometry("MULTILINESTRING", 4326, spatial_index=False), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "name", name="pk_street"),
    )
    open_table("street")
    op.create_table(
        "address",
        *_key(sa.Column("street", sa.Text(), nullable=False), sa.Column("number", sa.Text(), nullable=False)),
        sa.Column("geom", Geometry("POINT", 4326, spatial_index=False), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "street", "number", name="pk_address"),
    )
    open_table("address")


def _spots() -> None:
    op.create_table(
        "spot_mark",
        *_key(sa.Column("id", sa.UUID(), nullable=False, comment="made by the phone")),
        sa.Column("place_id", sa.UUID(), nullable=False, comment="a place of kind spot"),
        sa.Column("voter", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="tells a resend from a reused id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False, comment="whether the spot was there before"),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "id", name="pk_spot_mark"),
    )
    op.create_index("ix_spot_mark_voter", "spot_mark", ["organisation_id", "process_id", "voter"])
    tenant_table("spot_mark")


def _reports() -> None:
    op.create_table(
        "report",
        *_key(sa.Column("id", sa.UUID(), nullable=False, comment="made by the phone")),
        sa.Column("place_id", sa.UUID(), comment="none when a vacant shop is missing from the list"),
        sa.Column("finding", sa.Text(), nullable=False, comment="vacant, occupied, works, not-found or missing"),
        sa.Column("geom", Geometry("POINT", 4326, spatial_index=False), comment="where one is missing: its cell of 25 m"),
        sa.Column("street", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("voter", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="tells a resend from a reused id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="waiting, confirmed or dismissed by the desk"),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "id", name="pk_report"),
    )
    op.create_index("ix_report_place", "report", ["organisation_id", "process_id", "place_id"])
    op.create_index("ix_report_voter", "report", ["organisation_id", "process_id", "voter"])
    tenant_table("report")


def _photos() -> None:
    op.create_table(
        "photo",
        *_key(sa.Column("id", sa.UUID(), nullable=False, comment="made by the phone")),
        sa.Column("place_id", sa.UUID(), nullable=False),
        sa.Column("opinion_id", sa.UUID(), comment="the sending it was added to"),
        sa.Column("voter", sa.LargeBinary(), nullable=False),
        sa.Column(
            "digest",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of what was sent: tells a resend from a reused id",
        ),
        sa.Column("file", sa.Text(), nullable=False, comment="name of the cleaned file in the data folder"),
        sa.Column("width", sa.Integer(), nullable=False, comment="pixels"),
        sa.Column("height", sa.Integer(), nullable=False, comment="pixels"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="waiting, published, refused or withdrawn"),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "id", name="pk_photo"),
    )
    op.create_index("ix_photo_voter", "photo", ["organisation_id", "process_id", "voter"])
    tenant_table("photo")


def _follows() -> None:
    op.create_table(
        "follow",
        *_key(sa.Column("id", sa.UUID(), nullable=False)),
        sa.Column("place_id", sa.UUID(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False, comment="mail, push or link"),
        sa.Column(
            "address", sa.LargeBinary(), comment="mail address or push subscription, sealed with the program's key"
        ),
        sa.Column("address_hash", sa.LargeBinary(), comment="keyed: a phone follows a place once, an address is told once"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the secret in its link"),
        sa.Column("confirmed", sa.Boolean(), nullable=False, comment="a mail address counts once its link was opened"),
        sa.Column("asker", sa.LargeBinary(), comment="keyed by itself, to bound how many; none by mail"),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "id", name="pk_follow"),
        sa.UniqueConstraint(
            "organisation_id", "process_id", "token_hash", name="uq_follow_organisation_id_process_id_token_hash"
        ),
    )
    op.create_index(
        "uq_follow_push",
        "follow",
        ["organisation_id", "process_id", "place_id", "address_hash"],
        unique=True,
        postgresql_where=sa.text("means = 'push'"),
    )
    op.create_index("ix_follow_place", "follow", ["organisation_id", "place_id", "address_hash"])
    op.create_index("ix_follow_asker", "follow", ["organisation_id", "process_id", "asker"])
    tenant_table("follow")


def _residence() -> None:
    op.create_table(
        "residence",
        *_key(sa.Column("voter", sa.LargeBinary(), nullable=False)),
        sa.Column("sector", sa.Text(), comment="a code of the process's sectors, or elsewhere"),
        sa.Column("ties", postgresql.ARRAY(sa.Text()), nullable=False, comment="lives, works, shopkeeper, passing"),
        sa.Column("age", sa.Text(), comment="an age band"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "voter", name="pk_residence"),
    )
    tenant_table("residence")


def _leaves() -> None:
    op.create_table(
        "leaf",
        *_key(
            sa.Column(
                "leaf",
                sa.LargeBinary(),
                nullable=False,
                comment="keyed hash of the sending; its receipt is how it begins",
            )
        ),
        sa.Column("opinion_id", sa.UUID(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "leaf", name="pk_leaf"),
    )
    tenant_table("leaf", grants="SELECT, INSERT")
