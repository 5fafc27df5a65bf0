"""Names completed as one types: the exact name, what begins so, a word that does, then slips forgiven."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.reference.names import ARTICLES

#: Words nobody begins with when looking for a name in the middle.
_LINKS: Final = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lez", "sous", "sur"}
)
#: Sorts after every letter and digit, so that `prefix + _AFTER` ends the range of a prefix.
_AFTER: Final = "{"
#: Shorter words are others, not slips: vente is not verte.
_SHORTEST_FORGIVEN: Final = 6
_LONG: Final = 8


class NameIndex:
    """Completion over folded names (`names.fold`); an entry is known by its position in `names`.

    `weights` orders the entries of one class (the heavier first; then by name, then by position).
    """

    def __init__(self, names: Sequence[str], weights: Sequence[float]) -> None:
        self._names = names
        order = sorted(range(len(names)), key=lambda entry: (-weights[entry], names[entry]))
        self._rank = np.empty(len(names), dtype=np.int64)
        self._rank[order] = np.arange(len(names))
        endings = sorted(ending for entry, name in enumerate(names) for ending in _endings(name, entry))
        self._endings = [ending for ending, _, _ in endings]
        self._owners = np.array([entry for _, _, entry in endings], dtype=np.int64)
        self._starts = np.array([start for _, start, _ in endings], dtype=bool)

    def complete(self, query: str, limit: int) -> list[int]:
        """Entries for a folded query as it is spelt, best first, each once."""
        if not query or limit <= 0:
            return []
        found = self._begun(query, limit)
        if len(found) < limit:
            found = list(dict.fromkeys(found + self._with_every_word(query.split(), limit)))[:limit]
        return found

    def forgive(self, query: str, limit: int) -> list[int]:
        """Entries for a query misspelt, as a whole or in its long words: for when `complete` has none."""
        found = self._misspelt(query, limit)
        if found:
            return found
        corrected = " ".join(self._corrected(word) for word in query.split())
        return self.complete(corrected, limit) if corrected != query else []

    def _begun(self, query: str, limit: int) -> list[int]:
        """Exact names, then names that begin so, then names with a word that does."""
        low, high = self._range(query)
        classes = np.where(self._starts[low:high], 1, 2)
        exact = bisect_right(self._endings, query, low, high) - low
        classes[:exact] -= self._starts[low : low + exact]
        return self._best(self._owners[low:high], classes, limit)

    def _with_every_word(self, words: list[str], limit: int) -> list[int]:
        """Names that have a word beginning with each of `words`, in any order: `chalons champagne`."""
        telling = [word for word in words if word not in _LINKS]
        if len(telling) < 2:
            return []
        shared = self._owners_of(telling[0])
        for word in telling[1:]:
            shared = np.intersect1d(shared, self._owners_of(word))
        return self._best(shared, np.zeros(len(shared), dtype=np.int64), limit)

    def _misspelt(self, query: str, limit: int) -> list[int]:
        """Whole names one slip away, two for the long ones. The first letter is never the slip."""
        if len(query) < _SHORTEST_FORGIVEN:
            return []
        low, high = self._range(query[0])
        starts = np.flatnonzero(self._starts[low:high]) + low
        names = [self._endings[position] for position in starts]
        slips = 2 if len(query) >= _LONG else 1
        close = process.extract(query, names, scorer=OSA.distance, score_cutoff=slips, limit=None)
        owners = self._owners[starts[[position for _, _, position in close]]] if close else starts[:0]
        return self._best(owners, np.array([slip for _, slip, _ in close], dtype=np.int64), limit)

    def _corrected(self, word: str) -> str:
        """The known word one slip away (two for a long one), unless `word` begins one already."""
        low, high = self._range(word)
        if low < high or len(word) < _SHORTEST_FORGIVEN:
            return word
        low, high = self._range(word[0])
        known = {ending.split(" ", 1)[0] for ending in self._endings[low:high]}
        slips = 2 if len(word) >= _LONG else 1
        close = process.extract(word, sorted(known), scorer=OSA.distance, score_cutoff=slips, limit=1)
        return close[0][0] if close else word

    def _range(self, prefix: str) -> tuple[int, int]:
        low = bisect_left(self._endings, prefix)
        return low, bisect_left(self._endings, prefix + _AFTER, low)

    def _owners_of(self, prefix: str) -> NDArray[np.int64]:
        low, high = self._range(prefix)
        return np.unique(self._owners[low:high])

    def _best(self, owners: NDArray[np.int64], classes: NDArray[np.int64], limit: int) -> list[int]:
        """Owners by class then rank, each in its best class. A key is unique to a class and an owner, so that
        cutting before sorting never breaks a tie at random."""
        keys = classes * len(self._names) + self._rank[owners]
        # A name has a few endings at most: enough keys to fill the list once doubles are dropped.
        enough = 8 * limit
        if len(keys) > enough:
            kept = np.argpartition(keys, enough)[:enough]
            owners, keys = owners[kept], keys[kept]
        ordered: list[int] = owners[np.argsort(keys, kind="stable")].tolist()
        return list(dict.fromkeys(ordered))[:limit]


def _endings(name: str, entry: int) -> list[tuple[str, bool, int]]:
    """What remains of a name from each telling word on; True for its start, its article apart (Le Mans)."""
    words = name.split()
    first = 1 if len(words) > 1 and words[0] in ARTICLES else 0
    endings = [(name, True, entry)]
    at = 0
    for position, word in enumerate(words):
        if position > 0 and (position == first or word not in _LINKS):
            endings.append((name[at:], position == first, entry))
        at += len(word) + 1
    return endings
