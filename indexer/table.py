"""What ranking reads of many hits, column by column, so that a rule is one pass over arrays and only the
options shown are fetched whole."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.row import FIELDS, Row

Bools = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Held:
    """The values of `rows` lines in one field: line `whose[i]` holds `values[codes[i]]`, lines ascending."""

    rows: int
    whose: Whole
    codes: NDArray[np.int32]
    values: Sequence[str]
    code_of: Mapping[str, int]

    def any_of(self, wanted: Collection[str]) -> Bools:
        """Which lines hold one of those values."""
        found = np.zeros(self.rows, np.bool_)
        codes = [self.code_of[value] for value in wanted if value in self.code_of]
        if codes:
            asked = np.zeros(len(self.values), np.bool_)
            asked[codes] = True
            found[self.whose[asked[self.codes]]] = True
        return found

    def missing(self) -> Bools:
        """Which lines hold none."""
        found = np.ones(self.rows, np.bool_)
        found[self.whose] = False
        return found

    def counts(self) -> Whole:
        """How many values each line holds."""
        return np.bincount(self.whose, minlength=self.rows)

    def best(self, weights: Mapping[str, float]) -> Numbers:
        """The weight of the best value of each line, 0 for none."""
        return best(
            self.rows, self.whose, weighed(weights.items(), self.code_of, len(self.values))[self.codes]
        )

    def of(self, line: int) -> list[str]:
        """The values of one line."""
        first, end = np.searchsorted(self.whose, (line, line + 1))
        return [self.values[code] for code in self.codes[first:end].tolist()]

    def take(self, lines: Whole) -> "Held":
        """The same of some lines, in that order."""
        starts = np.searchsorted(self.whose, lines, "left")
        lengths = np.searchsorted(self.whose, lines, "right") - starts
        whose = np.repeat(np.arange(len(lines)), lengths)
        before = np.cumsum(lengths) - lengths
        codes = self.codes[np.arange(len(whose)) + (starts - before)[whose]]
        return Held(len(lines), whose, codes, self.values, self.code_of)


def weighed(weights: Iterable[tuple[str, float]], code_of: Mapping[str, int], values: int) -> Numbers:
    """A weight for each code of a field of so many values, 0 for those that are not told."""
    told = np.zeros(max(values, 1))
    for value, weight in weights:
        code = code_of.get(value)
        if code is not None:
            told[code] = weight
    return told


def best(rows: int, whose: Whole, weights: Numbers) -> Numbers:
    """The greatest weight of each of `rows` lines, 0 for those without; `whose` ascending."""
    found = np.zeros(rows)
    if len(whose):
        first = np.flatnonzero(np.concatenate([[True], whose[1:] != whose[:-1]]))
        found[whose[first]] = np.maximum.reduceat(weights, first)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Occurrences with a place left: whose each is (a line), its first day and the last one to ask for it
    (ordinals), its times of day (bits of `row.TIMES`)."""

    whose: Whole
    starts: Whole
    ask_by: Whole
    times: NDArray[np.uint8]

    def take(self, lines: Whole, rows: int) -> "Slots":
        """The same of some lines out of `rows`, in that order."""
        place = np.full(rows, -1, np.int64)
        place[lines] = np.arange(len(lines))
        whose = place[self.whose]
        kept = whose >= 0
        return Slots(
            whose=whose[kept], starts=self.starts[kept], ask_by=self.ask_by[kept], times=self.times[kept]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Hits, a line each. `km` to the nearest point, not a number for what is had remotely or nobody knows
    where; `on_site` inside the radius asked; `remote` from home, asked or not; `updated` days as ordinals;
    `dated` had a date once; `fields` those of `row.FIELDS`."""

    ids: tuple[str, ...]
    km: Numbers
    on_site: Bools
    remote: Bools
    dated: Bools
    updated: Whole
    completeness: Numbers
    fields: Mapping[str, Held]
    slots: Slots

    @property
    def rows(self) -> int:
        """How many lines."""
        return len(self.ids)

    def take(self, lines: Whole) -> "Table":
        """The same of some lines, in that order."""
        return Table(
            ids=tuple(self.ids[line] for line in lines.tolist()),
            km=self.km[lines], on_site=self.on_site[lines], remote=self.remote[lines],
            dated=self.dated[lines], updated=self.updated[lines], completeness=self.completeness[lines],
            fields={name: held.take(lines) for name, held in self.fields.items()},
            slots=self.slots.take(lines, self.rows),
        )  # fmt: skip


def table_of(rows: Sequence[Row], km: Sequence[float], on_site: Sequence[bool]) -> Table:
    """A line for each row, with its distance and whether it is had on site there."""
    slots = [(line, *slot) for line, row in enumerate(rows) for slot in row.occurrences]
    whose, starts, ask_by, times = np.array(slots, np.int64).reshape(-1, 4).T
    return Table(
        ids=tuple(row.id for row in rows),
        km=np.array(km, np.float64),
        on_site=np.array(on_site, np.bool_),
        remote=np.array([row.remote for row in rows], np.bool_),
        dated=np.array([row.dated for row in rows], np.bool_),
        updated=np.array([row.updated for row in rows], np.int64),
        completeness=np.array([row.completeness for row in rows], np.float64),
        fields={name: _held([row.values[place] for row in rows]) for place, name in enumerate(FIELDS)},
        slots=Slots(whose=whose, starts=starts, ask_by=ask_by, times=times.astype(np.uint8)),
    )


def _held(values: Sequence[Sequence[str]]) -> Held:
    code_of: dict[str, int] = {}
    codes = [code_of.setdefault(value, len(code_of)) for line in values for value in line]
    whose = np.repeat(np.arange(len(values)), [len(line) for line in values])
    return Held(len(values), whose, np.array(codes, np.int32), tuple(code_of), code_of)
