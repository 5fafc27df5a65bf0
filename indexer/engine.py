"""The port to a search engine: few verbs, our words, every exception named.

Called by the relay and the rebuild (`put`, `delete`, `refresh`, `fresh_index`), by `matching.recall` and the
directory's doors (`search`, `search_many`, `count`, `get`, `suggest`), by the drift check (`versions`) and
`jalon index status` (`status`). Implemented by `indexer.embedded` and, beyond one machine, by
`indexer.opensearch`.

Errors:

    EngineError
    ├── EngineUnavailable    the engine did not answer, or its index cannot be read now; try again later
    │   └── IndexUnreadable  its files are lost or damaged: rebuild it
    │   ├── EngineUntrusted  its certificate is of no authority this installation knows
    │   └── EngineForbids    it does not know this user, or does not let them
    ├── EngineBusy           another process owns the writer
    ├── IndexOutdated        the index was made in another format: rebuild it (`jalon index rebuild`)
    └── RebuildRefused       the new index is suspiciously small beside the old one
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from indexer.document import OptionDocument
from indexer.query import Field, Query
from indexer.table import Table


class EngineError(Exception):
    """Base of what an engine raises. Carries facts as keyword arguments, for the log."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


class EngineUnavailable(EngineError):
    """The engine did not answer, or its index cannot be read now."""


class EngineUntrusted(EngineUnavailable):
    """The engine's certificate is of no authority this installation knows."""


class EngineForbids(EngineUnavailable):
    """The engine does not know this user, or does not let them."""


class IndexUnreadable(EngineUnavailable):
    """The files of the index are lost or damaged; it must be rebuilt."""


class EngineBusy(EngineError):
    """Another process owns the writer of this index."""


class IndexOutdated(EngineError):
    """The index on disk was made in another format; it must be rebuilt."""


class RebuildRefused(EngineError):
    """The new index holds suspiciously fewer documents than the one in service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document found. `distance_km` is to its nearest point, None when it is had remotely or no place
    was asked; `on_site` says whether it can be had on site inside the radius."""

    document: OptionDocument
    score: float
    distance_km: float | None
    on_site: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A slice of an answer: exact totals, the on-site and remote ones apart (a mixed option reachable on
    site counts as on site). Facets: field → value → count, values that count nothing left out."""

    hits: tuple[Hit, ...]
    total: int
    on_site: int
    remote: int
    facets: Mapping[Field, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One question and the slice wanted of its answer."""

    query: Query
    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a box that completes as one types shows (`label`) and sends (`code`), and what it is (`type`)."""

    label: str
    code: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """`size_bytes` is None where the engine cannot tell."""

    name: str
    documents: int
    size_bytes: int | None
    document_version: int


class SearchReader(Protocol):
    """What those who only read need."""

    def search(self, query: Query, *, limit: int, offset: int = 0) -> Page:
        """The hits of a question in its order. Raises EngineUnavailable, IndexOutdated."""

    def search_many(self, windows: Sequence[Window]) -> list[Page]:
        """Several questions in one round trip, answers in the order asked. Raises as `search`."""

    def table(self, windows: Sequence[Window]) -> Table:
        """The hits of several questions about one place, each option once, as columns and without fetching
        them where the engine can. Raises as `search`."""

    def count(self, queries: Sequence[Query]) -> list[int]:
        """How many documents each question finds, exactly, fetching none. Raises as `search`."""

    def get(self, ids: Iterable[str]) -> dict[str, OptionDocument]:
        """The documents of those ids; an unknown one is absent. Raises as `search`."""

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        """Options whose name holds words beginning as typed, `type` being the kind. Raises as `search`."""

    def versions(self) -> Iterator[tuple[str, int]]:
        """Every document's id and version, by id: what the drift check compares. Raises as `search`."""

    def exists(self) -> bool:
        """Whether an index was made: one that was not, or was lost, answers as an empty one. Raises as
        `search`."""

    def status(self) -> EngineStatus:
        """Raises EngineUnavailable, IndexOutdated."""


class SearchEngine(SearchReader, Protocol):
    """What the one who writes needs."""

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """Store or replace by id, unless the index holds that id at a higher version (deletions included).
        Safe to repeat; durable when it returns. Raises EngineUnavailable, EngineBusy."""

    def delete(self, versions: Mapping[str, int]) -> None:
        """Withdraw those ids as of those versions: a later `put` of a lower version stays out.
        Unknown ids are fine. Raises EngineUnavailable, EngineBusy."""

    def refresh(self) -> None:
        """What was put before is found by this process's next search. Raises EngineUnavailable."""

    def fresh_index(self, *, force: bool = False) -> AbstractContextManager["FreshIndex"]:
        """Fill a new index beside the one in service; leaving the block without error puts it in service at
        once and atomically, leaving it with one removes it and keeps the old. Raises RebuildRefused at the
        end when it holds under half of the old one's documents, unless `force`."""

    def close(self) -> None:
        """Give back the writer and the files."""


class FreshIndex(Protocol):
    """An index being filled; nobody searches it yet."""

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """As `SearchEngine.put`."""

    def delete(self, versions: Mapping[str, int]) -> None:
        """As `SearchEngine.delete`."""
