"""Coordinate ascent, on functions whose top is known."""

from collections.abc import Mapping

import pytest

from matching.evaluation.tuning import ascend, halves, meaningful
from matching.weights import DEFAULT_WEIGHTS


def hill(numbers: Mapping[str, float]) -> dict[str, float]:
    """Two people: one wants a at 4, the other b at 1."""
    return {"p": 1 - abs(numbers["a"] - 4) / 10, "q": 1 - abs(numbers["b"] - 1) / 10}


def test_it_climbs_to_the_top_and_tells_each_step_with_whose_case_it_was() -> None:
    found = ascend(hill, {"a": 2.0, "b": 2.0}, rounds=5)
    assert found.numbers == {"a": 4.0, "b": 1.0}
    assert [(step.name, step.before, step.after) for step in found.story] == [("a", 2, 4), ("b", 2, 1)]
    assert [step.moved[0][0] for step in found.story] == ["p", "q"]
    assert found.story[-1].mean_after == pytest.approx(1.0)


def test_what_gains_less_than_noise_stays_as_it_was() -> None:
    flat = ascend(lambda numbers: {"p": 0.5 + numbers["a"] / 100_000}, {"a": 2.0})
    assert (flat.numbers, flat.story) == ({"a": 2.0}, ())


def test_what_is_not_allowed_is_never_tried() -> None:
    tried: list[float] = []

    def objective(numbers: Mapping[str, float]) -> dict[str, float]:
        tried.append(numbers["a"])
        return {"p": numbers["a"]}

    found = ascend(objective, {"a": 1.0}, allowed=lambda numbers: numbers["a"] <= 1.5)
    assert max(tried) <= 1.5
    assert found.numbers["a"] == 1.4


def test_a_number_at_zero_may_come_into_play() -> None:
    assert ascend(lambda numbers: {"p": min(numbers["a"], 1.0)}, {"a": 0.0}).numbers["a"] == 1.0


def test_the_packaged_weights_keep_their_meaning_and_others_would_not() -> None:
    packaged = dict(DEFAULT_WEIGHTS.values)
    assert meaningful(packaged)
    for name, value in (("reachable", 99.0), ("fresh", 5.0), ("own_commune", 9.0), ("affordable", -1.0)):
        assert not meaningful({**packaged, name: value})


def test_halves_share_nothing_and_leave_nothing_out() -> None:
    first, second = halves(["d", "a", "c", "b", "e"])
    assert (first, second) == (frozenset("ace"), frozenset("bd"))
