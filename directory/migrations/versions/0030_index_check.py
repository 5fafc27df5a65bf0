"""When the index was last compared with what is stored, and what that found.

Revision: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0020"


def upgrade() -> None:
    """Make the one row."""
    op.create_table(
        "index_check",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("heartbeat", sa.Float()),
        sa.Column("checked_at", sa.Float()),
        sa.Column("compared", sa.Integer()),
        sa.Column("faults", sa.Integer()),
        sa.Column("waiting", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_check")),
    )
    op.execute("INSERT INTO index_check (id) VALUES (1)")


def downgrade() -> None:
    """Forget it."""
    op.drop_table("index_check")
