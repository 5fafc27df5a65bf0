"""A text to the documents that satisfy it, and how strongly (`indexer.strengths`)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import tantivy
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from indexer.embedded.view import View
from indexer.french import Phrase, index_tokens
from indexer.question import Question, Term, read_question
from indexer.strengths import SURE_LETTERS, SURFACE
from indexer.text_plan import Best, Every, Node, Said, known, plan


@dataclass(frozen=True, slots=True)
class Satisfied:
    """Rows in force, ascending, and the strength of each."""

    rows: NDArray[np.int64]
    strengths: NDArray[np.float64]


def satisfied(view: View, words: str) -> Satisfied:
    """What satisfies a text as `indexer.query.Text` says; nothing when it has no significant word."""
    question = read_question(words)
    return view.texts.get(question, lambda: _search(view, question))


def _search(view: View, question: Question) -> Satisfied:
    if not question.needed:
        return Satisfied(np.empty(0, np.int64), np.empty(0, np.float64))
    mended = {term.word: near for term in question.needed if (near := _mended(view, term))}
    found = _hits(view, _query(view, plan(question, mended=mended)))
    return Satisfied(found.rows, np.round(found.strengths, 6))


def _mended(view: View, term: Term) -> tuple[Phrase, ...]:
    """What the nearest words of the index say, typos apart, when it knows none of what was typed."""
    if not term.typos or _known(view, term):
        return ()
    return tuple(dict.fromkeys(tuple(index_tokens(word)) for word in _near_words(view, term)))


def _known(view: View, term: Term) -> bool:
    return bool(view.searcher.search(_query(view, known(term)), limit=1, count=False).hits)


def _near_words(view: View, term: Term) -> Iterable[str]:
    """The nearest words, first letters the same."""
    nearest: dict[int, list[str]] = {}
    for word, _ in view.searcher.terms_with_prefix(SURFACE, term.word[:SURE_LETTERS]):
        if abs(len(word) - len(term.word)) <= term.typos:
            distance = OSA.distance(term.word, word, score_cutoff=term.typos)
            nearest.setdefault(distance, []).append(word)
    best = min(nearest, default=term.typos + 1)
    return sorted(nearest[best]) if best <= term.typos else ()


def _query(view: View, node: Node) -> tantivy.Query:
    match node:
        case Said(place, phrases, score):
            return tantivy.Query.const_score_query(_any(view, place, phrases), score)
        case Best(of, share):
            return tantivy.Query.disjunction_max_query([_query(view, one) for one in of], share)
        case Every(of, more, least):
            clauses = [_query(view, one) for one in of]
            if least is None:
                needed = [(tantivy.Occur.Must, one) for one in clauses]
            else:
                needed = [(tantivy.Occur.Must, _most(clauses, least))]
            helpful = [(tantivy.Occur.Should, _query(view, one)) for one in more]
            return tantivy.Query.boolean_query(needed + helpful)


def _most(clauses: Iterable[tantivy.Query], least: int) -> tantivy.Query:
    some = [(tantivy.Occur.Should, one) for one in clauses]
    return tantivy.Query.boolean_query(some, minimum_number_should_match=least)


def _any(view: View, place: str, phrases: Iterable[Phrase]) -> tantivy.Query:
    """One of those phrases there."""
    said = list(_each(view, place, phrases))
    return (
        said[0]
        if len(said) == 1
        else tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in said])
    )


def _each(view: View, place: str, phrases: Iterable[Phrase]) -> Iterator[tantivy.Query]:
    for phrase in phrases:
        if len(phrase) == 1:
            yield tantivy.Query.term_query(view.schema, place, phrase[0], index_option="basic")
        else:
            yield tantivy.Query.phrase_query(view.schema, place, list(phrase))


def _hits(view: View, query: tantivy.Query) -> Satisfied:
    everything = max(1, view.searcher.num_docs)
    hits = view.searcher.search(query, limit=everything, count=False).hits
    rids = view.searcher.fast_field_values("rid", [address for _, address in hits])
    rows = view.columns.rows_of(rids)
    strengths = np.array([score for score, _ in hits], np.float64)
    ascending = np.argsort(rows)
    return Satisfied(rows[ascending], strengths[ascending])
