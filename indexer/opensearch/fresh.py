"""A new index beside the one in service, put in its place when full.

The swap of the alias is one step for whoever searches. What is written to the old index meanwhile is copied
to the new one before the swap, and once more after it, for what reached the old one at the last moment:
versions decide, so that copying twice is copying once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

from indexer.document import OptionDocument
from indexer.engine import EngineUnavailable, IndexOutdated, RebuildRefused
from indexer.opensearch.answers import read_count, read_document
from indexer.opensearch.client import Client
from indexer.opensearch.conditions import IN_FORCE
from indexer.opensearch.indices import Indices, filling_alias
from indexer.opensearch.writer import Writer

_COPIED_AT_ONCE: Final = 500


class Filling:
    """An index being filled; nobody searches it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """As `FreshIndex.put`."""
        self._writer.put(documents)

    def delete(self, versions: Mapping[str, int]) -> None:
        """As `FreshIndex.delete`."""
        self._writer.delete(versions)


@contextmanager
def filling(client: Client, indices: Indices, *, force: bool) -> Iterator[Filling]:
    """A new index to fill; it comes into service when the block ends well, and vanishes when it does not.
    Raises EngineUnavailable, RebuildRefused."""
    old = _in_service(indices)
    done = -1 if old is None else indices.checkpoint(old)
    name = indices.create()
    try:
        yield Filling(Writer(client, filling_alias(name)))
        if old is not None:
            done = _copy(client, indices, old, Writer(client, filling_alias(name)), after=done)
        indices.make_ready(name)
        if old is not None and not force:
            _check_size(client, old, name)
        indices.warm(name)
        previous = indices.swap(name)
    except BaseException:
        # What cannot be deleted now is swept by the next rebuild: the first error is the one to tell.
        with suppress(EngineUnavailable):
            indices.delete(name)
        raise
    if old is not None and previous == old:
        _copy(client, indices, old, Writer(client, indices.alias), after=done)
    indices.sweep(name, previous)


def count_in_force(ask: Callable[[str, str, Any], Any], name: str) -> int:
    """How many documents an index holds, tombstones left out, asked with `Client.read` or `Client.work`."""
    asked = {"query": IN_FORCE, "size": 0, "track_total_hits": True}
    return read_count(ask("POST", f"/{name}/_search", asked))


def _in_service(indices: Indices) -> str | None:
    """The index in service; None when there is none, or one that this version cannot read."""
    try:
        return indices.in_service()
    except IndexOutdated:
        return None


def _copy(client: Client, indices: Indices, old: str, writer: Writer, *, after: int) -> int:
    """Write again what came into the old index after that write; up to which one that is now."""
    indices.refresh(old)
    while hits := _written_after(client, old, after):
        read = [(hit, read_document(hit)) for hit in hits]
        writer.put(document for _, document in read if document is not None)
        writer.delete({hit["_id"]: int(hit["fields"]["version"][0]) for hit, kept in read if kept is None})
        after = int(hits[-1]["sort"][0])
    return after


def _written_after(client: Client, name: str, after: int) -> list[dict[str, Any]]:
    asked = {
        "query": {"range": {"_seq_no": {"gt": after}}},
        "sort": [{"_seq_no": "asc"}],
        "size": _COPIED_AT_ONCE,
        "docvalue_fields": ["version"],
        "track_total_hits": False,
    }
    found: list[dict[str, Any]] = client.work("POST", f"/{name}/_search", asked)["hits"]["hits"]
    return found


def _check_size(client: Client, old: str, new: str) -> None:
    before, after = count_in_force(client.work, old), count_in_force(client.work, new)
    if after * 2 < before:
        raise RebuildRefused("new index holds under half of the old one", before=before, after=after)
