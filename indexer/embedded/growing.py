"""Arrays that grow at the end; what was handed out before is never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray


class Growing:
    """A one-dimensional array with room behind it."""

    def __init__(self, dtype: Any) -> None:
        self._room: NDArray[Any] = np.empty(1024, dtype)
        self.size = 0

    def extend(self, values: Sequence[Any] | NDArray[Any]) -> None:
        """Append."""
        end = self.size + len(values)
        if end > len(self._room):
            wider = np.empty(max(end, 2 * len(self._room)), self._room.dtype)
            wider[: self.size] = self._room[: self.size]
            self._room = wider
        self._room[self.size : end] = values
        self.size = end

    def view(self) -> NDArray[Any]:
        """What is in now, not to be written to."""
        seen = self._room[: self.size]
        seen.flags.writeable = False
        return seen


@dataclass(frozen=True, slots=True)
class Many:
    """A field of any number of values a row: those of row r are `codes[starts[r]:starts[r + 1]]`; `owners`
    says whose each code is. `only` is the one code of each row, or ABSENT, while no row has two, else None: a
    faster way to the same. `code_of` and `values` may know codes that later rows brought."""

    starts: NDArray[np.int64]
    codes: NDArray[np.int32]
    owners: NDArray[np.int32]
    only: NDArray[np.int32] | None
    code_of: dict[str, int]
    values: list[str]

    def mask(self, wanted: Iterable[str], rows: int) -> NDArray[np.bool_]:
        """Which rows hold one of those values."""
        found = np.zeros(rows, np.bool_)
        codes = [self.code_of[value] for value in wanted if value in self.code_of]
        if self.only is not None:
            for code in codes:
                found |= self.only == code
        elif codes:
            asked = np.zeros(len(self.values), np.bool_)
            asked[codes] = True
            found[self.owners[asked[self.codes]]] = True
        return found

    def missing(self) -> NDArray[np.bool_]:
        """Which rows hold no value."""
        missing: NDArray[np.bool_] = self.starts[1:] == self.starts[:-1]
        return missing

    def of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The values of those rows: for each, its position among `rows` and its code."""
        if self.only is not None:
            codes = self.only[rows]
            whose = np.flatnonzero(codes != ABSENT)
            return whose, codes[whose]
        first = self.starts[rows]
        lengths = self.starts[rows + 1] - first
        whose = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        return whose, self.codes[np.arange(len(whose)) + (first - before)[whose]]


#: The code of no value.
ABSENT: Final = -1


class GrowingMany:
    """A `Many` being filled."""

    def __init__(self) -> None:
        self._starts = Growing(np.int64)
        self._starts.extend([0])
        self._codes = Growing(np.int32)
        self._owners = Growing(np.int32)
        self._only = Growing(np.int32)
        self._several = False
        self._code_of: dict[str, int] = {}
        self._values: list[str] = []

    def extend(self, rows: Sequence[Sequence[str]]) -> None:
        """Append rows, each with its values."""
        codes = np.array([self._code(value) for values in rows for value in values], np.int32)
        self._extend(codes, np.fromiter(map(len, rows), np.int64, len(rows)))

    def dump(self) -> tuple[NDArray[Any], NDArray[Any], list[str]]:
        """What `load` takes back."""
        return self._starts.view(), self._codes.view(), self._values

    @classmethod
    def load(cls, starts: NDArray[Any], codes: NDArray[Any], values: list[str]) -> "GrowingMany":
        """One filled with what `dump` gave."""
        loaded = cls()
        loaded._extend(codes, np.diff(starts))
        loaded._values = values
        loaded._code_of = {value: code for code, value in enumerate(values)}
        return loaded

    def view(self) -> Many:
        """What is in now."""
        starts, codes, owners = self._starts.view(), self._codes.view(), self._owners.view()
        only = None if self._several else self._only.view()
        return Many(starts, codes, owners, only, self._code_of, self._values)

    def _extend(self, codes: NDArray[np.int32], lengths: NDArray[np.int64]) -> None:
        first = self._starts.size - 1
        owners = np.repeat(np.arange(first, first + len(lengths)), lengths)
        only = np.full(len(lengths), ABSENT, np.int32)
        only[owners - first] = codes
        self._several = self._several or bool((lengths > 1).any())
        self._owners.extend(owners)
        self._only.extend(only)
        self._starts.extend(self._codes.size + np.cumsum(lengths))
        self._codes.extend(codes)

    def _code(self, value: str) -> int:
        code = self._code_of.get(value)
        if code is None:
            code = len(self._values)
            # The list first: who reads `code_of` meanwhile may look the value up at once.
            self._values.append(value)
            self._code_of[value] = code
        return code
