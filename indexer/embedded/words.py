"""A text to the documents that satisfy it, and how strongly (`indexer.strengths`)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import tantivy
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from indexer.embedded.view import View
from indexer.french import Phrase, Term, index_tokens, query_terms
from indexer.strengths import (
    AS_SYNONYM,
    AS_TYPO,
    DESCRIPTION,
    GATE,
    IN_DESCRIPTION,
    STRUCTURE,
    SURE_LETTERS,
    SURFACE,
)


@dataclass(frozen=True, slots=True)
class Satisfied:
    """Rows in force, ascending, and the strength of each."""

    rows: NDArray[np.int64]
    strengths: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of saying a term: its tokens, what it is worth, and whether a structure's name may say it."""

    phrase: Phrase
    worth: float
    structure: bool = True


def satisfied(view: View, words: str) -> Satisfied:
    """What satisfies a text as `indexer.query.Text` says; nothing when it has no significant word."""
    terms = query_terms(words)
    return view.texts.get(terms, lambda: _search(view, terms))


def _search(view: View, terms: tuple[Term, ...]) -> Satisfied:
    if not terms:
        return Satisfied(np.empty(0, np.int64), np.empty(0, np.float64))
    ways = [_ways(view, term) for term in terms]
    gate = _all([_any_place(view, some) for some in ways])
    described = _all([_described(view, some) for some in ways])
    found = _hits(view, tantivy.Query.disjunction_max_query([gate, described]))
    return Satisfied(found.rows, np.round(found.strengths / len(terms), 6))


def _ways(view: View, term: Term) -> list[_Way]:
    ways = [_Way(term.typed, 1.0), *(_Way(phrase, AS_SYNONYM) for phrase in term.others)]
    if term.typos and not _known(view, ways):
        ways += [_Way(phrase, AS_TYPO, structure=False) for phrase in _mended(view, term)]
    return ways


def _known(view: View, ways: list[_Way]) -> bool:
    anywhere = tantivy.Query.disjunction_max_query([_any_place(view, ways), _described(view, ways)])
    return bool(view.searcher.search(anywhere, limit=1, count=False).hits)


def _mended(view: View, term: Term) -> Iterator[Phrase]:
    """The nearest words of the index, typos apart, first letters the same."""
    nearest: dict[int, list[str]] = {}
    for word, _ in view.searcher.terms_with_prefix(SURFACE, term.word[:SURE_LETTERS]):
        if abs(len(word) - len(term.word)) <= term.typos:
            distance = OSA.distance(term.word, word, score_cutoff=term.typos)
            nearest.setdefault(distance, []).append(word)
    best = min(nearest, default=term.typos + 1)
    if best <= term.typos:
        yield from dict.fromkeys(tuple(index_tokens(word)) for word in sorted(nearest[best]))


def _any_place(view: View, ways: list[_Way]) -> tantivy.Query:
    places = [
        _said(view, place, way.phrase, weight * way.worth)
        for way in ways
        for place, weight in GATE.items()
        if way.structure or place != STRUCTURE
    ]
    typed = ways[0].phrase
    if len(typed) > 1:
        # An expression typed in full may be spread over name, themes and structure.
        shared = [(_Way((token,), 1 / len(typed))) for token in typed]
        places.append(_all([_any_place(view, [one]) for one in shared]))
    return tantivy.Query.disjunction_max_query(places)


def _described(view: View, ways: list[_Way]) -> tantivy.Query:
    found = [_said(view, DESCRIPTION, way.phrase, IN_DESCRIPTION * way.worth) for way in ways]
    return tantivy.Query.disjunction_max_query(found)


def _said(view: View, place: str, phrase: Phrase, weight: float) -> tantivy.Query:
    if len(phrase) == 1:
        query = tantivy.Query.term_query(view.schema, place, phrase[0], index_option="basic")
    else:
        query = tantivy.Query.phrase_query(view.schema, place, list(phrase))
    return tantivy.Query.const_score_query(query, weight)


def _all(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _hits(view: View, query: tantivy.Query) -> Satisfied:
    everything = max(1, view.searcher.num_docs)
    hits = view.searcher.search(query, limit=everything, count=False).hits
    rids = view.searcher.fast_field_values("rid", [address for _, address in hits])
    rows = view.columns.rows_of(rids)
    strengths = np.array([score for score, _ in hits], np.float64)
    ascending = np.argsort(rows)
    return Satisfied(rows[ascending], strengths[ascending])
