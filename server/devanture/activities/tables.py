from sqlalchemy import Boolean, Column, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from devanture.db.metadata import organisation_id, public_table

family = public_table(
    "family",
    organisation_id(),
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False, comment="premises or site"),
    Column("position", Integer, nullable=False),
    Column("label", JSONB, nullable=False),
    Column("icon", Text, nullable=False),
    Column("shop", Boolean, nullable=False),
    why="The catalogue is what residents choose from.",
)

activity = public_table(
    "activity",
    organisation_id(),
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("family", Text, nullable=False),
    Column("label", JSONB, nullable=False),
    Column("one", JSONB, nullable=False, comment="with its article: une poissonnerie"),
    Column("icon", Text, nullable=False),
    Column("synonyms", JSONB, nullable=False),
    Column("sensitive", Boolean, nullable=False, comment="published by family only"),
    Column("osm", ARRAY(Text), nullable=False),
    Column("bdcom", ARRAY(Text), nullable=False),
    Column("naf", ARRAY(Text), nullable=False),
    why="The catalogue is what residents choose from.",
)
