"""A statement ended when a reader has waited enough, on either database."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

#: SQLite looks at its watch every so many of its instructions: some hundredths of a millisecond.
_INSTRUCTIONS: Final = 1_000
#: PostgreSQL takes 0 for no end.
_LEAST_MS: Final = 1


@contextmanager
def patient(session: Session, until: float) -> Iterator[None]:
    """What the session asks inside ends at that moment of `time.monotonic`. Whatever is asked later raises
    what the sessions raise for a database that is busy (`indexer.outbox.StoreUnavailable`)."""
    if session.get_bind().dialect.name == "sqlite":
        with _watched(session, until):
            yield
    else:
        left = max(_LEAST_MS, round((until - time.monotonic()) * 1000))
        session.execute(text(f"SET LOCAL statement_timeout = {left}"))
        yield


@contextmanager
def _watched(session: Session, until: float) -> Iterator[None]:
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101  (the dialect says so)
    driver.set_progress_handler(lambda: time.monotonic() > until, _INSTRUCTIONS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
