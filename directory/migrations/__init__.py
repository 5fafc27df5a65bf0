"""The steps from one shape of the database to the next, run by the program itself (`jalon db upgrade`)."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from directory.database import Database
from directory.inventory.errors import DatabaseOutdated

_FOLDER: Final = Path(__file__).parent


def upgrade(database: Database, revision: str = "head") -> None:
    """Create or bring up to that revision. All or nothing; safe to repeat."""
    database.make()
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Bring back to that revision (`base`: no table left). Rows of what is removed are lost."""
    with database.engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def find_revision(database: Database) -> str | None:
    """The revision the database is at; None when it holds none of our tables."""
    if not database.exists():
        return None
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Whether the tables are those this program expects."""
    return find_revision(database) == ScriptDirectory(str(_FOLDER)).get_current_head()


def require_current(database: Database) -> None:
    """Raises DatabaseOutdated, which says how to mend it."""
    if not is_current(database):
        raise DatabaseOutdated(
            "la base n’existe pas encore ou n’est pas à jour : lancez « jalon db upgrade »"
        )


def is_empty(database: Database) -> bool:
    """Whether nothing at all was ever made there."""
    return not database.exists() or not inspect(database.engine).get_table_names()


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
