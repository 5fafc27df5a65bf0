"""The columns every question but words is answered from: numpy arrays in memory, one line a row.

Rows are only ever appended, so a `Frozen` taken at one commit stays true while later rows come in behind it.
What changes for rows already there is made anew at each `freeze`: which ones stand, and the order of ids.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.growing import Growing, GrowingMany, Many
from indexer.embedded.labels import Labels
from indexer.row import FIELDS, Row

ON_SITE, REMOTE, PLACELESS, DATED, GONE = 1, 2, 4, 8, 16


@dataclass(frozen=True, slots=True)
class Frozen:
    """The columns as of one commit. `order` lists the rows in force by id, deletions included; `rank` is the
    place of each in it; `alive` says which are documents in force. `names` are codes into `labels`,
    which may know names that later rows brought."""

    rids: NDArray[np.uint64]
    ids: Sequence[str]
    versions: NDArray[np.int64]
    flags: NDArray[np.uint8]
    updated: NDArray[np.int32]
    names: NDArray[np.int32]
    labels: Labels
    fields: Mapping[str, Many]
    point_owners: NDArray[np.int32]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    slot_owners: NDArray[np.int32]
    slot_starts: NDArray[np.int32]
    slot_ask_by: NDArray[np.int32]
    slot_times: NDArray[np.uint8]
    completeness: NDArray[np.float32]
    order: NDArray[np.int64]
    rank: NDArray[np.int64]
    alive: NDArray[np.bool_]

    @property
    def rows(self) -> int:
        """How many rows there are, in force or not."""
        return len(self.rids)

    def flag(self, bit: int) -> NDArray[np.bool_]:
        """Which rows carry that flag."""
        flagged: NDArray[np.bool_] = (self.flags & bit) != 0
        return flagged

    def find(self, option_id: str) -> int | None:
        """The row in force of an id, a deletion included."""
        place = bisect_left(self.order, option_id, key=self.ids.__getitem__)
        if place < len(self.order) and self.ids[self.order[place]] == option_id:
            return int(self.order[place])
        return None

    def held(self, option_id: str) -> int | None:
        """The version held of an id, a deletion included."""
        row = self.find(option_id)
        return None if row is None else int(self.versions[row])

    def rows_of(self, rids: Sequence[float | None]) -> NDArray[np.int64]:
        """The rows that bear those numbers."""
        return np.searchsorted(self.rids, np.asarray(rids, np.uint64))


_NUMBERS: Final[Mapping[str, Any]] = {
    "rids": np.uint64, "versions": np.int64, "flags": np.uint8, "updated": np.int32, "names": np.int32,
    "point_owners": np.int32, "latitudes": np.float64, "longitudes": np.float64,
    "slot_owners": np.int32, "slot_starts": np.int32, "slot_ask_by": np.int32, "slot_times": np.uint8,
    "completeness": np.float32,
}  # fmt: skip


class Columns:
    """Columns being filled. One thread at a time; what `freeze` gave may be read by any."""

    def __init__(self) -> None:
        self._numbers = {name: Growing(dtype) for name, dtype in _NUMBERS.items()}
        self._fields = {name: GrowingMany() for name in FIELDS}
        self._ids: list[str] = []
        self._labels = Labels()
        self._order: NDArray[np.int64] = np.empty(0, np.int64)
        self._current: NDArray[np.bool_] = np.empty(0, np.bool_)

    def append(self, rids: Sequence[int], rows: Sequence[Row]) -> None:
        """Rows of growing numbers; each takes the place of the one of its id, if any."""
        first = len(self._ids)
        put = self._numbers
        put["rids"].extend(rids)
        put["versions"].extend([row.version for row in rows])
        put["flags"].extend([_flags(row) for row in rows])
        put["updated"].extend([row.updated for row in rows])
        put["completeness"].extend([row.completeness for row in rows])
        put["names"].extend([self._labels.code(row.nom) for row in rows])
        for place, name in enumerate(FIELDS):
            self._fields[name].extend([row.values[place] for row in rows])
        self._append_points(first, rows)
        self._append_slots(first, rows)
        self._ids.extend(row.id for row in rows)
        self._take_places(first)

    def dump(self) -> tuple[dict[str, NDArray[Any]], dict[str, list[str]]]:
        """What `load` takes back: arrays, and lists of words."""
        arrays = {name: column.view() for name, column in self._numbers.items()}
        words = {"ids": self._ids, "labels": self._labels.written}
        for name, field in self._fields.items():
            arrays[f"{name}.starts"], arrays[f"{name}.codes"], words[name] = field.dump()
        return arrays | {"order": self._order, "current": self._current}, words

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[Any]], words: Mapping[str, list[str]]) -> "Columns":
        """Columns filled with what `dump` gave. Raises KeyError when something is missing."""
        loaded = cls()
        for name, column in loaded._numbers.items():
            column.extend(arrays[name])
        for name in FIELDS:
            starts, codes = arrays[f"{name}.starts"], arrays[f"{name}.codes"]
            loaded._fields[name] = GrowingMany.load(starts, codes, words[name])
        loaded._ids = words["ids"]
        for label in words["labels"]:
            loaded._labels.code(label)
        loaded._order, loaded._current = arrays["order"], arrays["current"]
        return loaded

    def freeze(self) -> Frozen:
        """The columns as they stand."""
        numbers = {name: column.view() for name, column in self._numbers.items()}
        rank = np.zeros(len(self._ids), np.int64)
        rank[self._order] = np.arange(len(self._order))
        return Frozen(
            ids=self._ids,
            labels=self._labels,
            fields={name: column.view() for name, column in self._fields.items()},
            order=self._order,
            rank=rank,
            alive=self._current & ((numbers["flags"] & GONE) == 0),
            **numbers,
        )

    def _append_points(self, first: int, rows: Sequence[Row]) -> None:
        owned = [(first + at, point) for at, row in enumerate(rows) for point in row.points]
        self._numbers["point_owners"].extend([owner for owner, _ in owned])
        degrees = np.array([point for _, point in owned], np.float64).reshape(-1, 2)
        radians = np.radians(degrees)
        self._numbers["latitudes"].extend(radians[:, 0])
        self._numbers["longitudes"].extend(radians[:, 1])

    def _append_slots(self, first: int, rows: Sequence[Row]) -> None:
        owned = [(first + at, slot) for at, row in enumerate(rows) for slot in row.occurrences]
        self._numbers["slot_owners"].extend([owner for owner, _ in owned])
        self._numbers["slot_starts"].extend([starts for _, (starts, _, _) in owned])
        self._numbers["slot_ask_by"].extend([ask_by for _, (_, ask_by, _) in owned])
        self._numbers["slot_times"].extend([times for _, (_, _, times) in owned])

    def _take_places(self, first: int) -> None:
        """Put the new rows into the order of ids, out of which go those they replace."""
        newest = {option_id: first + at for at, option_id in enumerate(self._ids[first:])}
        entering = sorted(newest)
        key = self._ids.__getitem__
        places = np.array([bisect_left(self._order, one, key=key) for one in entering], np.int64)
        order = self._order
        replaced = np.zeros(len(order), np.bool_)
        for place, option_id in zip(places, entering, strict=True):
            if place < len(order) and self._ids[order[place]] == option_id:
                replaced[place] = True
        current = np.concatenate([self._current, np.zeros(len(self._ids) - first, np.bool_)])
        current[order[replaced]] = False
        rows = np.array([newest[option_id] for option_id in entering], np.int64)
        current[rows] = True
        kept_before = np.concatenate([[0], np.cumsum(~replaced)])
        self._order = np.insert(order[~replaced], kept_before[places], rows)
        self._current = current


def _flags(row: Row) -> int:
    said = ((row.on_site, ON_SITE), (row.remote, REMOTE), (row.placeless, PLACELESS))
    return sum(bit for told, bit in (*said, (row.dated, DATED), (row.gone, GONE)) if told)
