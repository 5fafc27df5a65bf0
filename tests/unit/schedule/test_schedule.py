"""Schedules, against every possible one of them tried."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.schedule import exact, solver
from matching.schedule.problem import Alternative, Problem, Schedule, Task, Worth, allowed, worth
from matching.schedule.solve import WIDEST, solve

ORIGIN = 1_000


def at(starts: int, days: int = 1, *, rank: int = 0, name: str = "") -> Alternative:
    """So many days after the origin, for so many days."""
    first = ORIGIN + starts
    return Alternative(
        option_id=name or f"o{rank}",
        occurrence_id=f"d{starts}",
        starts=first,
        ends=first + days - 1,
        rank=rank,
    )


def task(key: str, *ways: Alternative, stage: int = 0, weight: int = 1, settles: int = 0) -> Task:
    return Task(key=key, stage=stage, weight=weight, alternatives=ways, settles=settles)


def problem(*tasks: Task) -> Problem:
    return Problem(origin=ORIGIN, tasks=tasks)


def all_schedules(asked: Problem) -> Iterator[dict[str, Alternative]]:
    """Every one that keeps the rules."""
    for ways in product(*([None, *task.alternatives] for task in asked.tasks)):
        placed = {task.key: way for task, way in zip(asked.tasks, ways, strict=True) if way is not None}
        if allowed(asked, placed):
            yield placed


def best_of_all(asked: Problem) -> Worth:
    return min(worth(asked, placed) for placed in all_schedules(asked))


def checked(asked: Problem, found: Schedule) -> Worth:
    assert allowed(asked, found.placed)
    assert found.proven
    return worth(asked, found.placed)


ways = st.builds(
    at, st.integers(-2, 25), st.integers(1, 8), rank=st.integers(0, 2)
)  # a few that begin before the first day
tasks = st.builds(
    lambda stage, weight, settles, unsettled, alternatives: Task(
        key="", stage=stage, weight=weight, settles=settles, unsettled=unsettled, alternatives=alternatives
    ),
    st.integers(0, 3), st.integers(1, 4), st.integers(0, 6), st.booleans(),
    st.lists(ways, max_size=4).map(tuple),
)  # fmt: skip


def problems(most: int) -> st.SearchStrategy[Problem]:
    def named(some: list[Task]) -> Problem:
        keyed = [
            Task(key=f"t{number}", stage=one.stage, weight=one.weight, alternatives=one.alternatives,
                 settles=one.settles, unsettled=one.unsettled)
            for number, one in enumerate(some)
        ]  # fmt: skip
        return problem(*keyed)

    return st.lists(tasks, max_size=most).map(named)


@given(problems(5))
def test_nothing_that_keeps_the_rules_is_worth_more(asked: Problem) -> None:
    assert checked(asked, exact.solve(asked)) == best_of_all(asked)


@given(problems(7))
@settings(max_examples=40, deadline=None)
def test_the_two_solvers_agree(asked: Problem) -> None:
    assert checked(asked, solver.solve(asked)) == checked(asked, exact.solve(asked))


def test_the_order_is_chosen_with_the_dates() -> None:
    # One after the other as they are listed: the permit on day 5, then the nanny on day 20.
    found = solve(problem(task("permit", at(5, 3)), task("nanny", at(2), at(20))))
    assert [(key, one.starts - ORIGIN) for key, one in found.steps()] == [("nanny", 2), ("permit", 5)]


def test_a_longer_step_is_taken_when_it_leaves_less_waiting() -> None:
    short, long = at(2, 2, name="short"), at(2, 10, name="long")
    found = solve(problem(task("trial", short, long), task("course", at(13, 5), stage=1)))
    assert found.placed["trial"].option_id == "long"


def test_waiting_is_the_days_between_an_end_and_the_next_start() -> None:
    asked = problem(task("a", at(3, 5)), task("b", at(10, 2), stage=1))
    assert checked(asked, solve(asked)) == Worth(left_out=0, waiting=3 + 3, last=ORIGIN + 11, ranks=0)


def test_what_must_settle_first_has_the_time() -> None:
    nanny = task("nanny", at(1), settles=14, weight=2)
    assert solve(problem(nanny, task("trial", at(10), at(15), at(16), stage=1))).placed["trial"] == at(16)
    assert "trial" not in solve(problem(nanny, task("trial", at(10), stage=1))).placed


def test_what_settles_slowly_is_begun_first() -> None:
    slow, quick = task("slow", at(1), at(4), settles=7), task("quick", at(1), at(3))
    found = solve(problem(quick, slow, task("trial", at(9), at(30), stage=1)))
    assert [(key, one.starts - ORIGIN) for key, one in found.steps()] == [
        ("slow", 1),
        ("quick", 3),
        ("trial", 9),
    ]


def test_what_need_not_wait_for_it_does_not() -> None:
    nanny = task("nanny", at(1), settles=14, weight=2)
    cv = Task(key="cv", stage=1, weight=1, alternatives=(at(3),), unsettled=True)
    assert solve(problem(nanny, cv)).placed["cv"] == at(3)


def test_the_lighter_of_two_that_cannot_both_be_had_is_left_out() -> None:
    asked = problem(task("light", at(5, 3), weight=1), task("heavy", at(6, 3), weight=2))
    assert solve(asked).placed.keys() == {"heavy"}


def test_of_two_that_wait_alike_the_better_option_is_taken() -> None:
    asked = problem(task("a", at(4, rank=1, name="second"), at(4, rank=0, name="first")))
    assert solve(asked).placed["a"].option_id == "first"


def test_nothing_to_place_is_a_schedule_too() -> None:
    assert solve(problem()).placed == {}
    assert solve(problem(task("a"))).placed == {}


def test_the_same_problem_always_has_the_same_schedule() -> None:
    same = [at(5, rank=0, name=name) for name in ("b", "a", "c")]
    assert solve(problem(task("x", *same))).placed["x"].option_id == "a"
    assert solve(problem(task("x", *reversed(same)))).placed["x"].option_id == "a"


def crowd(count: int) -> Problem:
    """Many steps of one stage, each at several dates, that must all find their place."""
    days = [3 + 4 * number for number in range(count + 3)]
    return problem(
        *(
            task(f"t{number:02}", *(at(day, 3) for day in days[number % 3 :]), weight=1)
            for number in range(count)
        )
    )


@pytest.mark.parametrize("count", [WIDEST, WIDEST + 1, 20])
def test_many_steps_find_their_place_too_and_the_same_one_each_time(count: int) -> None:
    asked = crowd(count)
    found = solve(asked)
    assert allowed(asked, found.placed)
    assert len(found.placed) == count
    assert solve(asked).placed == found.placed


def test_an_alternative_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        at(3, 0)


def test_a_match_does_not_wait_for_the_solver_to_load() -> None:
    said = "import sys, matching.match; print('ortools' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "False"
