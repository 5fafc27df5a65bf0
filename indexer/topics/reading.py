"""From a text to the thématiques it tells, and how much each counts in it.

What a service is about comes first and fills its text; what it also mentions is one word in a list of twenty.
So a phrase counts more at the beginning, a repeated one little, a sentence about publics or partners little,
and a thématique is measured by its share of all that the text tells.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from indexer.topics.text import BREAK, Passage, passages
from indexer.topics.wordings import GAP, SURE, Phrase, Phrases, wordings

#: Words that count more, those at the head of the text, and those that count less, past a screen of it.
HEAD_WORDS, HEAD = 30, 1.5
TAIL_WORDS, TAIL = 150, 0.6
#: A sentence that tells whom it is for or with whom: « Public : … », « En partenariat avec … ».
ASIDE: Final = 0.3
#: Each time a phrase comes back, up to three.
AGAIN: Final = 0.25
AGAIN_AT_MOST: Final = 3

#: Past this a description repeats itself; reading on costs more than it tells.
READ_CHARACTERS: Final = 3_000

_ASIDES: Final = frozenset(
    {
        "public", "publics", "destine", "destinee", "adresse", "condition", "prescripteur", "critere",
        "partenaire", "partenariat", "prerequi", "justificatif", "financeur", "beneficiaire",
    }
)  # fmt: skip
_CAPITALS: Final = re.compile(r"\b[A-Z0-9]{2,8}\b")


@dataclass(frozen=True, slots=True)
class Telling:
    """What a text tells: the weight of each thématique, of everything together, those that a phrase certain
    by itself tells, and those that the organisations named in it stand for."""

    weights: Mapping[str, float]
    whole: float
    sure: frozenset[str]
    who: frozenset[str]

    def share(self, theme: str) -> float:
        """The part of the text that is about it, 0 to 1."""
        return min(1.0, self.weights.get(theme, 0.0) / self.whole) if self.whole else 0.0


NOTHING: Final = Telling({}, 0.0, frozenset(), frozenset())


def read_text(text: str) -> Telling:
    """What a text tells."""
    if not text:
        return NOTHING
    phrases = wordings()
    heard: dict[Phrase, list[float]] = {}
    capitals = frozenset(word.lower() for word in _CAPITALS.findall(text))
    before = 0
    for passage in passages(text[:READ_CHARACTERS]):
        aside = ASIDE if not _ASIDES.isdisjoint(passage.words[:3]) else 1.0
        for place, phrase in _found(passage, phrases, capitals):
            heard.setdefault(phrase, []).append(aside * _standing(before + place))
        before += len(passage.stems)
    return _weighed(heard)


def _standing(place: int) -> float:
    """How much a word counts by its place in the text."""
    return HEAD if place < HEAD_WORDS else 1.0 if place < TAIL_WORDS else TAIL


def _weighed(heard: Mapping[Phrase, list[float]]) -> Telling:
    weights: dict[str, float] = {}
    whole = 0.0
    for phrase, places in heard.items():
        times = max(places) + AGAIN * min(AGAIN_AT_MOST, len(places) - 1)
        whole += times * max(phrase.says.values(), default=0.0)
        for theme, weight in phrase.says.items():
            weights[theme] = weights.get(theme, 0.0) + times * weight
    sure = (theme for phrase in heard for theme, weight in phrase.says.items() if weight >= SURE)
    who = (theme for phrase in heard for theme in phrase.who)
    return Telling(weights, whole, frozenset(sure), frozenset(who))


def _found(passage: Passage, phrases: Phrases, capitals: frozenset[str]) -> Iterator[tuple[int, Phrase]]:
    """Phrases of a sentence with their places. A longer one hides those inside it, a decoy whatever begins
    inside it; two parts with a gap between hide nothing."""
    hidden = masked = 0
    stems, words = passage.stems, passage.words
    there = frozenset(stems)
    following = (*stems[1:], BREAK)
    for place, (stem, after, word) in enumerate(zip(stems, following, words, strict=True)):
        begun = (
            phrases.pairs.get((stem, after), ()) + phrases.gaps.get(stem, ()) + phrases.words.get(word, ())
        )
        if not begun:
            continue
        found = [
            (phrase, end)
            for phrase in begun
            if (not phrase.then or phrase.then[0] in there)
            and (not phrase.capitals or word in capitals)
            and (end := place + 1 if phrase.plain else _end(phrase, place, stems))
        ]
        masked = max([masked, *(end for phrase, end in found if phrase.decoy)])
        for phrase, end in found:
            if place >= masked and end > hidden:
                yield place, phrase
                hidden = hidden if phrase.then else end


def _end(phrase: Phrase, place: int, stems: tuple[str, ...]) -> int:
    """Where a phrase that begins there ends; 0 when it is not there."""
    after = place + len(phrase.stems)
    if stems[place:after] != phrase.stems:
        return 0
    if not phrase.then:
        return after
    length = len(phrase.then)
    for start in range(after, min(after + GAP, len(stems) - length) + 1):
        if stems[start : start + length] == phrase.then:
            return start + length
    return 0
