from geoalchemy2 import Geometry
from sqlalchemy import Boolean, Column, Date, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import organisation_id, public_table

supply = public_table(
    "supply",
    organisation_id(),
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("ref", Text, nullable=False),
    Column("activity", Text, comment="absent when the kind of shop is unknown"),
    Column("name", Text),
    Column("number", Text),
    Column("street", Text),
    Column("geom", Geometry("POINT", 4326, spatial_index=False), nullable=False),
    Column("source", Text),
    Column("source_id", Text),
    Column("seen", Date),
    Column(
        "confirmed",
        Boolean,
        nullable=False,
        comment="false: a draft from open data, until somebody walked by",
    ),
    UniqueConstraint("organisation_id", "ref"),
    Index("ix_supply_geom", "geom", postgresql_using="gist"),
    why="Existing shops are seen by anyone in the street.",
)
