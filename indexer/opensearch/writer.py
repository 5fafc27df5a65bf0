"""Puts and deletions, by version.

A write is an index operation with the option's own version (`external_gte`): sent twice or late it changes
nothing, so that whatever fails for a moment is simply sent again. Deletions leave a tombstone, for OpenSearch
forgets the version of what it deletes after a minute.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from indexer.document import OptionDocument
from indexer.engine import EngineError
from indexer.opensearch.client import Client, TryAgain, lines, refusal
from indexer.opensearch.shape import stored, tombstone

#: Sent at once, at most: what a node takes in without holding up its searches.
CHUNK_BYTES: Final = 5_000_000
CHUNK_DOCUMENTS: Final = 1_000

#: Bytes of an id that OpenSearch holds; a longer one would have the whole batch refused.
ID_BYTES: Final = 512

#: Tries, and the longest wait before the second; it doubles from one to the next. Five seconds in all.
TRIES: Final = 6
_WAIT_SECONDS: Final = 0.2

_CONFLICT: Final = 409


@dataclass(frozen=True, slots=True)
class _Write:
    """One write and its place in a batch, as sent."""

    option_id: str
    sent: bytes


class Writer:
    """Writes through an alias. Safe among threads. `pause` waits that many seconds."""

    def __init__(self, client: Client, alias: str, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._alias = alias
        self._pause = pause

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """Store or replace, unless a higher version is held; durable when it returns. Raises EngineError for
        a document that cannot be stored, EngineUnavailable."""
        self._write(_put(document) for document in documents)

    def delete(self, versions: Mapping[str, int]) -> None:
        """Leave a tombstone for each, unless a higher version is held; durable when it returns. Raises
        EngineUnavailable."""
        self._write(
            _operation(option_id, version, tombstone(option_id, version))
            for option_id, version in versions.items()
            if _holdable(option_id)
        )

    def _write(self, writes: Iterable[_Write]) -> None:
        for chunk in _chunks(writes):
            self._send_until_taken(chunk)

    def _send_until_taken(self, chunk: list[_Write]) -> None:
        longest = _WAIT_SECONDS
        for remaining in range(TRIES - 1, -1, -1):
            try:
                chunk = self._send(chunk)
            except TryAgain:
                if not remaining:
                    raise
            if not chunk:
                return
            if remaining:
                self._pause(random.uniform(longest / 2, longest))  # noqa: S311  so that two do not keep step
                longest *= 2
        raise TryAgain("engine took only a part of what was sent", left=len(chunk))

    def _send(self, chunk: list[_Write]) -> list[_Write]:
        """Send once; those to be sent again."""
        body = b"".join(write.sent for write in chunk)
        told = self._client.work("POST", f"/{self._alias}/_bulk", body, require_alias="true")
        if told is None:
            raise TryAgain("index is gone", alias=self._alias)
        answers = [item["index"] for item in told["items"]]
        return [write for write, answer in zip(chunk, answers, strict=True) if not _taken(write, answer)]


def _taken(write: _Write, answer: Mapping[str, Any]) -> bool:
    """Whether a write is done with: stored, or forestalled by a higher version. False when it is to be sent
    again. Raises EngineError for a document at fault, EngineUnavailable."""
    error = answer.get("error")
    if error is None or answer["status"] == _CONFLICT:
        return True
    kind = str(error.get("type"))
    if kind.startswith(("mapper_", "strict_dynamic_", "illegal_argument_", "parsing_", "input_coercion_")):
        raise EngineError("document cannot be stored", id=write.option_id, kind=kind)
    refused = refusal(int(answer["status"]), kind)
    if isinstance(refused, TryAgain):
        return False
    raise refused


def _put(document: OptionDocument) -> _Write:
    if not _holdable(document.id):
        raise EngineError("document cannot be stored", id=document.id, reason="id too long")
    try:
        return _operation(document.id, document.version, stored(document))
    except (ValueError, TypeError) as error:
        raise EngineError("document cannot be stored", id=document.id, reason=str(error)) from error


def _holdable(option_id: str) -> bool:
    return len(option_id.encode(errors="surrogatepass")) <= ID_BYTES


def _operation(option_id: str, version: int, body: dict[str, Any]) -> _Write:
    action = {"index": {"_id": option_id, "version": version, "version_type": "external_gte"}}
    return _Write(option_id, lines(action, body))


def _chunks(writes: Iterable[_Write]) -> Iterator[list[_Write]]:
    chunk: list[_Write] = []
    size = 0
    for write in writes:
        if chunk and (size + len(write.sent) > CHUNK_BYTES or len(chunk) == CHUNK_DOCUMENTS):
            yield chunk
            chunk, size = [], 0
        chunk.append(write)
        size += len(write.sent)
    if chunk:
        yield chunk
