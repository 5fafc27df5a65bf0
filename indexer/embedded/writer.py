"""Puts and deletions into one generation, by version."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Final, TypeVar

import tantivy

from indexer.document import OptionDocument
from indexer.embedded.shape import stored, tombstone
from indexer.embedded.view import Follower
from indexer.engine import EngineBusy, EngineError, EngineUnavailable

T = TypeVar("T")

#: Memory tantivy may fill before it writes a segment; documents committed at once.
HEAP_BYTES: Final = 64_000_000
CHUNK: Final = 5_000

#: Rows a process that opens the index may have to read one by one: a second or so.
SAVED_EVERY: Final = 50_000


class Writer:
    """The one writer of a generation. Not safe among threads. Raises EngineBusy when there is another."""

    def __init__(self, follower: Follower) -> None:
        self.follower = follower
        try:
            self._writer: tantivy.IndexWriter = follower.index.writer(HEAP_BYTES, 1)
        except ValueError as error:
            if "LockBusy" in str(error):
                raise EngineBusy("another process writes to this index") from error
            raise EngineUnavailable("index cannot be written", folder=str(follower.folder)) from error

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """Store or replace, unless a higher version is held; durable when it returns."""
        for chunk in _chunks(documents, CHUNK):
            changes = Changes()
            changes.put(chunk)
            self.write(changes)

    def delete(self, versions: Mapping[str, int]) -> None:
        """Leave a tombstone for each, unless a higher version is held; durable when it returns."""
        for chunk in _chunks(versions.items(), CHUNK):
            changes = Changes()
            changes.delete(dict(chunk))
            self.write(changes)

    def close(self) -> None:
        """Wait for merges and give the lock back."""
        self._writer.wait_merging_threads()

    def write(self, changes: "Changes") -> None:
        """Commit changes, those left out that a higher version held forestalls."""
        follower = self.follower
        columns = follower.refresh(wait=True).columns
        rid = follower.next_rid
        try:
            for option_id, (version, kept) in changes.items():
                held = columns.held(option_id)
                if held is not None:
                    if held > version:
                        continue
                    self._writer.delete_documents_by_term("id", option_id)
                kept.add_unsigned("rid", rid)
                self._writer.add_document(kept)
                rid += 1
            if rid > follower.next_rid:
                self._writer.commit()
        except (OSError, ValueError) as error:
            self._writer.rollback()
            raise EngineUnavailable("commit failed, nothing of it was kept", reason=str(error)) from error
        follower.refresh(wait=True)
        follower.save(at_least=SAVED_EVERY)


class Changes(dict[str, tuple[int, tantivy.Document]]):
    """One change an id, ready to be written: the highest version, the last of equals. Raises EngineError,
    which blames the document and not the engine, for one that cannot be stored."""

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """Add documents."""
        for document in documents:
            self._add(document.id, document.version, partial(stored, document))

    def delete(self, versions: Mapping[str, int]) -> None:
        """Add deletions."""
        for option_id, version in versions.items():
            self._add(option_id, version, partial(tombstone, option_id, version))

    def _add(self, option_id: str, version: int, make: Callable[[], tantivy.Document]) -> None:
        if option_id in self and self[option_id][0] > version:
            return
        try:
            self[option_id] = (version, make())
        except ValueError as error:
            raise EngineError("document cannot be stored", id=option_id, reason=str(error)) from error


def _chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(things)
    while chunk := list(islice(remaining, size)):
        yield chunk
