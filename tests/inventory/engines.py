"""An index in memory that keeps the promises of the port, and can be told to fail."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from indexer.document import DOCUMENT_VERSION, OptionDocument
from indexer.engine import EngineStatus, EngineUnavailable, Page, RebuildRefused, Suggestion, Window
from indexer.query import Query
from indexer.table import Table


class Poisoned(Exception):
    """What a document raises that cannot be written."""


class MemoryIndex:
    """Documents by id, held off by version, deletions remembered."""

    def __init__(self, poison: Iterable[str] = ()) -> None:
        self.documents: dict[str, OptionDocument] = {}
        self.highest: dict[str, int] = {}
        self.poison = set(poison)

    def put(self, documents: Iterable[OptionDocument]) -> None:
        for document in documents:
            if document.id in self.poison:
                raise Poisoned(f"cannot write {document.nom}")
            if document.version >= self.highest.get(document.id, 0):
                self.highest[document.id] = document.version
                self.documents[document.id] = document

    def delete(self, versions: Mapping[str, int]) -> None:
        for option_id, version in versions.items():
            if version >= self.highest.get(option_id, 0):
                self.highest[option_id] = version
                self.documents.pop(option_id, None)


class MemoryEngine:
    """The port over a `MemoryIndex`. `down` makes it refuse; `meanwhile` is called before every write."""

    def __init__(self, *, poison: Iterable[str] = ()) -> None:
        self.index = MemoryIndex(poison)
        self.down = False
        self.meanwhile: Callable[[], None] = lambda: None
        self.writes = 0

    @property
    def names(self) -> dict[str, str]:
        """What is found: id → name."""
        return {option_id: document.nom for option_id, document in self.index.documents.items()}

    def put(self, documents: Iterable[OptionDocument]) -> None:
        self._answer()
        self.meanwhile()
        self.writes += 1
        self.index.put(documents)

    def delete(self, versions: Mapping[str, int]) -> None:
        self._answer()
        self.index.delete(versions)

    def refresh(self) -> None:
        self._answer()

    @contextmanager
    def fresh_index(self, *, force: bool = False) -> Iterator[MemoryIndex]:
        self._answer()
        fresh = MemoryIndex(self.index.poison)
        yield fresh
        if 2 * len(fresh.documents) < len(self.index.documents) and not force:
            raise RebuildRefused("too small")
        self.index = fresh

    def get(self, ids: Iterable[str]) -> dict[str, OptionDocument]:
        self._answer()
        return {one: self.index.documents[one] for one in ids if one in self.index.documents}

    def versions(self) -> Iterator[tuple[str, int]]:
        self._answer()
        return iter(sorted((one.id, one.version) for one in self.index.documents.values()))

    def exists(self) -> bool:
        self._answer()
        return True

    def status(self) -> EngineStatus:
        self._answer()
        return EngineStatus(
            name="memory",
            documents=len(self.index.documents),
            size_bytes=None,
            document_version=DOCUMENT_VERSION,
        )

    def close(self) -> None:
        pass

    # Searching is the engines' own business: tests/engines.
    def search(self, query: Query, *, limit: int, offset: int = 0) -> Page:
        raise NotImplementedError

    def search_many(self, windows: Sequence[Window]) -> list[Page]:
        raise NotImplementedError

    def table(self, windows: Sequence[Window]) -> Table:
        raise NotImplementedError

    def count(self, queries: Sequence[Query]) -> list[int]:
        raise NotImplementedError

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        raise NotImplementedError

    def _answer(self) -> None:
        if self.down:
            raise EngineUnavailable("engine did not answer")
