"""The promise: what is set aside and why, how voters proved themselves, and the one view that counts."""

import sqlalchemy as sa
from alembic import op

from devanture.db.migrations.security import APP, tenant_table

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The proof levels from the weakest to the strongest; `opinions/tables.py` says the same and a test holds them together.
LEVELS = "ARRAY['none', 'door_code', 'at_door', 'email', 'paper', 'verified']"


def upgrade() -> None:
    _arrivals()
    _set_aside()
    _proofs()
    _counted()
    _overturned()


def _key(*columns: sa.Column[object]) -> list[sa.Column[object]]:
    return [
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        *columns,
    ]


def _arrivals() -> None:
    host = "keyed hash of the address (IPv4) or the /64, until 30 days after closing"
    op.add_column("intake", sa.Column("host", sa.LargeBinary(), comment=host))
    op.add_column("intake", sa.Column("issued_at", sa.DateTime(timezone=True), comment="when the cookie was made"))
    op.add_column(
        "intake",
        sa.Column("standing", sa.Text(), nullable=False, server_default="f", comment="f free, p puzzle, o over the limit"),
    )
    op.add_column(
        "intake",
        sa.Column(
            "waited", sa.Boolean(), nullable=False, server_default="false", comment="it came from the phone's outbox"
        ),
    )


def _set_aside() -> None:
    op.create_table(
        "set_aside",
        *_key(
            sa.Column("opinion_id", sa.UUID(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, … of one opinion; the last one holds"),
        ),
        sa.Column("verdict", sa.Text(), nullable=False, comment="set_aside, restored or voided"),
        sa.Column("rule", sa.Text(), nullable=False, comment="code of the rule, or desk"),
        sa.Column("reason", sa.Text(), comment="in the words of the member who decided"),
        sa.Column("member_id", sa.UUID(), comment="who decided; none when a rule did"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "opinion_id", "number", name="pk_set_aside"),
    )
    tenant_table("set_aside", grants="SELECT, INSERT")


def _proofs() -> None:
    op.create_table(
        "voter_proof",
        *_key(sa.Column("voter", sa.LargeBinary(), nullable=False), sa.Column("proof", sa.Text(), nullable=False)),
        sa.Column("source", sa.LargeBinary(), nullable=False, comment="keyed hash of the address, or the facilitator's key"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "voter", "proof", name="pk_voter_proof"),
    )
    op.create_index(
        "uq_voter_proof_email",
        "voter_proof",
        ["organisation_id", "process_id", "source"],
        unique=True,
        postgresql_where=sa.text("proof = 'email'"),
    )
    tenant_table("voter_proof")
    op.create_table(
        "door_code",
        *_key(sa.Column("code", sa.Text(), nullable=False, comment="printed in the address of a poster")),
        sa.Column("place_id", sa.UUID(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date()),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "code", name="pk_door_code"),
    )
    tenant_table("door_code")
    op.create_table(
        "facilitator_key",
        *_key(sa.Column("id", sa.UUID(), nullable=False)),
        sa.Column("label", sa.Text(), nullable=False, comment="whose screen it is, as the team calls it"),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False, comment="the secret, sealed with the program's key"),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date()),
        sa.Column("step", sa.BigInteger(), nullable=False, server_default="0", comment="the last step that was used"),
        sa.Column("used", sa.Integer(), nullable=False, server_default="0", comment="people it proved in that step"),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "id", name="pk_facilitator_key"),
    )
    tenant_table("facilitator_key")
    _mail_codes()


def _mail_codes() -> None:
    op.create_table(
        "mail_code",
        *_key(sa.Column("voter", sa.LargeBinary(), nullable=False)),
        sa.Column("address", sa.LargeBinary(), nullable=False, comment="keyed hash"),
        sa.Column("sealed", sa.LargeBinary(), comment="the address until it is written to, sealed with the program's key"),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "voter", name="pk_mail_code"),
    )
    tenant_table("mail_code")


def _counted() -> None:
    """Whatever counts reads this view and nothing else, so that nothing can forget what was set aside.

    Both questions are asked row by row, of a primary key: a join would be laid by statistics that are wrong on the day
    of an attack, when ten thousand rows come at once.
    """
    op.execute(f"""
        CREATE VIEW counted_opinion WITH (security_invoker = true) AS
        SELECT c.organisation_id, c.process_id, c.place_id, c.voter, c.late, c.opinion_id, c.seq, c.wishes, c.other,
               c.channel, c.day,
               ({LEVELS})[greatest(array_position({LEVELS}, c.proof), (
                   SELECT max(array_position({LEVELS}, p.proof)) FROM voter_proof p
                    WHERE p.organisation_id = c.organisation_id AND p.process_id = c.process_id AND p.voter = c.voter
               ))] AS proof
          FROM opinion_current c
         WHERE NOT c.withdrawn AND coalesce((
                   SELECT s.verdict FROM set_aside s
                    WHERE s.organisation_id = c.organisation_id AND s.process_id = c.process_id
                      AND s.opinion_id = c.opinion_id
                    ORDER BY s.number DESC LIMIT 1), 'restored') = 'restored'
    """)  # noqa: S608 - a constant of this file
    op.execute(f"GRANT SELECT ON counted_opinion TO {APP}")


def _overturned() -> None:
    first = "whether the proven alone would put another wish first"
    op.add_column("release", sa.Column("overturned", sa.Boolean(), nullable=False, server_default="false", comment=first))
    op.add_column(
        "release",
        sa.Column(
            "places_overturned", sa.Integer(), nullable=False, server_default="0", comment="places of which that is so"
        ),
    )
