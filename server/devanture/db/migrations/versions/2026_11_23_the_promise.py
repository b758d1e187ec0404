"""The promise: what is set aside and why, how voters proved themselves, and the one view that counts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

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
    _seals()
    _erasures()


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


def _seals() -> None:
    op.create_table(
        "merkle_day",
        *_key(
            sa.Column(
                "day", sa.Date(), nullable=False, comment="over when the tree was made, in the zone of the process"
            )
        ),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False, comment="RFC 6962, SHA-256"),
        sa.Column(
            "chain", sa.LargeBinary(), nullable=False, comment="SHA-256 over this day and the chain of the one before"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "day", name="pk_merkle_day"),
    )
    tenant_table("merkle_day", grants="SELECT, INSERT")
    op.create_table(
        "merkle_leaf",
        *_key(sa.Column("leaf", sa.LargeBinary(), nullable=False)),
        sa.Column("day", sa.Date(), nullable=False, comment="of the tree it is in: the first one made after it"),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "leaf", name="pk_merkle_leaf"),
    )
    op.create_index("ix_merkle_leaf_day", "merkle_leaf", ["organisation_id", "process_id", "day"])
    tenant_table("merkle_leaf", grants="SELECT, INSERT")


def _erasures() -> None:
    op.create_table(
        "word_erasure",
        *_key(
            sa.Column("opinion_id", sa.UUID(), nullable=False),
            sa.Column(
                "words", postgresql.ARRAY(sa.Text()), nullable=False, comment="fields of the payload: other, comment"
            ),
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "process_id", "opinion_id", "words", name="pk_word_erasure"),
    )
    tenant_table("word_erasure", grants="SELECT, INSERT")
    op.create_table(
        "deletion",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False, comment="arrivals, followers, photos, people or words"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_deletion"),
    )
    tenant_table("deletion", grants="SELECT, INSERT")
    _lent()


def _lent() -> None:
    """Two acts on the journal that the app role may not do itself: cut a link after the closing, erase words.

    Each reaches rows of the transaction's own organisation and of one process only, for row-level security binds the
    owner of the tables too.
    """
    op.execute(_FORGET_VOTER)
    op.execute(_ERASE_WORDS)
    for function in ("forget_voter(uuid, bytea)", "erase_words(uuid, uuid[], text[], date)"):
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {APP}")


_OWN = "organisation_id = NULLIF(current_setting('devanture.organisation', true), '')::uuid AND process_id = consultation"
# Every table in which a voter's key stands; residence is deleted by the app role itself.
_OF_VOTERS = ("opinion_journal", "opinion_current", "public_basis", "spot_mark", "report", "photo", "voter_proof")
_CUT = "\n".join(f"            UPDATE {name} SET voter = nobody WHERE {_OWN} AND voter = who;" for name in _OF_VOTERS[1:])  # noqa: S608 - constants
_FORGET_VOTER = f"""
    CREATE FUNCTION forget_voter(consultation uuid, who bytea) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        -- Puts random bytes in the place of a voter's key, the same everywhere, so that every figure stays as it was.
        -- Before the closing it does nothing: somebody whose key changed could answer twice. How many sendings it cut.
        DECLARE
            nobody bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
            cut integer;
        BEGIN
            IF coalesce((SELECT max(closes_at) FROM phase WHERE {_OWN} AND 'opinions' = ANY (allows)), 'infinity') > now()
            THEN
                RETURN 0;
            END IF;
            UPDATE opinion_journal SET voter = nobody WHERE {_OWN} AND voter = who;
            GET DIAGNOSTICS cut = ROW_COUNT;
{_CUT}
            RETURN cut;
        END
    $$
"""  # noqa: S608 - constants
_ERASE_WORDS = f"""
    CREATE FUNCTION erase_words(consultation uuid, ids uuid[], fields text[], today date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        -- Takes free words out of sendings and leaves a record of it in the same statement; all else of them, their
        -- digest and their leaf stay. How many sendings had any of those words.
        DECLARE
            erased integer;
        BEGIN
            IF NOT fields <@ ARRAY['other', 'comment'] THEN
                RAISE EXCEPTION 'only free words can be erased' USING ERRCODE = 'insufficient_privilege';
            END IF;
            WITH gone AS (
                UPDATE opinion_journal SET payload = payload - fields
                 WHERE {_OWN} AND id = ANY (ids) AND payload ?| fields RETURNING organisation_id, process_id, id
            ), told AS (
                INSERT INTO word_erasure (organisation_id, process_id, opinion_id, words, day)
                SELECT organisation_id, process_id, id, fields, today FROM gone ON CONFLICT DO NOTHING
            )
            SELECT count(*) INTO erased FROM gone;
            RETURN erased;
        END
    $$
"""  # noqa: S608 - constants
