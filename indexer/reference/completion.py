"""Names completed as one types: the exact name, what begins so, a word that does, then slips forgiven."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
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
SHORTEST_FORGIVEN: Final = 6
_LONG: Final = 8


class NameIndex:
    """Completion over folded names (`names.fold`); an entry is known by its position in `names`.

    `weights` orders the entries of one class (the heavier first; then the shorter, by name, by position).
    """

    def __init__(
        self,
        names: Sequence[str],
        weights: Sequence[float],
        *,
        shortest_forgiven: int = SHORTEST_FORGIVEN,
        whole_first: bool = True,
    ) -> None:
        """Slips are forgiven in what has `shortest_forgiven` letters or more; names that are it whole come
        before those that only begin so, or, without `whole_first`, after the heavier of them."""
        self._names = names
        self._shortest_forgiven = shortest_forgiven
        self._whole_first = whole_first
        order = sorted(
            range(len(names)), key=lambda entry: (-weights[entry], len(names[entry]), names[entry])
        )
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
        found = self._misspelt(query, limit) if len(query) >= self._shortest_forgiven else []
        if found or limit <= 0:
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
        """Names one slip away, two for the long ones, whole or by as many first words as were typed (`romens`
        for Romans-sur-Isère). The first letter is never the slip."""
        low, high = self._range(query[0])
        bearers: dict[str, list[tuple[int, bool]]] = {}
        for position in (np.flatnonzero(self._starts[low:high]) + low).tolist():
            name = self._endings[position]
            bearers.setdefault(name, []).append((position, False))
            if (head := _head(name, query.count(" ") + 1)) != name:
                bearers.setdefault(head, []).append((position, self._whole_first))
        close = [
            (position, 2 * slip + later)
            for written, slip in _close(query, bearers)
            for position, later in bearers[written]
        ]
        owners = self._owners[[position for position, _ in close]] if close else self._owners[:0]
        return self._best(owners, np.array([place for _, place in close], dtype=np.int64), limit)

    def _corrected(self, word: str) -> str:
        """The known word one slip away (two for a long one) that begins the weightiest name, unless `word`
        begins one already."""
        low, high = self._range(word)
        if low < high or len(word) < SHORTEST_FORGIVEN:
            return word
        low, high = self._range(word[0])
        best: dict[str, int] = {}
        for ending, owner in zip(self._endings[low:high], self._owners[low:high].tolist(), strict=True):
            known, rank = _head(ending, 1), int(self._rank[owner])
            best[known] = min(best.get(known, rank), rank)
        close = [(slip, best[known], known) for known, slip in _close(word, best)]
        return min(close)[2] if close else word

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


def _head(name: str, words: int) -> str:
    """The first words of a folded name."""
    return " ".join(name.split(" ", words)[:words])


def _close(typed: str, names: Iterable[str]) -> list[tuple[str, int]]:
    """Those of `names` a slip away, two when long ones are typed, and how many."""
    slips = 2 if len(typed) >= _LONG else 1
    near = process.extract(typed, list(names), scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [(name, int(slip)) for name, slip, _ in near]


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
