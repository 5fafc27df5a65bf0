"""What is kept of comparisons of the index with what is stored: the last one, and whose turn the next is."""

import time
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from indexer.outbox import for_writing, index_check

#: Somebody who compares and gave no sign for so long is dead, or met an engine that was away: again, then.
AGAIN_AFTER_SECONDS: Final = 600.0

_ROW: Final = index_check.c.id == 1


@dataclass(frozen=True, slots=True)
class LastCheck:
    """When the last comparison began (seconds of the epoch) and what it found; None before one."""

    began: float | None
    compared: int | None
    faults: int | None
    waiting: int | None


def claim(session: Session, due_since: float) -> bool:
    """Take the comparison due since that moment, unless it was made, or somebody is at it."""
    now = time.time()
    free = or_(index_check.c.heartbeat.is_(None), index_check.c.heartbeat < now - AGAIN_AFTER_SECONDS)
    due = or_(index_check.c.checked_at.is_(None), index_check.c.checked_at < due_since)
    return _set(session, _ROW, free, due, heartbeat=now)


def beat(session: Session) -> None:
    """Give a sign of life."""
    _set(session, _ROW, heartbeat=time.time())


def record(session: Session, last: LastCheck) -> None:
    """Keep what a comparison found."""
    _set(
        session, _ROW, heartbeat=None, checked_at=last.began, compared=last.compared, faults=last.faults,
        waiting=last.waiting,
    )  # fmt: skip


def last(session: Session) -> LastCheck:
    """The last one."""
    kept = index_check.c
    return LastCheck(
        *session.execute(select(kept.checked_at, kept.compared, kept.faults, kept.waiting).where(_ROW)).one()
    )


def _set(session: Session, *where: ColumnElement[bool], **values: Any) -> bool:
    for_writing(session)
    changed = session.execute(update(index_check).where(*where).values(**values))
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # an update always has one
