"""What changes on a first page."""

from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.moves import Move, moves


def test_who_enters_who_leaves_and_who_moves_are_told_in_that_order() -> None:
    before, after = [*"abcdefghij", "k"], [*"kacbdefghi", "j"]
    assert moves(before, after)[:2] == (
        Move(option_id="k", before=None, after=1),
        Move(option_id="j", before=10, after=None),
    )
    assert [one.option_id for one in moves(before, after)[2:]] == [*"bacdefghi"][:0] + sorted(
        "abdefghi", key=lambda one: (-abs(after.index(one) - before.index(one)), after.index(one))
    )


def test_a_page_that_stays_as_it_is_shows_nothing_whatever_moves_below() -> None:
    assert moves([*"abcdefghij", "k", "l"], [*"abcdefghij", "l", "k"]) == ()


@given(st.permutations("abcdefghijklmn"), st.permutations("abcdefghijklmn"))
def test_turned_about_entries_are_exits(before: list[str], after: list[str]) -> None:
    there = {(one.option_id, one.before, one.after) for one in moves(before, after)}
    back = {(one.option_id, one.after, one.before) for one in moves(after, before)}
    assert there == back
