"""An index that was lost, or cannot be read, is made anew by the relay: the rows are the truth.

Lost: nothing is in service, though more is stored than the outbox announces (before the first changes were
ever brought, all is announced). To be made anew as well: files that cannot be read, an index of an older
format. One of a newer format is left to whoever made it: during an upgrade, two relays of two versions would
undo each other's work for ever.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog

from indexer.engine import EngineError, IndexOutdated, IndexUnreadable, SearchReader

log = structlog.get_logger(__name__)

#: How often it is looked at while nothing is to be brought.
EVERY_SECONDS: Final = 1.0
#: Before a rebuild that failed is tried again: doubled each time.
FIRST_PAUSE: Final = 2.0
LONGEST_PAUSE: Final = 300.0


class Mender:
    """Looks after one index. `stored`: how many options may be found; `announced`: how many changes wait;
    `remake`: makes the index anew, raising EngineError."""

    def __init__(
        self,
        engine: SearchReader,
        *,
        stored: Callable[[], int],
        announced: Callable[[], int],
        remake: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._stored = stored
        self._announced = announced
        self._remake = remake
        self._clock = clock
        self._next = 0.0
        self._pause = FIRST_PAUSE

    def look(self) -> None:
        """Make the index anew if it has to be; looks now and then only. Raises what the engine raises when it
        is away, and what the rows raise."""
        if self._clock() < self._next:
            return
        self._next = self._clock() + EVERY_SECONDS
        if why := self.trouble():
            self._mend(why)

    def trouble(self) -> str:
        """Why the index has to be made anew; empty when it has not. Raises as `look`."""
        try:
            if self._engine.exists() or self._stored() <= self._announced():
                return ""
        except IndexUnreadable:
            return "unreadable"
        except IndexOutdated as error:
            return "outdated" if is_older(error.facts.get("made"), error.facts.get("wanted")) else ""
        return "lost"

    def _mend(self, why: str) -> None:
        log.warning("index is made anew", why=why)
        try:
            self._remake()
        except EngineError as error:
            # Another one makes it, or the engine cannot now.
            log.warning("index could not be made anew", why=type(error).__name__)
            self._next = self._clock() + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        else:
            log.warning("index was made anew")
            self._pause = FIRST_PAUSE


def is_older(made: Any, wanted: Any) -> bool:
    """Whether a format is of the past: no part of it is newer than what is wanted. What says nothing is."""
    if not isinstance(made, Mapping) or not isinstance(wanted, Mapping):
        return True
    return all(_numbers(made.get(part, 0)) <= _numbers(version) for part, version in wanted.items())


def _numbers(version: object) -> tuple[int, ...]:
    return tuple(int(part) for part in str(version).split(".") if part.isdecimal())
