"""The port, on one machine: `indexer.engine.SearchEngine` over a folder."""

import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Final

from indexer.document import DOCUMENT_VERSION, OptionDocument
from indexer.embedded.answers import answer, count
from indexer.embedded.fresh import Filling, filling
from indexer.embedded.generations import Generations, size
from indexer.embedded.suggestions import suggestions
from indexer.embedded.tables import table
from indexer.embedded.view import Follower, View, empty_view
from indexer.embedded.writer import Writer
from indexer.engine import EngineStatus, EngineUnavailable, Page, Suggestion, Window
from indexer.query import Query
from indexer.table import Table

#: How long a reader trusts its view before looking at the files again: a change shows within it.
LOOK_EVERY_SECONDS: Final = 0.05


class EmbeddedEngine:
    """A `SearchEngine` over a folder, safe among threads; other processes may read it and one may write.
    To be made after a fork. A folder that does not exist is an empty index."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._view: View | None = None
        self._follower: Follower | None = None
        self._looked = 0.0
        self._looking = threading.RLock()
        self._writing = threading.RLock()
        self._owner: IO[bytes] | None = None
        self._writer: Writer | None = None

    def search(self, query: Query, *, limit: int, offset: int = 0) -> Page:
        """As `SearchReader.search`."""
        return answer(self._now(), Window(query=query, limit=limit, offset=offset))

    def search_many(self, windows: Sequence[Window]) -> list[Page]:
        """As `SearchReader.search_many`; all from the same commit."""
        view = self._now()
        return [answer(view, window) for window in windows]

    def count(self, queries: Sequence[Query]) -> list[int]:
        """As `SearchReader.count`; all from the same commit."""
        view = self._now()
        return [count(view, query) for query in queries]

    def table(self, windows: Sequence[Window]) -> Table:
        """As `SearchReader.table`; all from the same commit."""
        return table(self._now(), windows)

    def get(self, ids: Iterable[str]) -> dict[str, OptionDocument]:
        """As `SearchReader.get`."""
        view = self._now()
        rows = {option_id: view.columns.find(option_id) for option_id in ids}
        known = {one: row for one, row in rows.items() if row is not None and view.columns.alive[row]}
        return dict(zip(known, view.fetch(known.values()), strict=True))

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        """As `SearchReader.suggest`."""
        return suggestions(self._now(), typed, limit)

    def versions(self) -> Iterator[tuple[str, int]]:
        """As `SearchReader.versions`."""
        columns = self._now().columns
        for row in columns.order:
            if columns.alive[row]:
                yield columns.ids[row], int(columns.versions[row])

    def exists(self) -> bool:
        """As `SearchReader.exists`."""
        self._now()  # unless its files say otherwise
        return self._generations.current() is not None

    def status(self) -> EngineStatus:
        """As `SearchReader.status`."""
        documents = int(self._now().columns.alive.sum())
        folder = self._generations.current()
        bytes_held = 0 if folder is None else size(folder)
        return EngineStatus(
            name="embedded", documents=documents, size_bytes=bytes_held, document_version=DOCUMENT_VERSION
        )

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """As `SearchEngine.put`."""
        for some in _batches(documents):
            with self._written() as writer:
                writer.put(some)

    def delete(self, versions: Mapping[str, int]) -> None:
        """As `SearchEngine.delete`."""
        if versions:
            with self._written() as writer:
                writer.delete(versions)

    def refresh(self) -> None:
        """As `SearchEngine.refresh`."""
        self._look(wait=True)

    @contextmanager
    def fresh_index(self, *, force: bool = False) -> Iterator[Filling]:
        """As `SearchEngine.fresh_index`. What another process writes meanwhile to the index in service is
        carried over before the pointer moves."""
        with filling(self._generations, force=force) as fresh:
            yield fresh
        with self._looking:
            # This process has just read the new index whole, while it wrote it.
            self._follower = fresh.follower
            self._look(wait=True)

    def close(self) -> None:
        """As `SearchEngine.close`."""
        with self._writing:
            self._give_back()

    def _give_back(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._owner is not None:
            self._owner.close()
            self._owner = None

    def _now(self) -> View:
        """The view at hand, looked after at most every `LOOK_EVERY_SECONDS`."""
        view = self._view
        if view is not None and time.monotonic() - self._looked < LOOK_EVERY_SECONDS:
            return view
        return self._look(wait=view is None)

    def _look(self, *, wait: bool) -> View:
        """The view of the last commit of the generation in service. Without `wait`, the one at hand while
        another thread makes it: nobody queues behind a rebuild that comes into service."""
        if not self._looking.acquire(blocking=wait):
            return self._view or self._look(wait=True)
        try:
            self._view = self._see()
            self._looked = time.monotonic()
            return self._view
        finally:
            self._looking.release()

    def _see(self) -> View:
        folder = self._generations.current()
        if folder is None:
            self._follower = None
            return empty_view()
        try:
            if self._follower is None or self._follower.folder != folder:
                self._follower = Follower(folder)
            return self._follower.refresh(wait=True)
        except EngineUnavailable:
            if self._generations.current() == folder:
                raise
            # Two rebuilds came into service since the pointer was read, and took the folder away.
            return self._see()

    @contextmanager
    def _written(self) -> Iterator[Writer]:
        """The writer of the generation in service, while no pointer moves. Taken at the first need."""
        with self._writing:
            if self._owner is not None and not self._generations.owns(self._owner):
                self._give_back()
            if self._owner is None:
                self._owner = self._generations.own()
            with self._generations.committing():
                if self._generations.current() is None:
                    self._generations.put_in_service(self._generations.create())
                yield self._writer_in_service()

    def _writer_in_service(self) -> Writer:
        self._look(wait=True)
        follower = self._follower
        if follower is None:
            raise EngineUnavailable("index folder vanished", folder=str(self._generations.root))
        if self._writer is None or self._writer.follower is not follower:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._writer = Writer(follower)
        return self._writer


def _batches(documents: Iterable[OptionDocument]) -> Iterator[list[OptionDocument]]:
    """What is put at once: a rebuild elsewhere waits no longer than one of these to come into service."""
    remaining = iter(documents)
    while some := list(islice(remaining, 5_000)):
        yield some
