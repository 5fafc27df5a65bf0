"""Fixtures of every test that touches rows: a migrated database, on SQLite and, where it is, PostgreSQL.

A conftest imports what it offers: `from tests.databases import database, database_url, …`. The server is one
for the whole run: `postgres_cluster` of tests/conftest.py.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from directory.database import Database, open_database
from directory.migrations import upgrade
from tests.clusters import Cluster

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.needs("postgres"))
BOTH = ("sqlite", POSTGRESQL)

_NUMBERS = count()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database that holds nothing; its tables stay as they are."""
    if request.param == "sqlite":
        file = tmp_path / "jalon.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    else:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        with cluster.slate() as url:
            yield url


@pytest.fixture(params=BOTH)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing was ever made, for tests that make its tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/100%/jalon.db"  # a name that trips configuration files
    else:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        with cluster.database(f"blank_{next(_NUMBERS)}", migrated=False) as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database that holds nothing."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to be copied: quicker than migrating for each test."""
    file = tmp_path_factory.mktemp("template") / "jalon.db"
    made = open_database(f"sqlite:///{file}")
    upgrade(made)
    made.close()
    return file
