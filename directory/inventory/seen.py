"""What a run of imports has met so far: ids with their line and digest, on disk, so that memory does not grow
with the file. A private throw-away SQLite file beside the inventory's database, whatever that one is."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Self

import orjson

from directory.inventory.records import RecordKind

#: Structures and options have each their own ids.
Space = Literal["structure", "option"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A row met: where it stood and what it said. `known` when the inventory had it before this run."""

    id: str
    kind: RecordKind
    source: str
    line: int
    digest: bytes
    known: bool


class Sightings:
    """The rows a run has met. To be closed, or used in a `with`."""

    def __init__(self) -> None:
        # The empty name is a file SQLite makes for itself and removes; 8 MB of it stay in memory.
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._rows.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;"
            "CREATE TABLE seen (space, id, kind, source, line, digest, known, PRIMARY KEY (space, id))"
            " WITHOUT ROWID;"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Throw the file away."""
        self._rows.close()

    def find(self, space: Space, ids: Sequence[str]) -> dict[str, tuple[int, bytes]]:
        """Line and digest of those already met."""
        rows = self._rows.execute(
            "SELECT id, line, digest FROM seen"
            " WHERE space = ? AND id IN (SELECT value FROM json_each(?)) AND digest IS NOT NULL",
            (space, orjson.dumps(list(ids)).decode()),
        )
        return {option_id: (line, digest) for option_id, line, digest in rows}

    def add(self, space: Space, sightings: Iterable[Sighting]) -> None:
        """Remember rows taken."""
        self._rows.execute("BEGIN")
        self._rows.executemany(
            "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((space, one.id, one.kind, one.source, one.line, one.digest, one.known) for one in sightings),
        )
        self._rows.execute("COMMIT")

    def spare(self, space: Space, kind: RecordKind, option_id: str, source: str) -> None:
        """Remember that the file still lists a row that was refused: it is not missing."""
        self._rows.execute(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, NULL, NULL, TRUE)",
            (space, option_id, kind, source),
        )

    def sources(self) -> list[tuple[RecordKind, str]]:
        """Kinds and sources met, in order."""
        return list(self._rows.execute("SELECT DISTINCT kind, source FROM seen ORDER BY kind, source"))

    def ids(self, kind: RecordKind, source: str) -> Iterator[tuple[str, bool]]:
        """The ids met of that kind and source, in order of bytes, and whether each was known before."""
        rows = self._rows.execute(
            "SELECT id, known FROM seen WHERE kind = ? AND source = ? ORDER BY id", (kind, source)
        )
        return ((option_id, bool(known)) for option_id, known in rows)
