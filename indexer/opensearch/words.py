"""Texts to clauses, with the strengths of `indexer.strengths`: constant scores, no statistics.

Typos are mended in up to two more requests, never made for words that the index holds as typed: the first
asks which of the doubtful words it knows under another form, the second asks the question again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from rapidfuzz.distance import OSA

from indexer.french import Phrase, Term, index_tokens, query_terms
from indexer.opensearch.conditions import IN_FORCE, NOTHING, Clause, either, every
from indexer.query import Query, Text
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

#: By a word typed that the index does not know, what its nearest words say.
Mended = Mapping[str, tuple[Phrase, ...]]

#: Near words looked at for one typed; OpenSearch gives the nearest first.
_NEAR_WORDS: Final = 50


def text(words: str, weight: float, mended: Mended) -> Clause:
    """What satisfies a text, scored by weight × strength."""
    terms = query_terms(words)
    if not terms:
        return NOTHING
    share = weight / len(terms)
    gate = _all(_any_place(term, mended.get(term.word, ()), share) for term in terms)
    described = _all(_described(term, mended.get(term.word, ()), share) for term in terms)
    return _best([gate, described])


def doubtful(query: Query) -> dict[str, Term]:
    """The words of a question in which a typo may be forgiven."""
    said = (wish.what.words for wish in query.wants if isinstance(wish.what, Text))
    return {term.word: term for words in said for term in query_terms(words) if term.typos}


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
    return every([IN_FORCE, either([_any_place(term, (), 1.0), _described(term, (), 1.0)])])


def _any_place(term: Term, mended: Sequence[Phrase], worth: float) -> Clause:
    ways = [
        _said(place, phrases, weight * factor * worth)
        for place, weight in GATE.items()
        for phrases, factor in _ways(term, mended if place != STRUCTURE else ())
    ]
    if len(term.typed) > 1:
        # An expression typed in full may be spread over name, themes and structure.
        each = worth / len(term.typed)
        ways.append(_all(_any_place(Term((token,)), (), each) for token in term.typed))
    return _best(ways)


def _described(term: Term, mended: Sequence[Phrase], worth: float) -> Clause:
    return _best(
        _said(DESCRIPTION, phrases, IN_DESCRIPTION * factor * worth)
        for phrases, factor in _ways(term, mended)
    )


def _ways(term: Term, mended: Sequence[Phrase]) -> Iterator[tuple[Sequence[Phrase], float]]:
    """The phrases that say a term, by what they are worth."""
    yield (term.typed,), 1.0
    if term.others:
        yield term.others, AS_SYNONYM
    if mended:
        yield mended, AS_TYPO


def _said(place: str, phrases: Sequence[Phrase], score: float) -> Clause:
    """One of those phrases there. Single tokens are one clause, for a question may hold 1,024 in all."""
    single = [phrase[0] for phrase in phrases if len(phrase) == 1]
    said: list[Clause] = [{"terms": {place: single}}] if single else []
    said += [{"match_phrase": {place: " ".join(phrase)}} for phrase in phrases if len(phrase) > 1]
    return {"constant_score": {"filter": either(said), "boost": score}}


def _best(clauses: Iterable[Clause]) -> Clause:
    several = list(clauses)
    return several[0] if len(several) == 1 else {"dis_max": {"queries": several}}


def _all(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"must": list(clauses)}}
