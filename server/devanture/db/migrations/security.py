"""What a migration says about who may read and write a new table."""

from alembic import op

APP = "devanture_app"
OWN_ROWS = "organisation_id = NULLIF(current_setting('devanture.organisation', true), '')::uuid"


def tenant_table(name: str, grants: str = "SELECT, INSERT, UPDATE, DELETE", published: str | None = None) -> None:
    """Force row-level security on a table; `published` is a condition under which rows may be read by all."""
    op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_rows ON {name} USING ({OWN_ROWS}) WITH CHECK ({OWN_ROWS})")
    if published is not None:
        op.execute(f"CREATE POLICY published_rows ON {name} FOR SELECT USING ({published})")
    op.execute(f"GRANT {grants} ON {name} TO {APP}")


def open_table(name: str, grants: str = "SELECT, INSERT, UPDATE, DELETE") -> None:
    """A table of published facts: the app role may use it without naming an organisation."""
    op.execute(f"GRANT {grants} ON {name} TO {APP}")
