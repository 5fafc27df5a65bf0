"""Fixtures of every test that touches rows: a migrated database, on SQLite and, where it is, PostgreSQL.

A conftest imports what it offers: `from tests.databases import database, database_url, …`.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from directory.database import Database, open_database
from directory.migrations import upgrade
from tests.clusters import Cluster, running_cluster

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.needs("postgres"))
BOTH = ("sqlite", POSTGRESQL)

_NUMBERS = count()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database that holds nothing."""
    if request.param == "sqlite":
        file = tmp_path / "jalon.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    else:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        with cluster.database(f"test_{next(_NUMBERS)}") as url:
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


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """The one server of this run: for its databases only, which are dropped; nobody stops it."""
    with running_cluster() as cluster:
        yield cluster
