"""A migrated database for each test, on SQLite and on PostgreSQL where there is one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from directory.database import Database, open_database
from directory.migrations import upgrade
from tests.parts import find_part

TEMPLATE = "template_jalon"
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.needs("postgres"))


@pytest.fixture(params=["sqlite", POSTGRESQL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database that holds nothing."""
    if request.param == "sqlite":
        file = tmp_path / "jalon.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    else:
        cluster = request.getfixturevalue("postgres_cluster")
        name = f"test_{os.getpid()}_{abs(hash(request.node.nodeid))}"
        _administer(cluster, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        yield cluster.format(name=name)
        _administer(cluster, f"DROP DATABASE {name} WITH (FORCE)")


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
def postgres_cluster() -> Iterator[str]:
    """A server of our own on a socket in a short-named folder; an address where {name} is the database."""
    programs = find_part("postgres")
    assert programs is not None
    # The server refuses to be run by root: in a container, somebody else runs it.
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="jalon-pg-"))
    if user:
        shutil.chown(folder, user)
    _run(folder, user, programs / "initdb", "-D", "data", "-U", "jalon", "-A", "trust", "--no-sync")
    options = f"-c listen_addresses='' -c fsync=off -k {folder}"
    _run(folder, user, programs / "pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")
    address = f"postgresql+psycopg://jalon@/{{name}}?host={folder}"
    _administer(address, f"CREATE DATABASE {TEMPLATE}")
    made = open_database(address.format(name=TEMPLATE))
    upgrade(made)
    made.close()
    yield address
    _run(folder, user, programs / "pg_ctl", "-D", "data", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, user: str | None, *command: str | Path) -> None:
    subprocess.run(command, user=user, cwd=folder, check=True, capture_output=True)


def _administer(address: str, statement: str) -> None:
    engine = create_engine(address.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
