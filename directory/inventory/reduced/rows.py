"""The port of the search, over the rows: slower, poorer, and there whenever the database is."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy.orm import Session, sessionmaker

from directory.inventory import loading
from directory.inventory.lists import count_options
from directory.inventory.reduced import candidates
from directory.inventory.reduced.naming import named
from directory.inventory.reduced.patience import patient
from directory.inventory.reduced.pools import Pool, together, without_words
from indexer.document import DOCUMENT_VERSION, Kind, OptionDocument
from indexer.engine import EngineStatus, Hit, Page, Suggestion, Window
from indexer.judging import Subject, in_order, judge
from indexer.outbox import StoreUnavailable
from indexer.query import Query
from indexer.table import Table
from indexer.tabulation import tabulate

#: What making the documents of rows already found may take beyond it.
_TO_READ_SECONDS: Final = 0.3


class RowSearch:
    """A `SearchReader` over the rows, for one request, until that moment of `time.monotonic`. Beside what
    `indexer.judging` leaves out it counts no facet and sees of each kind some hundreds of rows at most
    (`capped` tells that there were more). Raises `indexer.outbox.StoreUnavailable` when the database is away
    or the time is over."""

    def __init__(self, sessions: sessionmaker[Session], until: float) -> None:
        self._sessions = sessions
        self._until = until
        self._pools: list[Pool] = []
        self._subjects: dict[str, Subject] = {}
        self.capped = False

    def search(self, query: Query, *, limit: int, offset: int = 0) -> Page:
        """As `SearchReader.search`, but for facets."""
        return self.search_many([Window(query=query, limit=limit, offset=offset)])[0]

    def search_many(self, windows: Sequence[Window]) -> list[Page]:
        """As `SearchReader.search_many`, but for facets."""
        # Asked for its counts alone, which rows do not give.
        idle = [window.limit <= 0 and bool(window.query.facets) for window in windows]
        found = iter(
            self._find([one.query for one, for_counts in zip(windows, idle, strict=True) if not for_counts])
        )
        return [_page([] if idle[n] else next(found), window) for n, window in enumerate(windows)]

    def table(self, windows: Sequence[Window]) -> Table:
        """As `SearchReader.table`, from the documents."""
        return tabulate(self.search_many(windows))

    def count(self, queries: Sequence[Query]) -> list[int]:
        """As `SearchReader.count`, as far as rows are seen."""
        return [len(hits) for hits in self._find(queries)]

    def get(self, ids: Iterable[str]) -> dict[str, OptionDocument]:
        """As `SearchReader.get`."""
        return dict(loading.load(self._sessions)(list(ids)).documents)

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        """As `SearchReader.suggest`, among the freshest that match."""
        with self._sessions() as session, patient(session, self._until):
            return named(session, typed, limit)

    def versions(self) -> Iterator[tuple[str, int]]:
        """As `SearchReader.versions`."""
        return loading.versions(self._sessions)

    def exists(self) -> bool:
        """As `SearchReader.exists`: the rows are what they are."""
        return True

    def status(self) -> EngineStatus:
        """As `SearchReader.status`."""
        return EngineStatus(
            name="rows",
            documents=count_options(self._sessions),
            size_bytes=None,
            document_version=DOCUMENT_VERSION,
        )

    def _find(self, queries: Sequence[Query]) -> list[list[Hit]]:
        """The hits of each question, in its order."""
        asked = [without_words(query) for query in queries]
        self._pools += [self._gather(one) for one in together([q for q in asked if not self._covering(q)])]
        return [self._look(query) for query in asked]

    def _look(self, query: Query) -> list[Hit]:
        pool = self._covering(query)
        hits = (judge(subject, query) for subject in (pool.subjects if pool else ()))
        return in_order((hit for hit in hits if hit is not None), query.sort)

    def _covering(self, query: Query) -> Pool | None:
        return next((pool for pool in self._pools if pool.covers(query)), None)

    def _gather(self, query: Query) -> Pool:
        found: dict[str, Kind] = {}
        with self._sessions() as session:
            for kind, statement in candidates.statements(query, session.get_bind().dialect.name):
                try:
                    with patient(session, self._until):
                        ids = list(session.scalars(statement))
                except StoreUnavailable:
                    if not found:
                        raise
                    # The rest would come too late: what was found is the nearest.
                    self.capped = True
                    session.rollback()
                    break
                self.capped |= len(ids) >= candidates.MOST
                found |= dict.fromkeys(ids, kind)
            with patient(session, max(self._until, time.monotonic() + _TO_READ_SECONDS)):
                self._read(session, found)
        return Pool(query, tuple(self._subjects[one] for one in found if one in self._subjects))

    def _read(self, session: Session, found: dict[str, Kind]) -> None:
        """The documents of those rows, each made once for all the questions of a request."""
        missing: dict[Kind, list[str]] = {}
        for option_id, kind in found.items():
            if option_id not in self._subjects:
                missing.setdefault(kind, []).append(option_id)
        for kind, ids in missing.items():
            read = loading.read_documents(session, kind, ids)
            self._subjects |= {one.id: Subject.of(one) for one in read}


def _page(hits: list[Hit], window: Window) -> Page:
    on_site = sum(hit.on_site for hit in hits)
    end = window.offset + window.limit
    return Page(
        hits=tuple(hits[window.offset : end]) if window.limit > 0 else (),
        total=len(hits),
        on_site=on_site,
        remote=sum(hit.document.remote and not hit.on_site for hit in hits),
    )
