"""The names of options, each once, looked up by the beginnings of their words.

Names are only ever added. What sorts them is made when somebody first asks, and again when it has fallen
behind by a quarter; the names that came since are read one by one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.french import folded_words

#: Sorts after every letter and digit a folded word may hold, so that `start + _AFTER` ends its range.
_AFTER: Final = "\U0010ffff"
#: Names read one by one beside those sorted: a hundred thousand cost some 20 ms, so a fiftieth of that.
_UNSORTED: Final = 2_000
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The first `size` names. `vocabulary` is their distinct words; names with one of the words from i up
    to j are `codes[starts[i]:starts[j]]`. `whole` are their folded forms and `whole_codes` whose each is.
    `rank` is the place of each by length, then as written, and `by_rank` the way back."""

    size: int
    vocabulary: list[str]
    starts: NDArray[np.int64]
    codes: Codes
    whole: list[str]
    whole_codes: Codes
    rank: Codes
    by_rank: Codes


class Labels:
    """Names by code, in the order they came. One thread adds at a time; any may read."""

    def __init__(self) -> None:
        self.written: list[str] = []
        #: The folded words of each, parted by spaces.
        self._folded: list[str] = []
        self._code_of: dict[str, int] = {}
        self._sorted = _sort([], [])

    def code(self, label: str) -> int:
        """The code of a name, added if new."""
        code = self._code_of.get(label)
        if code is None:
            code = self._code_of[label] = len(self._folded)
            self.written.append(label)
            self._folded.append(" ".join(folded_words(label)))
        return code

    def begun(self, starts: Sequence[str]) -> Iterator[int]:
        """Names that hold, for each of those, a word that begins so: those that begin as typed first, then
        the shorter, then as written."""
        known = self._sorted_names()
        later = range(known.size, len(self._folded))
        whole = " ".join(starts)
        named = known.whole_codes[_range(known.whole, whole)]
        new = [code for code in later if _holds(self._folded[code], starts)]
        new_named = [code for code in new if self._folded[code].startswith(whole)]
        yield from self._in_order(known, np.sort(known.rank[named]), new_named)
        held = _holding(known, starts)
        held[named] = False
        others = sorted({*new}.difference(new_named))
        yield from self._in_order(known, np.sort(known.rank[np.flatnonzero(held)]), others)

    def _in_order(self, known: _Sorted, ranks: Codes, new: Sequence[int]) -> Iterator[int]:
        def place(code: int) -> tuple[int, str]:
            return len(self.written[code]), self.written[code]

        old = (int(known.by_rank[rank]) for rank in ranks)
        return merge(old, sorted(new, key=place), key=place)

    def _sorted_names(self) -> _Sorted:
        behind = len(self._folded) - self._sorted.size
        if behind > max(_UNSORTED, self._sorted.size // 4):
            # Two may sort at once: both are right. A name is written before it is folded.
            folded = self._folded[:]
            self._sorted = _sort(self.written[: len(folded)], folded)
        return self._sorted


def _sort(written: list[str], folded: list[str]) -> _Sorted:
    held: dict[str, list[int]] = {}
    for code, words in enumerate(folded):
        for word in set(words.split(" ")):
            held.setdefault(word, []).append(code)
    vocabulary = sorted(held)
    starts = np.zeros(len(vocabulary) + 1, np.int64)
    np.cumsum([len(held[word]) for word in vocabulary], out=starts[1:])
    whole_codes = sorted(range(len(folded)), key=folded.__getitem__)
    by_rank = sorted(range(len(written)), key=lambda code: (len(written[code]), written[code]))
    rank = np.empty(len(written), np.int32)
    rank[by_rank] = np.arange(len(written))
    return _Sorted(
        size=len(folded),
        vocabulary=vocabulary,
        starts=starts,
        codes=np.array([code for word in vocabulary for code in held[word]], np.int32),
        whole=[folded[code] for code in whole_codes],
        whole_codes=np.array(whole_codes, np.int32),
        rank=rank,
        by_rank=np.array(by_rank, np.int32),
    )


def _holding(known: _Sorted, starts: Sequence[str]) -> NDArray[np.bool_]:
    """Which names have, for each of those, a word that begins so."""
    found = np.ones(known.size, np.bool_)
    for start in starts:
        words = _range(known.vocabulary, start)
        holding = np.zeros(known.size, np.bool_)
        holding[known.codes[known.starts[words.start] : known.starts[words.stop]]] = True
        found &= holding
    return found


def _range(words: list[str], start: str) -> slice:
    low = bisect_left(words, start)
    return slice(low, bisect_left(words, start + _AFTER, low))


def _holds(words: str, starts: Sequence[str]) -> bool:
    spaced = " " + words
    return all(" " + start in spaced for start in starts)
