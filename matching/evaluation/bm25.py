"""Words alone: BM25 over what sheets say, in the same French as the engines but none of their gates.

A baseline must not lean on the engine that is judged beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log
from typing import Final

from indexer.document import OptionDocument
from indexer.french import index_tokens
from indexer.searchable import theme_words

#: The usual constants (Robertson and Zaragoza 2009).
_K1: Final = 1.2
_B: Final = 0.75


class Bm25:
    """Ranks a closed list of documents by words; read once, asked often."""

    def __init__(self, documents: Iterable[OptionDocument]) -> None:
        self._holds: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._lengths: dict[str, int] = {}
        for document in documents:
            tokens = index_tokens(_text(document))
            self._lengths[document.id] = len(tokens)
            for token, count in Counter(tokens).items():
                self._holds[token][document.id] = count
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths)) or 1.0

    def scores(self, words: str) -> dict[str, float]:
        """Documents with at least one of the words, and how much each is worth."""
        found: defaultdict[str, float] = defaultdict(float)
        for token in dict.fromkeys(index_tokens(words)):
            holders = self._holds.get(token, {})
            rarity = log(1 + (len(self._lengths) - len(holders) + 0.5) / (len(holders) + 0.5))
            for option_id, count in holders.items():
                shortness = _K1 * (1 - _B + _B * self._lengths[option_id] / self._mean)
                found[option_id] += rarity * count * (_K1 + 1) / (count + shortness)
        return dict(found)

    def matched(self, words: str) -> dict[str, int]:
        """How many of the words each document has."""
        return dict(Counter(id_ for token in set(index_tokens(words)) for id_ in self._holds.get(token, ())))


def _text(document: OptionDocument) -> str:
    """Title twice: it tells more than a sentence of the description."""
    themes = map(theme_words, document.thematiques)
    said = (document.nom, document.nom, *themes, *document.occupations, document.structure_nom)
    return " ".join((*said, document.description))
