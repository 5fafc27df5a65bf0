"""The outbox: which options changed since the index last heard of them.

The directory writes a row in the transaction of every change; the relay takes rows, reads the options anew,
writes the index and removes exactly the rows it took. Rows are thin (an id and a moment): order does not
matter, changes of one option fold into one, nothing personal waits in a queue.

The tables belong to the indexer; the migrations of the directory make them.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    delete,
    false,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from indexer.among import among

metadata = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_name)s"}
)

outbox: Final = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("option_id", String, nullable=False),
    Column("written_at", Float, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("parked", Boolean, nullable=False, server_default=false()),
    Column("error", String),
    # The rebuild that reads this change itself: it removes the row when it ends.
    Column("covered_by", String),
    # A number given back after a deletion could be taken for a row that is already done.
    sqlite_autoincrement=True,
)

_PARKED: Final = outbox.c.parked.is_(True)
Index("ix_outbox_parked", outbox.c.option_id, sqlite_where=_PARKED, postgresql_where=_PARKED)

#: While a rebuild runs, the ids the relay handled: the new index, filled before, is told of them at the end.
outbox_replay: Final = Table(
    "outbox_replay",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("option_id", String, nullable=False),
    sqlite_autoincrement=True,
)

#: One row, id 1: whose rebuild runs (none: null) and when it last gave a sign; when the last one ended.
rebuild_state: Final = Table(
    "rebuild_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("token", String),
    Column("heartbeat", Float),
    Column("rebuilt_at", Float),
    Column("documents", Integer),
)

#: One row, id 1: when the index was last compared with what is stored and what that found; the last sign of
#: a comparison made by night.
index_check: Final = Table(
    "index_check",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("heartbeat", Float),
    Column("checked_at", Float),
    Column("compared", Integer),
    Column("faults", Integer),
    Column("waiting", Integer),
)

#: A document that cannot be indexed is set aside after so many tries, so that others keep flowing.
MAX_ATTEMPTS: Final = 5

#: Bound parameters in one statement: SQLite takes 32,766, PostgreSQL 65,535.
_MOST_PARAMETERS = 10_000


class StoreUnavailable(Exception):
    """The database that holds the rows cannot answer now: what its sessions raise is one of these, so that
    nobody takes it for the fault of a document."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the outbox, taken."""

    seq: int
    option_id: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the index is behind: rows waiting, seconds since the oldest (0 when none), rows set aside."""

    pending: int
    oldest_seconds: float
    parked: int


def for_writing(session: Session) -> None:
    """Take SQLite's write lock now, waiting for it; nothing elsewhere.

    A transaction that reads first and writes later is refused at once when somebody wrote in between
    (SQLITE_BUSY_SNAPSHOT), however long it would have waited: so a writer says so first.
    """
    if not holds_rows(session):
        session.execute(delete(outbox).where(false()))


def holds_rows(session: Session) -> bool:
    """Whether this database locks rows one by one (PostgreSQL), and not the whole file (SQLite)."""
    return session.get_bind().dialect.name == "postgresql"


def write(session: Session, option_ids: Iterable[str]) -> None:
    """Note in the session's transaction that those options changed."""
    ids, now = list(option_ids), time.time()
    if not ids:
        return
    if holds_rows(session):
        # One parameter for all of them: a statement each was a seventh of an import's time.
        each = select(func.unnest(bindparam("ids", ids, ARRAY(String))), bindparam("now", now, Float))
        session.execute(insert(outbox).from_select(["option_id", "written_at"], each))
    else:
        session.execute(insert(outbox), [{"option_id": option_id, "written_at": now} for option_id in ids])


def write_selected(session: Session, option_ids: Select[tuple[str]]) -> None:
    """As `write`, for the ids that a query gives."""
    chosen = option_ids.subquery()
    rows = select(chosen.c[0], bindparam("now", time.time(), Float))
    session.execute(insert(outbox).from_select(["option_id", "written_at"], rows))


def pending(session: Session, limit: int) -> list[Change]:
    """The oldest rows that wait. On PostgreSQL they are held until the transaction ends, and those that
    another relay holds are passed over; SQLite holds no row: two relays may then do the same work twice."""
    waiting = (
        select(outbox.c.seq, outbox.c.option_id, outbox.c.attempts)
        .where(outbox.c.parked.is_(False))
        .order_by(outbox.c.seq)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Change(*row) for row in session.execute(waiting)]


def done(session: Session, changes: Sequence[Change]) -> None:
    """Remove exactly the rows taken: one written meanwhile for the same option stays. Rows set aside before
    for those options have had their answer too."""
    for start in range(0, len(changes), _MOST_PARAMETERS):
        some = changes[start : start + _MOST_PARAMETERS]
        session.execute(delete(outbox).where(among(session, outbox.c.seq, [change.seq for change in some])))
        settled = {change.option_id for change in some}
        session.execute(delete(outbox).where(_PARKED, among(session, outbox.c.option_id, settled)))


def failed(session: Session, changes: Sequence[Change], errors: dict[str, str]) -> None:
    """Count one more try against those rows; at the last one they are set aside. `errors`: option id → what
    went wrong, in words that say nothing of a person."""
    rows: list[dict[str, Any]] = [
        {
            "of": change.seq,
            "tries": change.attempts + 1,
            "stop": change.attempts + 1 >= MAX_ATTEMPTS,
            "why": errors[change.option_id],
        }
        for change in changes
    ]
    if rows:
        session.execute(
            update(outbox)
            .where(outbox.c.seq == bindparam("of"))
            .values(attempts=bindparam("tries"), parked=bindparam("stop"), error=bindparam("why")),
            rows,
        )
        _keep_the_newest(
            session, {change.option_id for change, row in zip(changes, rows, strict=True) if row["stop"]}
        )


def _keep_the_newest(session: Session, option_ids: set[str]) -> None:
    """Of an option set aside several times, the last time: one that never can must not grow for ever."""
    if not option_ids:
        return
    theirs = (_PARKED, outbox.c.option_id.in_(option_ids))
    newest = select(func.max(outbox.c.seq)).where(*theirs).group_by(outbox.c.option_id)
    session.execute(delete(outbox).where(*theirs, outbox.c.seq.not_in(newest)))


def waiting(session: Session, option_ids: Sequence[str]) -> set[str]:
    """Those of the options that a row still announces."""
    announced = among(session, outbox.c.option_id, option_ids)
    return set(session.scalars(select(outbox.c.option_id).where(announced, outbox.c.parked.is_(False))))


def parked(session: Session, limit: int = 20) -> list[tuple[str, str]]:
    """Options set aside and why, oldest first."""
    rows = select(outbox.c.option_id, outbox.c.error).where(_PARKED)
    return [
        (option_id, error or "") for option_id, error in session.execute(rows.order_by("seq").limit(limit))
    ]


def lag(session: Session) -> Lag:
    """How far the index is behind."""
    counted = select(outbox.c.parked, func.count(), func.min(outbox.c.written_at)).group_by(outbox.c.parked)
    by_state = {bool(is_parked): (count, oldest) for is_parked, count, oldest in session.execute(counted)}
    waits, oldest = by_state.get(False, (0, None))
    age = 0.0 if oldest is None else max(0.0, time.time() - oldest)
    return Lag(waits, age, by_state.get(True, (0, None))[0])
