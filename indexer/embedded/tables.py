"""The hits of several questions as columns, straight from the columns of the index."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.answers import best_rows
from indexer.embedded.columns import DATED, REMOTE
from indexer.embedded.filters import reach
from indexer.embedded.view import View
from indexer.engine import Window
from indexer.row import FIELDS
from indexer.table import Held, Slots, Table, table_of


def table(view: View, windows: Sequence[Window]) -> Table:
    """What those windows show, each option once; all about the place of the first."""
    if not windows:
        return table_of([], [], [])
    rows = np.unique(np.concatenate([best_rows(view, window) for window in windows]))
    columns, around = view.columns, reach(view, windows[0].query.near)
    return Table(
        ids=tuple(columns.ids[row] for row in rows.tolist()),
        km=around.km[rows],
        on_site=around.on_site[rows],
        remote=(columns.flags[rows] & REMOTE) != 0,
        dated=(columns.flags[rows] & DATED) != 0,
        updated=columns.updated[rows].astype(np.int64),
        completeness=columns.completeness[rows].astype(np.float64),
        fields={name: _held(view, name, rows) for name in FIELDS},
        slots=_slots(view, rows),
    )


def _held(view: View, name: str, rows: NDArray[np.int64]) -> Held:
    field = view.columns.fields[name]
    whose, codes = field.of(rows)
    return Held(len(rows), whose, codes, field.values, field.code_of)


def _slots(view: View, rows: NDArray[np.int64]) -> Slots:
    """The occurrences of those rows, which are ascending, as their owners are."""
    columns = view.columns
    first = np.searchsorted(columns.slot_owners, rows, "left")
    lengths = np.searchsorted(columns.slot_owners, rows, "right") - first
    whose = np.repeat(np.arange(len(rows)), lengths)
    before = np.cumsum(lengths) - lengths
    places = np.arange(len(whose)) + (first - before)[whose]
    return Slots(
        whose=whose,
        starts=columns.slot_starts[places].astype(np.int64),
        ask_by=columns.slot_ask_by[places].astype(np.int64),
        times=columns.slot_times[places],
    )
