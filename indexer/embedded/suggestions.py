"""What completes a name as it is typed."""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Final

import numpy as np

from indexer.embedded.view import View
from indexer.engine import Suggestion
from indexer.french import folded_words

#: Words and letters read of what is typed.
_WORDS: Final = 8
_LETTERS: Final = 200


def suggestions(view: View, typed: str, limit: int) -> list[Suggestion]:
    """Names that hold, for each word typed, one that begins so: those that begin as typed first, then the
    shorter. Each name once, for the first option by id that bears it."""
    starts = folded_words(typed[:_LETTERS])[:_WORDS]
    return list(islice(_named(view, starts), max(0, limit))) if starts else []


def _named(view: View, starts: list[str]) -> Iterator[Suggestion]:
    columns = view.columns
    beginning = " " + " ".join(starts)
    first, *others = (" " + start for start in starts)
    found = [code for code, words in enumerate(columns.label_words) if first in words]
    for start in others:
        found = [code for code in found if start in columns.label_words[code]]

    def place(code: int) -> tuple[int, str]:
        return len(columns.labels[code]), columns.labels[code]

    kinds = columns.fields["kind"]
    first_named = [code for code in found if columns.label_words[code].startswith(beginning)]
    for code in chain(sorted(first_named, key=place), _others(found, first_named, place)):
        rows = np.flatnonzero((columns.names == code) & columns.alive)
        if len(rows):
            row = int(rows[np.argmin(columns.rank[rows])])
            kind = kinds.values[kinds.codes[kinds.starts[row]]]
            yield Suggestion(columns.labels[code], columns.ids[row], kind)


def _others(found: list[int], named: list[int], place: Callable[[int], tuple[int, str]]) -> Iterator[int]:
    """Those left, in order; sorted only when asked for."""
    yield from sorted(set(found).difference(named), key=place)
