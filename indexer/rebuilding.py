"""How the relay and a rebuild know of each other: one row of the database that both look at.

While a rebuild runs, the relay goes on writing the index in service and leaves the ids it handled in
`outbox_replay`; at the end the rebuild holds the row, tells the new index of those ids and swaps. A rebuild
that died leaves its token behind: the next one takes over when the last sign of life is old enough.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from indexer.among import among
from indexer.engine import EngineError
from indexer.outbox import Change, for_writing, outbox, outbox_replay, rebuild_state

#: A rebuild that gave no sign for so long is dead. It gives one after every batch: a few seconds at most.
DEAD_AFTER_SECONDS: Final = 60.0

_ROW: Final = rebuild_state.c.id == 1


class RebuildUnderWay(EngineError):
    """Another rebuild runs. Facts: `seconds` since its last sign."""


class RebuildOvertaken(EngineError):
    """Another rebuild took over from this one, which had given no sign for too long."""


@dataclass(frozen=True, slots=True)
class LastRebuild:
    """When the last rebuild ended (seconds of the epoch) and how many documents it wrote; None before one.
    `runs` when one is under way."""

    ended: float | None
    documents: int | None
    runs: bool


def is_running(session: Session) -> bool:
    """Whether a rebuild is under way. Where rows can be held, none can end before this transaction does."""
    return session.scalar(select(rebuild_state.c.token).where(_ROW).with_for_update(read=True)) is not None


def replay_later(session: Session, changes: Sequence[Change]) -> None:
    """Leave those ids for the rebuild under way."""
    ids = sorted({change.option_id for change in changes})
    session.execute(insert(outbox_replay), [{"option_id": option_id} for option_id in ids])


def begin(session: Session) -> str:
    """Say that a rebuild begins; the token it must show later. Raises RebuildUnderWay."""
    for_writing(session)
    token, heartbeat = session.execute(
        select(rebuild_state.c.token, rebuild_state.c.heartbeat).where(_ROW).with_for_update()
    ).one()
    silent = time.time() - (heartbeat or 0.0)
    if token is not None and silent < DEAD_AFTER_SECONDS:
        raise RebuildUnderWay("une reconstruction de l’index est déjà en cours", seconds=round(silent))
    mine = uuid4().hex
    session.execute(delete(outbox_replay))
    session.execute(update(rebuild_state).where(_ROW).values(token=mine, heartbeat=time.time()))
    return mine


def cover(session: Session, token: str) -> None:
    """Mark the changes that wait: they are committed, so that the rebuild, which reads from now on, brings
    them itself. Not in the transaction of `begin`: a relay may hold the rows and wait for that one."""
    for_writing(session)
    session.execute(update(outbox).values(covered_by=token))


def uncover(session: Session, token: str) -> None:
    """Remove the changes that the rebuild brought, now that its index is in service. Not in the transaction
    of `end`, for the same reason."""
    for_writing(session)
    session.execute(delete(outbox).where(outbox.c.covered_by == token))


def beat(session: Session, token: str) -> None:
    """Give a sign of life; until this transaction ends, the relay and whoever would rebuild wait. Raises
    RebuildOvertaken."""
    for_writing(session)
    sign = update(rebuild_state).where(_ROW, rebuild_state.c.token == token).values(heartbeat=time.time())
    if not session.execute(sign).rowcount:  # type: ignore[attr-defined]  # an update always has one
        raise RebuildOvertaken(
            "une autre reconstruction a pris la place de celle-ci, restée sans signe de vie"
        )


def take_replay(session: Session, limit: int) -> list[str]:
    """Ids left by the relay, oldest first, at most `limit` rows of them: they are removed."""
    oldest = select(outbox_replay.c.seq, outbox_replay.c.option_id).order_by(outbox_replay.c.seq).limit(limit)
    rows = session.execute(oldest).all()
    if rows:
        session.execute(
            delete(outbox_replay).where(among(session, outbox_replay.c.seq, [seq for seq, _ in rows]))
        )
    return sorted({option_id for _, option_id in rows})


def end(session: Session, token: str, documents: int | None) -> None:
    """Say that it is over: with how many documents, None when it failed. A token overtaken ends nothing."""
    mine = (_ROW, rebuild_state.c.token == token)
    over = update(rebuild_state).where(*mine).values(token=None, heartbeat=None)
    if documents is not None:
        over = over.values(rebuilt_at=time.time(), documents=documents)
    if session.execute(over).rowcount:  # type: ignore[attr-defined]
        session.execute(delete(outbox_replay))


def last(session: Session) -> LastRebuild:
    """What is known of rebuilds."""
    ended, documents, token = session.execute(
        select(rebuild_state.c.rebuilt_at, rebuild_state.c.documents, rebuild_state.c.token).where(_ROW)
    ).one()
    return LastRebuild(ended, documents, runs=token is not None)
