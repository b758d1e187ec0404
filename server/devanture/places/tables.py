from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, Column, Date, Float, Index, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, UUID

from devanture.db.metadata import organisation_id, public_table, tenant_table

place = public_table(
    "place",
    organisation_id(),
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("ref", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="premises, site or spot"),
    Column("state", Text, nullable=False),
    Column("geom", Geometry("POINT", 4326, spatial_index=False), nullable=False),
    Column("cell_8", BigInteger, nullable=False, comment="H3 cells, so that releases need no geometry"),
    Column("cell_9", BigInteger, nullable=False),
    Column("cell_10", BigInteger, nullable=False),
    Column("number", Text),
    Column("street", Text),
    Column("near_street", Text),
    Column("name", Text),
    Column("left", JSONB, comment="neighbour as one faces the door"),
    Column("right", JSONB),
    Column("stance", Text),
    Column("plan", JSONB, comment="what the local plan protects here, fr and en"),
    Column("source", Text),
    Column("source_id", Text),
    Column("seen", Date),
    Column("merged_into", UUID(as_uuid=True)),
    UniqueConstraint("organisation_id", "ref"),
    Index("ix_place_geom", "geom", postgresql_using="gist"),
    why="Public fields of published places; others live in place_detail. Forced security kept GiST idle.",
)

place_detail = tenant_table(
    "place_detail",
    Column("place_id", UUID(as_uuid=True), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
    Column("visibility", Text, nullable=False, comment="public, desk or negotiation"),
)

process_place = public_table(
    "process_place",
    organisation_id(),
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("place_id", UUID(as_uuid=True), primary_key=True),
    Column("round", Text, comment="the street, or part of a long one, that this door is walked with"),
    Column("step", Integer, comment="its turn in that round, from 0"),
    Column("side", Text, comment="left or right of the street as its line runs"),
    Column("along_m", Float, comment="metres along that line"),
    why="Which places a published process asks about.",
)
