"""The comparison of every night: the index beside what is stored, id by id; what differs is announced.

It runs in a thread of the relay's process, on sessions of its own: the relay goes on meanwhile, and brings
what is announced. When it was last made is kept in the database: a relay that was down at the hour makes it
when it is back, and of two relays one makes it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from datetime import time as time_of_day
from threading import Event
from typing import Final

import structlog
from sqlalchemy.orm import Session, sessionmaker

from indexer import checking, outbox, rebuilding
from indexer.drift import Drift, verify
from indexer.engine import SearchReader
from indexer.isolation import without_values
from indexer.outbox import StoreUnavailable
from indexer.relay import Load

log = structlog.get_logger(__name__)

#: With more than this waiting the index is known to be late: what differs says nothing yet.
MOST_WAITING: Final = 10_000

_LOOK_EVERY_SECONDS: Final = 30.0
_SIGN_EVERY: Final = 10_000

Versions = Callable[[], Iterable[tuple[str, int]]]


class NightlyCheck:
    """`clock` tells the moment where the people are; `at` is the hour there."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        engine: SearchReader,
        stored: tuple[Versions, Load],
        *,
        at: time_of_day,
        clock: Callable[[], datetime],
    ) -> None:
        self._sessions = sessions
        self._engine = engine
        self._versions, self._load = stored
        self._at = at
        self._clock = clock

    def follow(self, stop: Event) -> None:
        """Make it when it is due, until `stop` is set; nothing ends it before."""
        while not stop.is_set():
            try:
                self.run_if_due(stop)
            except _Stopped:
                return
            except Exception as error:  # the next try comes by itself, and a relay has better to do than end
                log.warning("index could not be compared", why=without_values(error))
            stop.wait(_LOOK_EVERY_SECONDS)

    def run_if_due(self, stop: Event | None = None) -> Drift | None:
        """Make it now if it is due, and tell what it found. Raises what the engine and the database do: it is
        then due again in ten minutes."""
        if self._is_busy() or not self._claim():
            return None
        drift = verify(self._sessions, self._engine, self._counted(stop or Event()), self._load, repair=True)
        tell = log.error if drift.faults else log.info
        tell("index compared", **drift.as_dict())
        return drift

    def _is_busy(self) -> bool:
        with self._sessions() as session:
            return rebuilding.last(session).runs or outbox.lag(session).pending > MOST_WAITING

    def _claim(self) -> bool:
        with self._sessions.begin() as session:
            return checking.claim(session, last_time(self._clock(), self._at).timestamp())

    def _counted(self, stop: Event) -> Iterator[tuple[str, int]]:
        """What is stored, with a sign of life now and then."""
        for number, one in enumerate(self._versions()):
            if number % _SIGN_EVERY == 0:
                if stop.is_set():
                    raise _Stopped
                self._give_sign()
            yield one

    def _give_sign(self) -> None:
        try:
            with self._sessions.begin() as session:
                checking.beat(session)
        except StoreUnavailable:
            # A long import holds the database; the next sign will tell.
            log.info("comparison could not give a sign of life")


class _Stopped(Exception):
    """The process ends."""


def last_time(now: datetime, at: time_of_day) -> datetime:
    """The last moment, not after now, at which it was that hour where `now` is told."""
    today = datetime.combine(now.date(), at, tzinfo=now.tzinfo)
    return today if today <= now else datetime.combine(now.date() - timedelta(days=1), at, tzinfo=now.tzinfo)
