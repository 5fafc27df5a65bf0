"""A circuit breaker: what fails again and again is left alone for a while, then tried by one.

closed      calls pass; so many failures in a row open it
open        calls are refused, until a pause is over
half-open   one call passes, to try: it closes the breaker or opens it again
"""

import threading
import time
from collections.abc import Callable
from typing import Final, Literal

State = Literal["closed", "half-open", "open"]

#: One or two failures are a node that restarts; at three, eight threads have waited for nothing.
FAILURES: Final = 3
#: Seconds for which it is left alone: the one reader who tries again is one in many.
PAUSE_SECONDS: Final = 3.0


class Breaker:
    """Shared by the threads of a process. `on_change` is told each new state, by whichever brought it."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        pause_seconds: float = PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        on_change: Callable[[State], None] = lambda _: None,
    ) -> None:
        self._most = failures
        self._pause = pause_seconds
        self._clock = clock
        self._on_change = on_change
        self._lock = threading.Lock()
        self._state: State = "closed"
        self._failed = 0
        self._until = 0.0

    @property
    def state(self) -> State:
        """How it stands."""
        return self._state

    def allows(self) -> bool:
        """Whether a call may be made now. Who is allowed tells how it went, or another is let through once
        a pause is over."""
        with self._lock:
            if self._state == "closed":
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._pause
            changed = self._become("half-open")
        self._tell(changed)
        return True

    def succeeded(self) -> None:
        """A call was answered."""
        with self._lock:
            self._failed = 0
            changed = self._become("closed")
        self._tell(changed)

    def failed(self) -> None:
        """A call was not answered."""
        with self._lock:
            self._failed += 1
            changed: State | None = None
            if self._state != "closed" or self._failed >= self._most:
                self._until = self._clock() + self._pause
                changed = self._become("open")
        self._tell(changed)

    def _become(self, state: State) -> State | None:
        """The new state, None when it is the old one."""
        changed = state if state != self._state else None
        self._state = state
        return changed

    def _tell(self, changed: State | None) -> None:
        if changed is not None:
            self._on_change(changed)
