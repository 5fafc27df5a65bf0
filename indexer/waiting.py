"""Calls in threads of their own, none waited for longer than so many seconds.

What does not answer goes on in its thread until it ends by itself; so many at most do.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar

T = TypeVar("T")


class Crowded(Exception):
    """Too many calls wait already."""


class Waiting:
    """At most `most` calls at once, each waited for `seconds`."""

    def __init__(self, seconds: float, *, most: int) -> None:
        self._seconds = seconds
        self._room = BoundedSemaphore(most)
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="waiting")

    def ask(self, call: Callable[[], T]) -> T:
        """What the call returns, or raises. Raises TimeoutError when it does not in time, Crowded at once
        when others wait already."""
        if not self._room.acquire(blocking=False):
            raise Crowded
        answer = self._threads.submit(call)
        answer.add_done_callback(lambda _: self._room.release())
        return answer.result(self._seconds)

    def close(self) -> None:
        """Wait for what goes on, and end the threads."""
        self._threads.shutdown(wait=True)
