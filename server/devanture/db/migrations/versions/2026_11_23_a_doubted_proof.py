"""An answer whose voter's proof is doubted counts, and is counted among the unproven."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The proof levels from the weakest to the strongest, as in 0005.
LEVELS = "ARRAY['none', 'door_code', 'at_door', 'email', 'paper', 'verified']"


def upgrade() -> None:
    """The last event of an opinion says both whether it counts and whether a proof of its voter counts for it.

    Looked up row by row, of a primary key: a join would be laid by statistics that are wrong on the day of an attack.
    """
    op.execute(f"""
        CREATE OR REPLACE VIEW counted_opinion WITH (security_invoker = true) AS
        SELECT c.organisation_id, c.process_id, c.place_id, c.voter, c.late, c.opinion_id, c.seq, c.wishes, c.other,
               c.channel, c.day,
               CASE WHEN last.verdict = 'unproven' THEN c.proof
               ELSE ({LEVELS})[greatest(array_position({LEVELS}, c.proof), (
                   SELECT max(array_position({LEVELS}, p.proof)) FROM voter_proof p
                    WHERE p.organisation_id = c.organisation_id AND p.process_id = c.process_id AND p.voter = c.voter
               ))] END AS proof
          FROM opinion_current c
          LEFT JOIN LATERAL (
                   SELECT s.verdict FROM set_aside s
                    WHERE s.organisation_id = c.organisation_id AND s.process_id = c.process_id
                      AND s.opinion_id = c.opinion_id
                    ORDER BY s.number DESC LIMIT 1) last ON true
         WHERE NOT c.withdrawn AND coalesce(last.verdict, 'restored') IN ('restored', 'unproven')
    """)  # noqa: S608 - a constant of this file
    op.execute("COMMENT ON COLUMN set_aside.verdict IS 'set_aside, restored, voided or unproven'")
