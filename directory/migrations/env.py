"""Alembic's door: the connection is handed over by `directory.migrations`, nothing is read from a file."""

from alembic import context

import directory.accounts.models
import directory.inventory.models
import directory.mail.models  # noqa: F401  (their tables join the metadata)
from directory.columns import Base
from indexer.outbox import metadata

TARGET = [Base.metadata, metadata]

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TARGET,
    # SQLite cannot alter a column: Alembic then makes the table anew and copies the rows.
    render_as_batch=True,
    # One transaction for all steps: the caller's.
    transaction_per_migration=False,
)
context.run_migrations()
