"""What is measured: nDCG against fifteen lines of our own, and what a query without answer is worth."""

from math import log2
from unittest.mock import ANY

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx  # noqa: PT013  (reads as a number)

from matching.evaluation.measures import measure


def own_ndcg(ranked: list[str], grades: dict[str, int], depth: int = 10) -> float:
    """nDCG as the textbook says, with gain 2^grade − 1."""

    def dcg(gains: list[int]) -> float:
        return sum(float(2**gain - 1) / log2(place + 2) for place, gain in enumerate(gains[:depth]))

    ideal = dcg(sorted(grades.values(), reverse=True))
    return dcg([grades.get(option_id, 0) for option_id in ranked]) / ideal if ideal else 0.0


@given(
    grades=st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(0, 3), min_size=1),
    ranked=st.permutations("abcdefghijklmnopqrst"),
    cut=st.integers(0, 20),
)
def test_ndcg_is_the_one_of_the_textbook(grades: dict[str, int], ranked: list[str], cut: int) -> None:
    found = measure({"q": ranked[:cut]}, {"q": grades})
    if max(grades.values()) == 0:
        assert found.mean("ndcg@10") is None
    else:
        assert found.values["q"]["ndcg@10"] == approx(own_ndcg(ranked[:cut], grades), abs=1e-12)


def test_the_gain_is_exponential() -> None:
    # With a linear gain the same order is worth 0.525.
    found = measure({"q": ["b", "x", "a"]}, {"q": {"a": 3, "b": 1, "c": 2}})
    assert found.mean("ndcg@10") == approx(0.479, abs=0.001)


def test_precision_recall_and_first_place_count_from_grade_two() -> None:
    ranked = ["a", "b", "c", "x", "y", *(f"z{number}" for number in range(60)), "d"]
    found = measure({"q": ranked}, {"q": {"a": 1, "b": 2, "c": 3, "d": 2}})
    assert found.values["q"] == {"ndcg@10": ANY, "p@5": 0.4, "recall@50": approx(2 / 3), "rr": 0.5}


def test_a_query_without_a_relevant_option_is_left_out_of_the_mean_and_counted() -> None:
    found = measure({"q": ["a"], "empty": ["a"]}, {"q": {"a": 3}, "empty": {"a": 0, "b": 0}})
    assert found.mean("ndcg@10") == approx(1.0)
    assert (found.queries, found.count("ndcg@10"), found.without_relevant) == (2, 1, ("empty",))


def test_a_query_with_only_related_options_counts_for_ndcg_alone() -> None:
    found = measure({"q": ["a"]}, {"q": {"a": 1}})
    assert found.values["q"].keys() == {"ndcg@10"}


def test_a_ranker_that_finds_nothing_is_worth_nothing() -> None:
    found = measure({}, {"q": {"a": 3}})
    assert found.values["q"] == {"ndcg@10": 0.0, "p@5": 0.0, "recall@50": 0.0, "rr": 0.0}


def test_an_option_given_twice_counts_once() -> None:
    once, twice = measure({"q": ["a", "b"]}, GRADES), measure({"q": ["a", "a", "b"]}, GRADES)
    assert once.values == twice.values


GRADES = {"q": {"a": 3, "b": 2}}
