"""A question put to one document in plain Python, as `indexer.query` means it: for documents that stand in no
index.

Two things of a text are left out: its typos, which take the words of all documents to mend, and descriptions,
which nobody reads whole.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer import text_plan
from indexer.document import ON_SITE, REMOTE, OptionDocument
from indexer.engine import Hit
from indexer.french import Phrase, index_tokens
from indexer.query import AnyOf, AvailableFrom, Field, Filter, Graded, Near, NoneOf, Query, Sort, Text, Wish
from indexer.question import Term, read_question
from indexer.reference.distance import distance_km
from indexer.row import FIELDS, Row, row_of
from indexer.searchable import field_texts
from indexer.strengths import DESCRIPTION, ELSEWHERE, FAR, STALE, YEAR
from indexer.text_plan import Best, Every, Node, Said


@dataclass(frozen=True, slots=True)
class Subject:
    """A document with what questions read of it, made once for all of them."""

    document: OptionDocument
    row: Row

    @classmethod
    def of(cls, document: OptionDocument) -> "Subject":
        """The subject a document is."""
        return cls(document, row_of(document))


@dataclass(frozen=True, slots=True)
class _Had:
    """A document as it can be had there: how far (None: from home, or nobody knows where), in which ways."""

    document: OptionDocument
    row: Row
    km: float | None
    on_site: bool
    modes: frozenset[str]

    def values(self, field: Field) -> tuple[str, ...]:
        """What it holds in a field, there."""
        if field == "id":
            return (self.row.id,)
        if field == "modes_accueil":
            return tuple(self.modes)
        return self.row.values[FIELDS.index(field)]


def judge(subject: Subject, query: Query) -> Hit | None:
    """The hit that a document is to a question; None when it does not answer it."""
    had = _have(subject, query.near)
    if had is None or not _in_zone(had, query.zones):
        return None
    if not all(_passes(had, condition, query) for condition in query.where):
        return None
    wished = sum(wish.weight * _strength(had, wish) for wish in query.wants) if query.wants else 1.0
    if wished <= 0:
        return None
    score = round(wished * _nearness(had.km, query.near) * _freshness(had.row.updated, query), 6)
    return Hit(document=subject.document, score=score, distance_km=had.km, on_site=had.on_site)


def in_order(hits: Iterable[Hit], sort: Sort) -> list[Hit]:
    """Hits as a list shows them."""
    return sorted(hits, key=lambda hit: (_KEYS[sort](hit), hit.document.id))


_KEYS: Final[Mapping[Sort, Callable[[Hit], float]]] = {
    Sort.RELEVANCE: lambda hit: -hit.score,
    Sort.DISTANCE: lambda hit: math.inf if hit.distance_km is None else round(hit.distance_km, 6),
    Sort.FRESHNESS: lambda hit: -hit.document.date_maj.toordinal(),
}


def _have(subject: Subject, near: Near | None) -> _Had | None:
    document, row = subject.document, subject.row
    if near is None:
        modes = frozenset(row.values[FIELDS.index("modes_accueil")])
        return _Had(document, row, None, row.on_site, modes)
    km = min((distance_km(near.point, one) for one in document.points), default=math.inf)
    here = row.on_site and km <= near.radius_km
    from_home = row.remote and near.remote
    if not (here or from_home or row.placeless):
        return None
    modes = frozenset({ON_SITE} if here else ()) | frozenset({REMOTE} if from_home else ())
    return _Had(document, row, km if here else None, here, modes)


def _in_zone(had: _Had, zones: frozenset[str]) -> bool:
    reserved = had.document.zone_eligibilite
    return not zones or not reserved or not zones.isdisjoint(reserved)


def _passes(had: _Had, condition: Filter, query: Query) -> bool:
    match condition:
        case AvailableFrom(day):
            first, today = day.toordinal(), query.today.toordinal()
            starts = (starts for starts, ask_by, _ in had.row.occurrences if ask_by >= today)
            return not had.row.dated or any(one >= first for one in starts)
        case NoneOf(field, values):
            return not set(values).intersection(had.values(field))
        case AnyOf(field, values, or_missing):
            held = had.values(field)
            return bool(set(values).intersection(held)) or (or_missing and not held)


def _strength(had: _Had, wish: Wish) -> float:
    match wish.what:
        case Text(words):
            return text_strength(had.document, words)
        case Graded(field, weights):
            held = had.values(field)
            return max((weight for value, weight in weights if value in held), default=0.0)
        case one:
            return float(_passes_any(had, one))


def _passes_any(had: _Had, wish: AnyOf) -> bool:
    held = had.values(wish.field)
    return bool(set(wish.values).intersection(held)) or (wish.or_missing and not held)


def _nearness(km: float | None, near: Near | None) -> float:
    if near is None:
        return 1.0
    if km is None:
        return ELSEWHERE
    return float(FAR + (1 - FAR) * 0.5 ** ((km / near.scale_km) ** 2))


def _freshness(updated: int, query: Query) -> float:
    age = max(0, query.today.toordinal() - updated)
    return float(1 - STALE * (1 - 0.5 ** (age / YEAR)))


def text_strength(document: OptionDocument, words: str) -> float:
    """How strongly a document says those words, between 0 and 1; 0 when it does not say all it should."""
    plan = _plan(words)
    return _worth(plan, _said_by(document)) if plan else 0.0


def phrases(term: Term) -> tuple[Phrase, ...]:
    """The ways of saying a term."""
    return (term.typed, *term.others, *term.near)


@lru_cache(maxsize=256)
def _plan(words: str) -> Node | None:
    question = read_question(words)
    return text_plan.plan(question) if question.needed else None


def _worth(node: Node, said: Mapping[str, str]) -> float:
    match node:
        case Said(place, ways, score):
            text = said.get(place)
            return score if text and any(way in text for way in _spaced(ways)) else 0.0
        case Best(of, share):
            worths = [_worth(one, said) for one in of]
            return max(worths) * (1 - share) + sum(worths) * share
        case Every(of, more, least):
            worths = [worth for one in of if (worth := _worth(one, said))]
            if len(worths) < (len(of) if least is None else least):
                return 0.0
            return sum(worths) + sum(_worth(one, said) for one in more)


def _said_by(document: OptionDocument) -> dict[str, str]:
    """The tokens of each field but the description, every one between spaces: a phrase is then part of it."""
    texts = field_texts(document)
    return {place: _tokens(text) for place, text in texts.items() if text and place != DESCRIPTION}


@lru_cache(maxsize=4_096)
def _tokens(text: str) -> str:
    return f" {' '.join(index_tokens(text))} "


@lru_cache(maxsize=4_096)
def _spaced(ways: tuple[Phrase, ...]) -> tuple[str, ...]:
    return tuple(f" {' '.join(way)} " for way in ways)


def holds(tokens: tuple[str, ...], phrase: Phrase) -> bool:
    """Whether a phrase stands somewhere in those tokens."""
    size = len(phrase)
    return any(tokens[start : start + size] == phrase for start in range(len(tokens) - size + 1))
