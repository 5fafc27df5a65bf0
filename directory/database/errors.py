"""What the database raises, translated once, where it arises.

    DatabaseUnavailable     nothing can be asked: no server, no file, no connection left, no room on its disk
    └── DatabaseBusy        it answers, but what was asked had to wait too long for others: ask again

Any other error of the driver is a fault of ours (a table missing, a value refused): SQLAlchemy's own comes
through.
"""

import sqlite3
from typing import ClassVar, Final

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

from directory.errors import DirectoryError
from indexer.outbox import StoreUnavailable


class DatabaseUnavailable(DirectoryError, StoreUnavailable):
    """Nothing can be asked of the database now. `said` is the driver's own first line, for a log or an
    administrator: it names machines, never a person."""

    exit_code: ClassVar[int] = 1
    sentence: ClassVar[str] = "la base de données ne répond pas"

    def __init__(self, said: str = "") -> None:
        super().__init__(f"{self.sentence} : {said}" if said else self.sentence)
        self.said = said


class DatabaseBusy(DatabaseUnavailable):
    """It answers, but what was asked had to wait too long for others, or was taken back for their sake."""

    sentence: ClassVar[str] = "la base de données est occupée"


#: How an SQLSTATE begins that says the server cannot work now: connection, authorisation, database, shutdown,
#: resources, disks, a standby that only reads.
_AWAY: Final = ("08", "28", "3D000", "57P", "53", "58", "25006")
#: Deadlock or serialisation; a lock, an answer or the client waited for too long.
_BUSY: Final = ("40", "55P03", "57014", "25P03")

#: A statement that was given up for having taken too long is told as interrupted.
_SQLITE_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT})
_SQLITE_AWAY: Final = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }
)


def translate_errors(engine: Engine) -> None:
    """Make this engine raise ours, from its first connection to its commits."""
    event.listen(engine, "handle_error", _replace, retval=True)


def _replace(context: ExceptionContext) -> BaseException | None:
    if context.is_pre_ping:
        return None  # the pool throws that connection away and makes another
    error = context.original_exception
    kind = _of_sqlite(error) if isinstance(error, sqlite3.Error) else _of_postgresql(context)
    return kind(_first_line(error)) if kind else None


def _of_sqlite(error: sqlite3.Error) -> type[DatabaseUnavailable] | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest tells variants
    if code in _SQLITE_BUSY:
        return DatabaseBusy
    return DatabaseUnavailable if code in _SQLITE_AWAY else None


def _of_postgresql(context: ExceptionContext) -> type[DatabaseUnavailable] | None:
    state: str | None = getattr(context.original_exception, "sqlstate", None)
    if state is None:
        # The server never spoke: nobody listens there, or the line was cut.
        away = context.is_disconnect or isinstance(context.sqlalchemy_exception, OperationalError)
    else:
        if state.startswith(_BUSY):
            return DatabaseBusy
        away = context.is_disconnect or state.startswith(_AWAY)
    return DatabaseUnavailable if away else None


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
