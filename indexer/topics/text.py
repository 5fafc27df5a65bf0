"""A text as it is read for topics: sentences of stems, and the words they come from.

Beside the analysis of searches (`indexer.french`) a few small words are kept, without which « sans abri » and
« confiance en soi » say nothing, and where a clause ends is kept too, so that no phrase is found astride.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.french import all_words

#: Small words that count here.
KEPT: Final = frozenset({"sans", "etre", "soi", "moins", "vers"})

#: The place of a comma or a bracket among the stems: no phrase holds it.
BREAK: Final = ""

_SENTENCE: Final = re.compile(r"[!?;\n\r•·*]+|\.(?=\s|$)")
_CLAUSE: Final = re.compile(r"[:()\[\]|–—]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence: `stems`, with BREAK between clauses, and place for place the `words`, plural marks
    off."""

    stems: tuple[str, ...]
    words: tuple[str, ...]


def passages(text: str) -> Iterator[Passage]:
    """The sentences of a text that have a word, in order."""
    for sentence in _SENTENCE.split(text):
        stems: list[str] = []
        words: list[str] = []
        for clause in _CLAUSE.split(sentence):
            if stems:
                stems.append(BREAK)
                words.append(BREAK)
            for word, token in all_words(clause):
                if token or word in KEPT:
                    stems.append(token or word)
                    words.append(singular(word))
        if stems:
            yield Passage(tuple(stems), tuple(words))


def plain(text: str) -> str:
    """The one word of a text that counts, plural mark off."""
    return next(word for passage in passages(text) for word in passage.words if word)


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """A folded word without its plural mark; short ones and those in -ss stay."""
    if len(word) > 3 and word[-1] in "sx" and word[-2] != "s":
        return word[:-1]
    return word
