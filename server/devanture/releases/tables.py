"""Figures at an instant. Only `public` ones may be read without an organisation; `public_basis` never may.

Counts share one shape: `level` says what `code` names — `all` (everyone who answered), `activity`, `family`,
`choice` (`other`: something else, in words), `channel`, `proof`; `persons` are distinct voters, `wishes` their wishes.
"""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from devanture.db.metadata import public_table, tenant_table

release = tenant_table(
    "release",
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("process_id", UUID(as_uuid=True), nullable=False),
    Column("scope", Text, nullable=False, comment="desk or public"),
    Column("number", Integer, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("inputs", Text, nullable=False, comment="digest of the places and the catalogue it counts"),
    Column("participants", Integer, nullable=False),
    Column("opinions", Integer, nullable=False),
    Column("wishes", Integer, nullable=False),
    Column("late", Integer, nullable=False, comment="opinions that came within 48 hours after closing"),
    Column("places_shown", Integer, nullable=False),
    Column("places_hidden", Integer, nullable=False),
    Column(
        "overturned",
        Boolean,
        nullable=False,
        server_default="false",
        comment="whether the proven alone would put another wish first",
    ),
    Column("places_overturned", Integer, nullable=False, server_default="0", comment="places of which that is so"),
    UniqueConstraint("organisation_id", "process_id", "scope", "number"),
)


def _counts(name: str, *area: Column[Any]) -> Table:
    return tenant_table(
        name,
        Column("release_id", UUID(as_uuid=True), primary_key=True),
        *area,
        Column("level", Text, primary_key=True),
        Column("code", Text, primary_key=True),
        Column("scope", Text, nullable=False),
        Column("persons", Integer, nullable=False),
        Column("wishes", Integer, nullable=False),
    )


release_total = _counts("release_total")
release_place = _counts("release_place", Column("place_id", UUID(as_uuid=True), primary_key=True))
release_reach = _counts("release_reach", Column("place_id", UUID(as_uuid=True), primary_key=True))
release_cell = _counts("release_cell", Column("cell", BigInteger, primary_key=True, autoincrement=False))

public_basis = tenant_table(
    "public_basis",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("place_id", UUID(as_uuid=True), primary_key=True),
    Column("voter", LargeBinary, primary_key=True),
    Column("wishes", ARRAY(Text), nullable=False),
    Column("other", Boolean, nullable=False),
    Column("channel", Text, nullable=False),
    Column("proof", Text, nullable=False),
    comment="the opinions that public figures count, frozen per place until five people have moved",
)

cell = public_table(
    "cell",
    Column("cell", BigInteger, primary_key=True, autoincrement=False),
    Column("resolution", SmallInteger, nullable=False),
    Column("geom", Geometry("POLYGON", 4326, spatial_index=False), nullable=False),
    Index("ix_cell_geom", "geom", postgresql_using="gist"),
    why="The outline of an H3 hexagon is the same for everyone.",
)
