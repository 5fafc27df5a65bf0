"""What is asked of OpenSearch, without one."""

from typing import Any

import orjson
import pytest

from indexer.document import Point
from indexer.engine import Window
from indexer.opensearch.answers import page_request
from indexer.opensearch.shape import stored
from indexer.opensearch.words import candidates, doubtful
from indexer.query import MAX_WINDOW, AnyOf, Facet, Query, Text, Wish
from indexer.question import read_question
from indexer.words import read_synonyms, read_theme_words
from tests.builders import VALENCE, near, option, question


def _request(query: Query, limit: int = 10, offset: int = 0) -> dict[str, Any]:
    return page_request(Window(query=query, limit=limit, offset=offset), {})


def _leaves(clause: Any) -> int:
    """How many clauses a node would count."""
    if isinstance(clause, list):
        return sum(map(_leaves, clause))
    if not isinstance(clause, dict):
        return 0
    leaf = clause.keys() & {"term", "terms", "match_phrase", "prefix", "exists", "geo_distance", "range"}
    return len(leaf) + sum(_leaves(value) for name, value in clause.items() if name not in leaf)


def test_a_question_with_a_person_in_it_stays_under_the_clauses_a_node_takes() -> None:
    phrases = [phrase for said in read_theme_words().values() for phrase in said]
    heaviest = sorted(
        phrases, key=lambda said: -_leaves(_request(question(wants=[Wish(Text(said))]))["query"])
    )
    asked = question(
        wants=[Wish(Text(said)) for said in heaviest[:5]], near=near(VALENCE), zones=frozenset("26")
    )
    assert _leaves(_request(asked)["query"]) < 1_024


def test_the_heaviest_question_stays_under_the_clauses_a_node_takes() -> None:
    synonyms = read_synonyms()
    typed = {
        words for group in (*synonyms.same, *synonyms.toward) for words in group.words if " " not in words
    }
    heaviest = sorted(typed, key=lambda word: -_leaves(_asked(word)))
    assert _leaves(_asked(" ".join(heaviest[:30]))) < 1_024


def _asked(words: str) -> Any:
    return _request(question(wants=[Wish(Text(words))]))["query"]


@pytest.mark.parametrize(
    ("limit", "offset", "start", "size"),
    [(10, 0, 0, 10), (10, 9_995, 9_995, 5), (10, 20_000, MAX_WINDOW, 0), (-1, -5, 0, 0)],
)
def test_a_window_never_passes_what_a_node_accepts(limit: int, offset: int, start: int, size: int) -> None:
    asked = _request(question(), limit, offset)
    assert (asked["from"], asked["size"]) == (start, size)


def test_only_filters_on_a_counted_field_wait_until_after_the_counts() -> None:
    free, themed = AnyOf("frais", ("gratuit",)), AnyOf("thematiques", ("sante--addictions",))
    asked = _request(question(where=[free, themed], facets=[Facet("frais")]))
    assert "gratuit" in str(asked["post_filter"])
    assert "gratuit" not in str(asked["query"])
    assert "gratuit" not in str(asked["aggs"]["facet-frais"])
    assert "sante--addictions" in str(asked["query"])
    assert "post_filter" not in _request(question(where=[free, themed]))


def test_half_a_character_typed_as_a_value_is_never_sent() -> None:
    asked = _request(question(where=[AnyOf("id", ("\ud800", "a"))]))
    assert orjson.dumps(asked)


def test_words_that_forgive_a_typo_are_those_long_enough() -> None:
    wants = [Wish(Text("aide vestiaire 2026")), Wish(AnyOf("kind", ("service",)))]
    assert list(doubtful(question(wants=wants))) == ["vestiaire"]


@pytest.mark.parametrize(
    ("typed", "suggested", "said"),
    [
        ("vestiare", ["vestiaire", "vestimentaire"], [("vestiair",)]),
        ("vestiaires", ["vestiaire"], []),
        ("fermateur", ["formateur", "fermateurs"], []),
        ("vestiare", [], []),
    ],
)
def test_the_nearest_words_are_taken_unless_one_is_the_word_itself(
    typed: str, suggested: list[str], said: list[tuple[str]]
) -> None:
    [term] = read_question(typed).needed
    assert list(candidates(term, suggested)) == said


@pytest.mark.parametrize(
    "point",
    [Point(44.9334, 4.8924), Point(-20.9, 55.4), Point(16.2, -61.5), Point(-90, -180), Point(90, 180)],
)
def test_a_packed_place_unpacks_to_itself(point: Point) -> None:
    [packed] = stored(option(at=point))["places"]
    assert -(2**63) <= packed < 2**63
    low = packed & 0xFFFF_FFFF
    unpacked = ((packed >> 32) / 1e7, (low - 2**32 if low >= 2**31 else low) / 1e7)
    assert unpacked == (point.latitude, point.longitude)
