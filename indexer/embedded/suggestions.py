"""What completes a name as it is typed."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np

from indexer.embedded.view import View
from indexer.engine import Suggestion
from indexer.french import folded_words

#: Words and letters read of what is typed.
_WORDS: Final = 8
_LETTERS: Final = 200
#: Names looked up at once among the rows: some belong to none in force.
_AT_ONCE: Final = 32


def suggestions(view: View, typed: str, limit: int) -> list[Suggestion]:
    """Names that hold, for each word typed, one that begins so: those that begin as typed first, then the
    shorter. Each name once, for the first option by id that bears it."""
    starts = folded_words(typed[:_LETTERS])[:_WORDS]
    return list(islice(_named(view, starts), max(0, limit))) if starts else []


def _named(view: View, starts: list[str]) -> Iterator[Suggestion]:
    columns = view.columns
    kinds = columns.fields["kind"]
    names = columns.labels.begun(starts)
    while some := list(islice(names, _AT_ONCE)):
        bearers = _bearers(view, some)
        for code in some:
            if (row := bearers.get(code)) is not None:
                kind = kinds.values[kinds.codes[kinds.starts[row]]]
                yield Suggestion(columns.labels.written[code], columns.ids[row], kind)


def _bearers(view: View, names: list[int]) -> dict[int, int]:
    """By name, the row of the first option by id that bears it."""
    columns = view.columns
    wanted = np.zeros(len(columns.labels.written), np.bool_)
    wanted[names] = True
    rows = np.flatnonzero(wanted[columns.names] & columns.alive)
    first_last = rows[np.argsort(-columns.rank[rows])]
    return dict(zip(columns.names[first_last].tolist(), first_last.tolist(), strict=True))
