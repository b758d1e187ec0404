"""Let the app refresh the planner's statistics of release tables: a new release is a value that it has never seen."""

from alembic import op

from devanture.db.migrations.security import APP

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # ANALYZE is the owner's right. The function lends it for these tables and nothing else.
    op.execute("""
        CREATE FUNCTION analyze_releases() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
            ANALYZE release, release_total, release_place, release_reach, release_cell, public_basis
        $$
    """)
    op.execute("REVOKE ALL ON FUNCTION analyze_releases() FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION analyze_releases() TO {APP}")
