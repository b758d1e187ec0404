from sqlalchemy import Column, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from devanture.db.metadata import public_table

organisation = public_table(
    "organisation",
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("colours", ARRAY(Text), nullable=False, server_default="{}"),
    Column("logo", LargeBinary, comment="PNG, rebuilt from its pixels"),
    why="An organisation's name, logo and colours stand on its public pages.",
)
