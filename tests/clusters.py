"""A PostgreSQL server of the tests' own, on a socket in its own folder: no port is ever taken."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, column, create_engine, table, text

from directory.database import open_database
from directory.migrations import upgrade
from tests.parts import find_part

#: A database already migrated, to be copied: quicker than migrating for each test.
TEMPLATE: Final = "template_jalon"

_LEAVE: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_RESTART: Final = "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences"
_TABLES: Final = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
)


class Cluster:
    """A server and the databases in it. `durable`: what it committed outlives a power cut, and costs time."""

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="jalon-pg-"))
        self._slate: Engine | None = None
        self._fsync = "on" if durable else "off"
        # The server refuses to be run by root: in a container, somebody else runs it.
        self._user = "nobody" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)
        self._run("initdb", "-D", "data", "-U", "jalon", "-A", "trust", "--no-sync")

    def url(self, name: str) -> str:
        """The address of a database of this server."""
        return f"postgresql+psycopg://jalon@/{name}?host={self.folder}"

    def start(self, *options: str) -> None:
        """Start the server and wait until it answers; `options` as `-c name=value`."""
        safe = f"-c fsync={self._fsync} -c full_page_writes={self._fsync}"
        told = " ".join((f"-c listen_addresses='' -k {self.folder}", safe, *options))
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", told, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` says good-bye to its clients, `immediate` does not."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", mode, "stop")

    def kill(self) -> None:
        """kill -9 of the server's first process, as a power cut would."""
        os.kill(
            int((self.folder / "data/postmaster.pid").read_text(encoding="ascii").split()[0]), signal.SIGKILL
        )

    def administer(self, statement: str, *, database: str = "postgres") -> None:
        """Run a statement that no transaction may hold."""
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    @contextmanager
    def slate(self) -> Iterator[str]:
        """The address of a migrated database that holds nothing: always the same, wiped after each use, which
        takes 10 ms where a new one takes 300."""
        if self._slate is None:
            self.administer("CREATE DATABASE slate TEMPLATE template_jalon")
            self._slate = create_engine(self.url("slate"))
        yield self.url("slate")
        # What the test left open would hold its rows.
        with self._slate.begin() as connection:
            connection.execute(text(_LEAVE))
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # in any order
            for name in connection.scalars(text(_TABLES)).all():
                connection.execute(table(name).delete())
            connection.execute(text(_RESTART))
            for one_row in ("rebuild_state", "index_check"):
                connection.execute(table(one_row, column("id")).insert().values(id=1))

    @contextmanager
    def database(self, name: str, *, migrated: bool = True) -> Iterator[str]:
        """The address of a new database that holds no row, dropped at the end."""
        self.administer(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'}")
        try:
            yield self.url(name)
        finally:
            self.administer(f"DROP DATABASE {name} WITH (FORCE)")

    def make_template(self) -> None:
        """Make the database that others are copies of."""
        self.administer(f"CREATE DATABASE {TEMPLATE}")
        made = open_database(self.url(TEMPLATE))
        upgrade(made)
        made.close()

    def remove(self) -> None:
        """Remove its folder."""
        if self._slate is not None:
            self._slate.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command: list[str | Path] = [self.programs / program, *arguments]
        subprocess.run(command, user=self._user, cwd=self.folder, check=True, capture_output=True)


@contextmanager
def running_cluster(*options: str, durable: bool = False) -> Iterator[Cluster]:
    """A server that runs, its template made; stopped and removed at the end."""
    programs = find_part("postgres")
    assert programs is not None
    cluster = Cluster(programs, durable=durable)
    try:
        cluster.start(*options)
        cluster.make_template()
        yield cluster
    finally:
        _end(cluster)


def _end(cluster: Cluster) -> None:
    """Stop it, if a test has not; remove it."""
    with suppress(subprocess.CalledProcessError):  # a test stopped it
        cluster.stop("immediate")
    cluster.remove()
