"""The steps from one shape of the database to the next."""

from collections.abc import Iterator
from functools import partial

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.schema import SchemaItem

from directory.columns import Base
from directory.database import Database, open_database
from directory.inventory.errors import DatabaseOutdated
from directory.inventory.intake import take
from directory.inventory.lists import count_options
from directory.migrations import downgrade, find_revision, is_current, is_empty, require_current, upgrade
from indexer.outbox import metadata
from tests.inventory.records import TODAY, immersion, service, structure, training


@pytest.fixture
def blank(blank_url: str) -> Iterator[Database]:
    """A database in which nothing was ever made."""
    opened = open_database(blank_url)
    yield opened
    opened.close()


def test_the_tables_are_those_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "include_object": partial(_belongs, connection.dialect.name)}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, [Base.metadata, metadata]) == []  # type: ignore[arg-type]


def _belongs(dialect: str, one: SchemaItem, *_: object) -> bool:
    """Whether something of the models is made on that database."""
    return bool(one.info.get("only", dialect) == dialect)


def test_up_down_and_up_again_with_rows(database: Database) -> None:
    with database.sessions.begin() as opened:
        take(opened, [structure(), service(), immersion(), training()], today=TODAY)
    downgrade(database, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    assert not is_current(database)
    upgrade(database)
    assert is_current(database)
    assert count_options(database.sessions) == 0


def test_upgrading_twice_keeps_the_rows(database: Database) -> None:
    with database.sessions.begin() as opened:
        take(opened, [service()], today=TODAY)
    upgrade(database)
    assert count_options(database.sessions) == 1


def test_a_database_not_made_yet_says_how_to_make_it(blank: Database) -> None:
    assert is_empty(blank)
    assert find_revision(blank) is None
    with pytest.raises(DatabaseOutdated, match="jalon db upgrade"):
        require_current(blank)
    upgrade(blank)
    require_current(blank)


@pytest.mark.parametrize("blank_url", ["sqlite"], indirect=True)
def test_sqlite_is_opened_for_many_readers_and_one_writer_with_its_keys_checked(blank: Database) -> None:
    blank.make()
    with blank.engine.connect() as connection:
        said = {name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")}
    assert said == {"journal_mode": "wal", "foreign_keys": 1}
