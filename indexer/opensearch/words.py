"""Texts to clauses: the plan of `indexer.text_plan` in constant scores, no statistics.

Typos are mended in up to two more requests, never made for words that the index holds as typed: the first
asks which of the doubtful words it knows under another form, the second asks the question again.
"""

from collections.abc import Iterable
from typing import Any, Final

from rapidfuzz.distance import OSA

from indexer import text_plan
from indexer.french import Phrase, index_tokens
from indexer.opensearch.conditions import IN_FORCE, NOTHING, Clause, either, every
from indexer.query import Query, Text
from indexer.question import Term, read_question
from indexer.strengths import SURE_LETTERS, SURFACE
from indexer.text_plan import Best, Every, Mended, Node, Said

#: Near words looked at for one typed; OpenSearch gives the nearest first.
_NEAR_WORDS: Final = 50


def text(words: str, weight: float, mended: Mended) -> Clause:
    """What satisfies a text, scored by weight × strength."""
    question = read_question(words)
    if not question.needed:
        return NOTHING
    return _clause(text_plan.plan(question, weight, mended))


def doubtful(query: Query) -> dict[str, Term]:
    """The words of a question in which a typo may be forgiven."""
    said = (wish.what.words for wish in query.wants if isinstance(wish.what, Text))
    return {term.word: term for words in said for term in read_question(words).needed if term.typos}


def near_words(terms: Iterable[Term]) -> dict[str, Any]:
    """What is asked beside a question: for each word that is nowhere as typed, those that look like it."""
    return {
        term.word: {
            "text": term.word,
            "term": {
                "field": SURFACE, "suggest_mode": "missing", "max_edits": term.typos,
                "prefix_length": SURE_LETTERS, "size": _NEAR_WORDS,
            },
        }
        for term in terms
    }  # fmt: skip


def candidates(term: Term, suggested: Iterable[str]) -> tuple[Phrase, ...]:
    """What the nearest of those words say; nothing when one is only another form of the word typed."""
    nearest: dict[int, list[str]] = {}
    for word in suggested:
        distance = OSA.distance(term.word, word, score_cutoff=term.typos)
        if distance <= term.typos:
            nearest.setdefault(distance, []).append(word)
    best = sorted(nearest[min(nearest)]) if nearest else []
    phrases = tuple(dict.fromkeys(tuple(index_tokens(word)) for word in best))
    return () if term.typed in phrases else phrases


def known(term: Term) -> Clause:
    """Whatever says a term anywhere, its typo not forgiven."""
    return every([IN_FORCE, _clause(text_plan.known(term))])


def _clause(node: Node) -> Clause:
    match node:
        case Said(place, phrases, score):
            return {"constant_score": {"filter": _any(place, phrases), "boost": score}}
        case Best(of, share):
            return {"dis_max": {"queries": [_clause(one) for one in of], "tie_breaker": share}}
        case Every(of, more, least):
            needed = [_clause(one) for one in of]
            if least is not None:
                needed = [{"bool": {"should": needed, "minimum_should_match": least}}]
            helpful = {"should": [_clause(one) for one in more]} if more else {}
            return {"bool": {"must": needed, **helpful}}


def _any(place: str, phrases: Iterable[Phrase]) -> Clause:
    """One of those phrases there. Single tokens are one clause, for a question may hold 1,024 in all."""
    several = tuple(phrases)
    single = [phrase[0] for phrase in several if len(phrase) == 1]
    said: list[Clause] = [{"terms": {place: single}}] if single else []
    said += [{"match_phrase": {place: " ".join(phrase)}} for phrase in several if len(phrase) > 1]
    return either(said)
