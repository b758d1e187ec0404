"""What shows that a voter is who they are. Of an address a keyed hash is kept, and it sealed until it was mailed."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import tenant_table

voter_proof = tenant_table(
    "voter_proof",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("voter", LargeBinary, primary_key=True),
    Column("proof", Text, primary_key=True),
    Column("source", LargeBinary, nullable=False, comment="keyed hash of the address, or the facilitator's key"),
    Column("day", Date, nullable=False),
    # One address is one voter: who proves a second phone with it takes the proof along.
    Index(
        "uq_voter_proof_email",
        "organisation_id",
        "process_id",
        "source",
        unique=True,
        postgresql_where=text("proof = 'email'"),
    ),
)

door_code = tenant_table(
    "door_code",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("code", Text, primary_key=True, comment="printed in the address of a poster"),
    Column("place_id", UUID(as_uuid=True), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("revoked_on", Date),
)

facilitator_key = tenant_table(
    "facilitator_key",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("label", Text, nullable=False, comment="whose screen it is, as the team calls it"),
    Column("wrapped", LargeBinary, nullable=False, comment="the secret, sealed with the program's key"),
    Column("made_on", Date, nullable=False),
    Column("revoked_on", Date),
    Column("step", BigInteger, nullable=False, server_default="0", comment="the last step that was used"),
    Column("used", Integer, nullable=False, server_default="0", comment="people it proved in that step"),
)

mail_code = tenant_table(
    "mail_code",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("voter", LargeBinary, primary_key=True),
    Column("address", LargeBinary, nullable=False, comment="keyed hash"),
    Column("sealed", LargeBinary, comment="the address until it is written to, sealed with the program's key"),
    Column("lang", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
)
