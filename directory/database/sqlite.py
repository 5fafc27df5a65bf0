"""SQLite: one file, many readers, one writer."""

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event

from directory.database.use import Use


def options(_url: URL, _use: Use) -> dict[str, Any]:
    """What `create_engine` is given."""
    return {}


def prepare(engine: Engine, use: Use) -> None:
    """Make the file's folder, and every connection ours."""
    _make_folder(engine.url.database)
    event.listen(engine, "connect", partial(_prepare_connection, use.lock_seconds * 1000))
    event.listen(engine, "begin", _begin)


def _make_folder(file: str | None) -> None:
    if file and file != ":memory:" and not file.startswith("file:"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _prepare_connection(patience_ms: int, connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transactions commit behind our back before DDL: `_begin` begins them instead.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {patience_ms}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
