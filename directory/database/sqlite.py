"""SQLite: one file, many readers, one writer.

A file is made by the migrations and by nothing else: one that was deleted, or lies on a disk that went away,
is a database away, and not an empty one that every reader would make anew.
"""

import os
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

from directory.database.use import Use


def options(_url: URL, _use: Use) -> dict[str, Any]:
    """What `create_engine` is given."""
    return {}


def prepare(engine: Engine, use: Use) -> None:
    """Make every connection ours."""
    if file := file_of(engine.url):
        event.listen(engine, "do_connect", partial(_open_only, file))
        event.listen(engine, "connect", partial(_note_file, file))
        event.listen(engine, "checkout", partial(_check_file, file))
    event.listen(engine, "connect", partial(_prepare_connection, use.lock_seconds * 1000))
    event.listen(engine, "begin", _begin)


def file_of(url: URL) -> Path | None:
    """The file of an address; None for one in memory, or told in SQLite's own words."""
    name = url.database
    return None if not name or name == ":memory:" or name.startswith("file:") else Path(name)


def make_file(url: URL) -> None:
    """Make the file, empty, and its folder, where there is none."""
    if file := file_of(url):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def _open_only(file: Path, _dialect: Any, _record: Any, arguments: list[Any], named: dict[str, Any]) -> None:
    arguments[0] = f"file:{quote(str(file))}?mode=rw"
    named["uri"] = True


def _note_file(file: Path, _connection: sqlite3.Connection, record: Any) -> None:
    record.info["file"] = _identity(file)


def _check_file(file: Path, _connection: sqlite3.Connection, record: Any, _proxy: Any) -> None:
    """A connection to a file that was deleted would go on, and lose at its end whatever is written."""
    if record.info.get("file") != _identity(file):
        raise DisconnectionError("the file is not the one that was opened")


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        told = os.stat(file)  # noqa: PTH116  (ten times as fast as a path's own; at every use of a connection)
    except OSError:
        return None
    return told.st_dev, told.st_ino


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
