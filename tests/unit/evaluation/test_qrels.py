"""Judgements as text: read, refused line by line, written again the same."""

import pytest

from matching.errors import InvalidJudgements
from matching.evaluation.qrels import options_of, read_qrels, write_qrels


def test_what_is_written_reads_again_the_same() -> None:
    grades = {"b": {"y": 0, "x": 3}, "a": {"x": 1}}
    assert write_qrels(grades) == "a 0 x 1\nb 0 x 3\nb 0 y 0\n"
    assert read_qrels(write_qrels(grades), name="qrels.txt") == grades


def test_spaces_blank_lines_and_comments_are_passed_over() -> None:
    assert read_qrels("# rules of November\n\na\t0\tx   3\r\n", name="q") == {"a": {"x": 3}}


@pytest.mark.parametrize("line", ["a 0 x", "a 0 x 4", "a 0 x -1", "a 0 x two", "a 0 x 2.5", "a 0 x y 2", "3"])
def test_a_malformed_line_is_told_with_its_number(line: str) -> None:
    with pytest.raises(InvalidJudgements, match="ligne 2"):
        read_qrels(f"a 0 w 1\n{line}\n", name="qrels.txt")


def test_two_different_grades_of_one_option_are_refused_and_the_same_twice_is_not() -> None:
    assert read_qrels("a 0 x 2\na 0 x 2\n", name="q") == {"a": {"x": 2}}
    with pytest.raises(InvalidJudgements, match="x a déjà une autre note"):
        read_qrels("a 0 x 2\na 0 x 3\n", name="q")


def test_a_thousand_faults_are_counted_and_ten_are_shown() -> None:
    with pytest.raises(InvalidJudgements, match="et 990 autres") as told:
        read_qrels("faute\n" * 1_000, name="q")
    assert len(told.value.faults) == 10


def test_every_option_judged_is_known() -> None:
    assert options_of({"a": {"x": 1}, "b": {"x": 0, "y": 2}}) == {"x", "y"}
