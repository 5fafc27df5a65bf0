"""The SQL database: one engine and the sessions made from it, on SQLite (by default) or PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from directory.inventory.changes import watch
from indexer.outbox import for_writing

#: A writer waits so long for another one: longer than an import's largest batch.
_BUSY_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Database:
    """`sessions()` makes a session to read with; `writing()` is for who will write."""

    engine: Engine
    sessions: sessionmaker[Session]

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back. It may read before it writes: on SQLite it holds
        the lock of the one writer from the start, without which the write would come too late."""
        with self.sessions.begin() as session:
            for_writing(session)
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at that address, its folder made when SQLite needs one. Connects to nothing yet."""
    engine = create_engine(url, json_serializer=_to_json, json_deserializer=orjson.loads)
    if engine.dialect.name == "sqlite":
        _make_folder(url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    sessions = sessionmaker(engine, expire_on_commit=False)
    watch(sessions)
    return Database(engine, sessions)


def _make_folder(url: str) -> None:
    file = make_url(url).database
    if file and file != ":memory:" and not file.startswith("file:"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transactions commit behind our back before DDL: `_begin` begins them instead.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()
