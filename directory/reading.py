"""What one request reads with: the index, or the rows themselves from the first time the index fails it.

So a request is answered by one of them from there on, and can say which.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from directory.clock import PARIS, Clock
from directory.inventory.reduced import RowSearch
from indexer.document import OptionDocument
from indexer.engine import EngineError, EngineStatus, Page, SearchReader, Suggestion, Window
from indexer.query import Query
from indexer.table import Table

T = TypeVar("T")

#: Seconds within which a page is answered, the wait for an engine that hangs included.
PAGE_SECONDS: Final = 0.9
#: What the rows are given at the least, late as it may be.
LEAST_SECONDS: Final = 0.3

AWAY: Final = "La recherche habituelle ne répond pas : voici ce que nos fiches disent par thème, lieu et nom."
WORDS: Final = "Les mots ne sont cherchés que dans les noms et les thèmes, tels qu’ils sont écrits."
COUNTS: Final = "Les décomptes manquent."
MATCHED: Final = "Les options sont trouvées par leurs thèmes et leur lieu, sans les mots de leur description."
CAPPED: Final = "Seules les plus proches, ou les plus récentes, sont montrées."
BACK: Final = "Tout revient de soi-même dès que possible."


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader is told of an answer that is less than usual: when it was made (in France), and what it
    lacks."""

    at: datetime
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.sentences)


def told(notice: Notice | None) -> dict[str, Any]:
    """The members of a JSON answer that say whether it is less than usual."""
    return {
        "degraded": notice is not None,
        "degraded_at": notice.at.isoformat(timespec="seconds") if notice else None,
        "notice": notice.text if notice else None,
    }


class Reading:
    """A `SearchReader` for one request. `rows` gives a reader over the rows until a moment of
    `time.monotonic`. Raises what the rows raise, once they are what is read."""

    def __init__(self, index: SearchReader, rows: Callable[[float], RowSearch], clock: Clock) -> None:
        self._index = index
        self._open_rows = rows
        self._clock = clock
        self._rows: RowSearch | None = None
        self._until = time.monotonic() + PAGE_SECONDS

    def notice(self, *, words: bool = False, counts: bool = False, matched: bool = False) -> Notice | None:
        """What to tell the reader, for what was asked; None when the index answered all of it."""
        if self._rows is None:
            return None
        apply = {WORDS: words, COUNTS: counts, MATCHED: matched, CAPPED: self._rows.capped}
        sentences = (AWAY, *(sentence for sentence, true in apply.items() if true), BACK)
        return Notice(self._clock().astimezone(PARIS), sentences)

    def search(self, query: Query, *, limit: int, offset: int = 0) -> Page:
        """As `SearchReader.search`."""
        return self._ask(lambda reader: reader.search(query, limit=limit, offset=offset))

    def search_many(self, windows: Sequence[Window]) -> list[Page]:
        """As `SearchReader.search_many`."""
        return self._ask(lambda reader: reader.search_many(windows))

    def table(self, windows: Sequence[Window]) -> Table:
        """As `SearchReader.table`."""
        return self._ask(lambda reader: reader.table(windows))

    def count(self, queries: Sequence[Query]) -> list[int]:
        """As `SearchReader.count`."""
        return self._ask(lambda reader: reader.count(queries))

    def get(self, ids: Iterable[str]) -> dict[str, OptionDocument]:
        """As `SearchReader.get`."""
        wanted = list(ids)
        return self._ask(lambda reader: reader.get(wanted))

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        """As `SearchReader.suggest`."""
        return self._ask(lambda reader: reader.suggest(typed, limit=limit))

    def versions(self) -> Iterator[tuple[str, int]]:
        """As `SearchReader.versions`."""
        return self._ask(lambda reader: reader.versions())

    def exists(self) -> bool:
        """As `SearchReader.exists`."""
        return self._ask(lambda reader: reader.exists())

    def status(self) -> EngineStatus:
        """As `SearchReader.status`."""
        return self._ask(lambda reader: reader.status())

    def _ask(self, ask: Callable[[SearchReader], T]) -> T:
        if self._rows is None:
            try:
                return ask(self._index)
            except EngineError:
                self._rows = self._open_rows(max(self._until, time.monotonic() + LEAST_SECONDS))
        return ask(self._rows)
