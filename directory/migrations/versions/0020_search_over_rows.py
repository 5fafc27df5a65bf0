"""Indexes for the search over the rows, which answers while the engine is away.

Revision: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0010"

ELSEWHERE = {
    "sqlite": """latitude IS NULL OR instr(modes_accueil, '"a-distance"') > 0""",
    "postgresql": "latitude IS NULL OR modes_accueil ? 'a-distance'",
}
PLACED = ("service", "immersion", "training")


def upgrade() -> None:
    """Make them."""
    for table in PLACED:
        op.create_index(f"ix_{table}_place", table, ["latitude", "longitude"])
    op.create_index("ix_service_date_maj", "service", ["date_maj"])
    op.create_index(
        "ix_service_elsewhere",
        "service",
        ["date_maj"],
        sqlite_where=sa.text(ELSEWHERE["sqlite"]),
        postgresql_where=sa.text(ELSEWHERE["postgresql"]),
    )
    if op.get_context().dialect.name == "postgresql":
        op.create_index("ix_service_thematiques", "service", ["thematiques"], postgresql_using="gin")


def downgrade() -> None:
    """Remove them."""
    if op.get_context().dialect.name == "postgresql":
        op.drop_index("ix_service_thematiques", "service")
    op.drop_index("ix_service_elsewhere", "service")
    op.drop_index("ix_service_date_maj", "service")
    for table in PLACED:
        op.drop_index(f"ix_{table}_place", table)
