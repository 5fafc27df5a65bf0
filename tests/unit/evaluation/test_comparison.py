"""Two rankers on the same queries: how sure one may be that one is better."""

from pytest import approx  # noqa: PT013

from matching.evaluation.comparison import compare


def values(*numbers: float) -> dict[str, float]:
    return {f"q{place:03}": number for place, number in enumerate(numbers)}


def test_a_difference_that_every_query_shows_is_sure() -> None:
    found = compare(values(*[0.5] * 40), values(*[0.6] * 39, 0.61))
    assert found is not None
    assert found.delta == approx(0.10025)
    assert found.low > 0.09
    assert (found.p < 0.001, found.better, found.worse) == (True, 40, 0)


def test_a_difference_that_two_queries_make_is_not() -> None:
    a, b = [0.5] * 40, [0.5] * 38 + [0.9, 0.4]
    found = compare(values(*a), values(*b))
    assert found is not None
    assert found.low <= 0 < found.high
    assert found.p > 0.2


def test_an_order_against_itself_shows_nothing() -> None:
    found = compare(values(0.1, 0.9, 0.4), values(0.1, 0.9, 0.4))
    assert found is not None
    assert (found.delta, found.low, found.high, found.p) == (0, 0, 0, 1)


def test_the_answer_is_the_same_each_time_and_turned_about_when_sides_change() -> None:
    a, b = values(0.1, 0.9, 0.4, 0.5), values(0.3, 0.8, 0.6, 0.5)
    assert compare(a, b) == compare(a, b)
    there, back = compare(a, b), compare(b, a)
    assert there is not None
    assert back is not None
    assert there.delta == approx(-back.delta)
    assert there.p == approx(back.p)
    assert (there.better, there.worse) == (back.worse, back.better)


def test_only_queries_known_to_both_are_compared() -> None:
    found = compare({"x": 0.2, "y": 0.3}, {"y": 0.5, "z": 1.0})
    assert found is not None
    assert found.queries == 1
    assert found.delta == approx(0.2)
    assert compare({"x": 0.2}, {"z": 1.0}) is None
