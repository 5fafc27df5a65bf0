"""An engine asked with care: never longer than a reader waits, not at all while it is known to be away.

Whatever is asked of it raises EngineUnavailable, soon, when the engine is away, hangs, or has lost its index.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, Protocol, TypeVar

from indexer.breaker import Breaker
from indexer.document import OptionDocument
from indexer.engine import (
    EngineError,
    EngineStatus,
    EngineUnavailable,
    Page,
    SearchReader,
    Suggestion,
    Window,
)
from indexer.query import Query
from indexer.table import Table
from indexer.waiting import Crowded, Waiting

T = TypeVar("T")
#: `failed`: it did not answer, or not in time; `refused`: it was left alone.
Outcome = Literal["ok", "failed", "refused"]

#: Questions of a process that may wait for an engine that hangs.
WAITING: Final = 16


class Watch(Protocol):
    """Who counts what becomes of questions."""

    def __call__(self, verb: str, outcome: Outcome, seconds: float) -> None:
        """One question was answered, or not, after so many seconds."""


class Guarded:
    """A `SearchReader` that answers soon or raises EngineUnavailable. `seconds`: how long it may take; None
    for an engine of this process, which does not hang and needs no thread beside."""

    def __init__(
        self,
        engine: SearchReader,
        breaker: Breaker,
        *,
        seconds: float | None = None,
        watch: Watch = lambda *_: None,
    ) -> None:
        self._engine = engine
        self._breaker = breaker
        self._watch = watch
        self._waiting = Waiting(seconds, most=WAITING) if seconds else None

    def search(self, query: Query, *, limit: int, offset: int = 0) -> Page:
        """As `SearchReader.search`."""
        return self.search_many([Window(query=query, limit=limit, offset=offset)])[0]

    def search_many(self, windows: Sequence[Window]) -> list[Page]:
        """As `SearchReader.search_many`."""

        def ask() -> list[Page]:
            pages = self._engine.search_many(windows)
            return self._believed(pages, empty=not any(page.total for page in pages))

        return self._ask("search", ask)

    def table(self, windows: Sequence[Window]) -> Table:
        """As `SearchReader.table`."""

        def ask() -> Table:
            found = self._engine.table(windows)
            return self._believed(found, empty=not found.ids)

        return self._ask("table", ask)

    def count(self, queries: Sequence[Query]) -> list[int]:
        """As `SearchReader.count`."""

        def ask() -> list[int]:
            counts = self._engine.count(queries)
            return self._believed(counts, empty=not any(counts))

        return self._ask("count", ask)

    def get(self, ids: Iterable[str]) -> dict[str, OptionDocument]:
        """As `SearchReader.get`."""
        wanted = list(ids)

        def ask() -> dict[str, OptionDocument]:
            found = self._engine.get(wanted)
            return self._believed(found, empty=not found)

        return self._ask("get", ask)

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        """As `SearchReader.suggest`."""

        def ask() -> list[Suggestion]:
            found = self._engine.suggest(typed, limit=limit)
            return self._believed(found, empty=not found)

        return self._ask("suggest", ask)

    def versions(self) -> Iterator[tuple[str, int]]:
        """As `SearchReader.versions`; it takes the time it takes."""
        return self._engine.versions()

    def exists(self) -> bool:
        """As `SearchReader.exists`."""
        return self._ask("exists", self._engine.exists)

    def status(self) -> EngineStatus:
        """As `SearchReader.status`."""
        return self._ask("status", lambda: self._believed(self._engine.status(), empty=True))

    def close(self) -> None:
        """Wait for the questions that go on; the engine stays open."""
        if self._waiting is not None:
            self._waiting.close()

    def _believed(self, answer: T, *, empty: bool) -> T:
        """The answer. An index that was lost finds nothing, as an empty one does: nothing found is believed
        only of one that is there."""
        if empty and not self._engine.exists():
            raise EngineUnavailable("no index is in service")
        return answer

    def _ask(self, verb: str, ask: Callable[[], T]) -> T:
        if not self._breaker.allows():
            self._watch(verb, "refused", 0.0)
            raise EngineUnavailable("engine is left alone for a moment")
        began = time.monotonic()
        try:
            answer = self._in_time(ask)
        except EngineError:
            self._breaker.failed()
            self._watch(verb, "failed", time.monotonic() - began)
            raise
        self._breaker.succeeded()
        self._watch(verb, "ok", time.monotonic() - began)
        return answer

    def _in_time(self, ask: Callable[[], T]) -> T:
        if self._waiting is None:
            return ask()
        try:
            return self._waiting.ask(ask)
        except Crowded:
            raise EngineUnavailable("too many questions wait for the engine", waiting=WAITING) from None
        except TimeoutError:
            raise EngineUnavailable("engine did not answer in time") from None
