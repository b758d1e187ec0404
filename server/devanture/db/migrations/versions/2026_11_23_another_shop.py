"""Another shop: a report of a missing one says whether its sender saw the door that the list has at its address."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    another = "missing though a door of the list has its address: for the desk to tell apart"
    op.add_column(
        "report", sa.Column("another", sa.Boolean(), nullable=False, server_default="false", comment=another)
    )
