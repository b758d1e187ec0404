"""The streets of a process: what walking order, addresses and spots are measured along."""

from geoalchemy2 import Geometry
from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import organisation_id, public_table

street = public_table(
    "street",
    organisation_id(),
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("rank", Text, nullable=False, comment="major, minor or path: the widest of its pieces"),
    Column("geom", Geometry("MULTILINESTRING", 4326, spatial_index=False), nullable=False),
    why="Street centre lines come from public sources.",
)

address = public_table(
    "address",
    organisation_id(),
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("street", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("geom", Geometry("POINT", 4326, spatial_index=False), nullable=False),
    why="Addresses come from public sources.",
)
