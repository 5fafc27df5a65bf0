"""An index as of one commit, and what keeps up with commits."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

import tantivy

from indexer.codec import decode
from indexer.document import OptionDocument
from indexer.embedded import checkpoint
from indexer.embedded.columns import Columns, Frozen
from indexer.embedded.generations import open_index
from indexer.embedded.shape import payload, read_row, schema
from indexer.engine import IndexUnreadable

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

#: Documents kept decoded by a process: some 5 KB each.
DOCUMENTS_KEPT: Final = 4_000

#: Memory for answers to parts of a question that a view keeps; the greatest, a circle, is 11 bytes a row.
PARTS_BYTES: Final = 64_000_000

#: Rows found, and of those decoded, at once when a view catches up: bounds what is held twice.
_CHUNK: Final = 100_000
_DECODED: Final = 2_000


class Recent:
    """What was used last, bounded, safe among threads. Two may make the same thing: both are right."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under that key, made if absent."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                kept: T = self._kept[key]
                return kept
        made = make()
        self.keep({key: made})
        return made

    def known(self, keys: Iterable[K]) -> dict[K, Any]:
        """What is kept under those keys, of what is kept."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        return found

    def keep(self, made: Mapping[Any, Any]) -> None:
        """Keep those too, and forget what was used least."""
        with self._lock:
            self._kept.update(made)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


class View:
    """An index as of one commit: a searcher over its words, and its columns. Never changes."""

    def __init__(self, searcher: tantivy.Searcher, columns: Frozen, documents: Recent) -> None:
        self.searcher = searcher
        self.columns = columns
        self.schema = _SCHEMA
        self.documents = documents
        #: Answers to parts of a question (a text, a circle, a filter), which the next one often asks again.
        self.parts = Recent(max(8, min(128, PARTS_BYTES // (11 * columns.rows + 1))))
        #: Answers to texts, apart: a match asks the same few hundred phrases for everybody, and each costs
        #: several times a circle. A text is found in an eighth of the rows at most, 16 bytes each.
        self.texts = Recent(max(32, min(512, PARTS_BYTES // (2 * columns.rows + 1))))

    def fetch(self, rows: Iterable[int]) -> list[OptionDocument]:
        """The documents of rows in force, in their order."""
        rids = [int(self.columns.rids[row]) for row in rows]
        found = self.documents.known(rids)
        missing = [rid for rid in rids if rid not in found]
        if missing:
            read = self._read(missing)
            self.documents.keep(read)
            found |= read
        return [found[rid] for rid in rids]

    def _read(self, rids: list[int]) -> dict[int, OptionDocument]:
        # One clause a row: a set of terms costs four times as much on numbers.
        clauses = [(tantivy.Occur.Should, tantivy.Query.term_query(self.schema, "rid", rid)) for rid in rids]
        query = tantivy.Query.boolean_query(clauses)
        addresses = [address for _, address in self.searcher.search(query, limit=len(rids), count=False).hits]
        found = self.searcher.fast_field_values("rid", addresses)
        read = {int(rid or 0): address for rid, address in zip(found, addresses, strict=True)}
        if len(read) < len(set(rids)):
            raise IndexUnreadable("documents missing from the index", missing=len(set(rids)) - len(read))
        return {rid: decode(payload(self.searcher.doc(address))) for rid, address in read.items()}


def empty_view() -> View:
    """The view of an index that does not exist."""
    return View(tantivy.Index(_SCHEMA).searcher(), Columns().freeze(), Recent(1))


class Follower:
    """One generation, kept up with its commits. Raises as `open_index`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = open_index(folder)
        self._columns, self._last_rid = checkpoint.load(folder) or (Columns(), 0)
        self._saved_rid = self._last_rid
        self._documents = Recent(DOCUMENTS_KEPT)
        self._seen: tuple[int, int, int] | None = None
        self._lock = threading.Lock()
        self.view = self._catch_up()

    def moved(self) -> bool:
        """Whether a commit or a merge happened since the last look: one `stat`."""
        return self._mark() != self._seen

    def refresh(self, *, wait: bool) -> View:
        """The view as of the last commit; without `wait`, the one at hand while another thread makes it."""
        if not self._lock.acquire(blocking=wait):
            return self.view
        try:
            if self.moved():
                self.view = self._catch_up()
        finally:
            self._lock.release()
        return self.view

    @property
    def next_rid(self) -> int:
        """The number of the next row: above all that were committed."""
        return self._last_rid + 1

    def save(self, *, at_least: int) -> None:
        """Save the columns for those who will open this generation, when so many rows came in since. Call as
        its writer, after a commit."""
        with self._lock:
            if self._last_rid - self._saved_rid >= at_least:
                # A shortcut that cannot be saved (a full disk) is no reason to fail what was committed.
                with suppress(OSError):
                    checkpoint.save(self.folder, self._columns, self._last_rid)
                    self._saved_rid = self._last_rid

    def _catch_up(self) -> View:
        seen = self._mark()
        try:
            self.index.reload()
            searcher = self.index.searcher()
            while self._read_chunk(searcher):
                pass
        except (OSError, ValueError) as error:
            raise IndexUnreadable("index cannot be read", folder=str(self.folder)) from error
        self._seen = seen
        return View(searcher, self._columns.freeze(), self._documents)

    def _read_chunk(self, searcher: tantivy.Searcher) -> bool:
        """Take in the next rows; False when there are none."""
        later = tantivy.Query.range_query(
            _SCHEMA, "rid", tantivy.FieldType.Unsigned, lower_bound=self._last_rid, include_lower=False
        )
        found = searcher.search(
            later, limit=_CHUNK, count=False, order_by_field="rid", order=tantivy.Order.Asc
        ).hits
        if found:
            for start in range(0, len(found), _DECODED):
                some = found[start : start + _DECODED]
                rows = [read_row(searcher.doc(address)) for _, address in some]
                self._columns.append([rid for rid, _ in some], rows)
                self._last_rid = some[-1][0]
        return len(found) == _CHUNK

    def _mark(self) -> tuple[int, int, int]:
        try:
            told = (self.folder / "meta.json").stat()
        except OSError as error:
            raise IndexUnreadable("index cannot be read", folder=str(self.folder)) from error
        return told.st_ino, told.st_mtime_ns, told.st_size


_SCHEMA: Final = schema()
