"""Two blind readings made one."""

from pytest import approx, raises  # noqa: PT013

from matching.errors import InvalidJudgements
from matching.evaluation.readings import Grade, agreement, merge, read_reading


def reading(*lines: str) -> dict[tuple[str, str], Grade]:
    return read_reading("\n".join(lines), name="reader")


def test_what_both_say_stands() -> None:
    assert merge(reading("p a 3", "p b 0"), reading("p a 3", "p b 0")).grades == {"p": {"a": 3, "b": 0}}


def test_apart_by_one_the_higher_stands_unless_eligibility_is_in_doubt() -> None:
    one, other = reading("p a 2", "p b 3", "p c 1"), reading("p a 3", "p b 2 e", "p c 0")
    assert merge(one, other).grades == {"p": {"a": 3, "b": 2, "c": 1}}
    assert merge(other, one).grades == merge(one, other).grades


def test_further_apart_a_third_reading_settles_and_nothing_is_written_before() -> None:
    one, other = reading("p a 3", "p b 1"), reading("p a 1", "p b 1")
    merged = merge(one, other)
    assert merged.grades == {"p": {"b": 1}}
    assert merged.apart == ((("p", "a"), 3, 1),)
    settled = merge(one, other, reading("p a 2"))
    assert settled.grades == {"p": {"a": 2, "b": 1}}
    assert settled.apart == ()


def test_what_one_alone_read_is_not_judged() -> None:
    merged = merge(reading("p a 3", "p b 2"), reading("p a 3"))
    assert merged.grades == {"p": {"a": 3}}
    assert merged.alone == (("p", "b"),)


def test_a_reader_may_think_again_and_fence_his_answers() -> None:
    assert reading("```", "# p", "p a 1", "p a 2", "", "```") == {("p", "a"): Grade(2)}


def test_a_doubt_is_written_apart_or_not() -> None:
    assert reading("p a 2 e", "p b 2e", "p c 2") == {
        ("p", "a"): Grade(2, doubt=True), ("p", "b"): Grade(2, doubt=True), ("p", "c"): Grade(2),
    }  # fmt: skip


def test_lines_that_are_no_answer_are_told() -> None:
    with raises(InvalidJudgements, match="ligne 2"):
        reading("p a 1", "p a 1 because", "p a 4", "p a e", "p a 22")


def test_agreement_is_told_as_the_field_tells_it() -> None:
    # By hand: squared disagreement 2/4 seen; 3.5 by chance, of shares ½ and ½ against four times ¼.
    one = reading("p a 0", "p b 0", "p c 3", "p d 3")
    other = reading("p a 0", "p b 1", "p c 2", "p d 3")
    told = agreement(one, other)
    assert (told.pairs, told.exact, told.within_one) == (4, 0.5, 1.0)
    assert told.kappa == approx(1 - 0.5 / 3.5)


def test_agreement_means_nothing_where_nothing_varies() -> None:
    assert agreement(reading("p a 1"), reading("p a 1")).kappa is None
    assert agreement(reading("p a 1"), reading("p b 1")).pairs == 0
