"""The SQL database: one engine and the sessions made from it, on SQLite (by default) or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.orm import Session, sessionmaker

from directory.database import postgresql, sqlite
from directory.database.errors import DatabaseBusy, DatabaseUnavailable, translate_errors
from directory.database.use import Use, serving
from directory.inventory.changes import watch
from indexer.outbox import for_writing

__all__ = ["Database", "DatabaseBusy", "DatabaseUnavailable", "Use", "open_database", "serving"]


@dataclass(frozen=True, slots=True)
class Database:
    """`sessions()` makes a session to read with; `writing()` is for who will write. Whatever is asked of
    either raises DatabaseUnavailable when the database is away, DatabaseBusy when it has no time."""

    engine: Engine
    sessions: sessionmaker[Session]

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back. It may read before it writes: on SQLite it holds
        the lock of the one writer from the start, without which the write would come too late."""
        with self.sessions.begin() as session:
            for_writing(session)
            yield session

    def exists(self) -> bool:
        """Whether there is something to ask: a file of SQLite may not have been made yet."""
        file = sqlite.file_of(self.engine.url) if self.engine.dialect.name == "sqlite" else None
        return file is None or file.exists()

    def make(self) -> None:
        """Make the file of SQLite, empty, where there is none; elsewhere an administrator did."""
        if self.engine.dialect.name == "sqlite":
            sqlite.make_file(self.engine.url)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_database(url: str, use: Use | None = None) -> Database:
    """The database at that address. Connects to nothing yet, and makes nothing."""
    vendor = sqlite if make_url(url).get_backend_name() == "sqlite" else postgresql
    engine = create_engine(
        url,
        json_serializer=_to_json,
        json_deserializer=orjson.loads,
        # An error ends in the log: it may quote the statement, not what somebody typed.
        hide_parameters=True,
        **vendor.options(make_url(url), use or Use()),
    )
    vendor.prepare(engine, use or Use())
    translate_errors(engine)
    sessions = sessionmaker(engine, expire_on_commit=False)
    watch(sessions)
    return Database(engine, sessions)


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()
