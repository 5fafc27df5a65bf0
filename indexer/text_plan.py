"""What a question asks of the words of a document, as a tree that each engine says in its own way: they agree
by construction.

Scores are constants: a node is satisfied or not, and gives what it is worth.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.french import Phrase
from indexer.question import Question, Term, topics
from indexer.searchable import topic_token
from indexer.strengths import (
    ABOUT,
    AS_LED_TO,
    AS_SYNONYM,
    AS_TYPO,
    CEILING,
    DECLARED,
    DESCRIPTION,
    FOCUS,
    IN_PURPOSE,
    IN_STRUCTURE,
    ONLY_DECLARED,
    PLACES,
    SCATTERED,
    SHARE,
    STRUCTURE,
    THEMES,
)

#: By a word typed that the index does not know, what its nearest words say.
Mended = Mapping[str, Sequence[Phrase]]


@dataclass(frozen=True, slots=True)
class Said:
    """One of those phrases in a field gives that score."""

    field: str
    phrases: tuple[Phrase, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Best:
    """At least one of those; the best score, and a share of the others'."""

    of: tuple["Node", ...]
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Every:
    """`least` of `of`, all of them by default; the sum of the scores of those that hold, `more` included."""

    of: tuple["Node", ...]
    more: tuple["Node", ...] = ()
    least: int | None = None


Node = Said | Best | Every


def plan(question: Question, weight: float = 1.0, mended: Mended | None = None) -> Node:
    """What satisfies a question that needs something, scored by weight × strength."""
    share = ABOUT if question.about else 0.0
    said = _said_all(question, weight * (1 - share), mended or {})
    if not question.about:
        return said
    borne_out, declared = _about(question.about, weight * share)
    if question.all_about:
        return Every((Best((said, borne_out), 1.0),), (declared,))
    return Every((said,), (Best((borne_out, declared)),))


def _said_all(question: Question, weight: float, mended: Mended) -> Node:
    """What is needed, and more."""
    unit = weight / (CEILING * question.weight)
    return Every(
        tuple(_term(term, mended.get(term.word, ()), unit) for term in question.needed),
        tuple(_term(term, (), unit * less) for term, less in question.helpful),
        question.least if question.least < len(question.needed) else None,
    )


def _about(themes: Iterable[str], weight: float) -> tuple[Node, Node]:
    """Being about one of those by what is said, and by what is declared only."""
    codes = tuple((topic_token(theme),) for theme in themes)
    return Said(THEMES, codes, weight), Said(DECLARED, codes, weight * ONLY_DECLARED)


def known(term: Term) -> Node:
    """Whatever says a term anywhere, its typo not forgiven."""
    return _term(term, (), 1.0)


def _term(term: Term, mended: Sequence[Phrase], unit: float) -> Node:
    places = (*PLACES, STRUCTURE)
    whole = Best(tuple(_in_place(place, term, mended, unit) for place in places), SHARE)
    if len(term.telling) < 2:
        return whole
    each = unit * SCATTERED / len(term.typed)
    apart = (_one(_anywhere((token,), each)) for token in term.typed)
    return Best((whole, Every(tuple(apart))))


def _anywhere(phrase: Phrase, unit: float) -> Iterator[Node]:
    """A phrase in any short field."""
    yield from (_said(place, [phrase], unit) for place in PLACES if place not in {DESCRIPTION, FOCUS})
    yield Said(STRUCTURE, (phrase,), unit * IN_PURPOSE)


def _in_place(place: str, term: Term, mended: Sequence[Phrase], unit: float) -> Node:
    if place == STRUCTURE:
        return _in_structure(term, unit)
    ways = (((term.typed,), 1.0), (term.others, AS_SYNONYM), (term.near, AS_LED_TO), (mended, AS_TYPO))
    return _one(_said(place, phrases, unit * worth) for phrases, worth in ways if phrases)


def _in_structure(term: Term, unit: float) -> Node:
    """A name is asked for by itself or by what says the same, never by a slip. One that only tells the
    purpose of all it does, or where a need leads, says little of one service."""
    worths = {term.typed: _as_a_name(term.typed)}
    worths |= {phrase: AS_SYNONYM * _as_a_name(phrase) for phrase in term.others}
    worths |= dict.fromkeys(term.near, AS_LED_TO * IN_PURPOSE)
    alike: dict[float, list[Phrase]] = {}
    for phrase, worth in worths.items():
        alike.setdefault(worth, []).append(phrase)
    return _one(Said(STRUCTURE, tuple(phrases), unit * worth) for worth, phrases in alike.items())


def _as_a_name(phrase: Phrase) -> float:
    return IN_PURPOSE if len(phrase) == 1 and phrase[0] in topics() else IN_STRUCTURE


def _said(place: str, phrases: Iterable[Phrase], unit: float) -> Node:
    return Said(place, tuple(phrases), unit * PLACES[place])


def _one(nodes: Iterable[Node]) -> Node:
    several = tuple(nodes)
    return several[0] if len(several) == 1 else Best(several)
