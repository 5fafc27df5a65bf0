"""CP-SAT, for more steps than can be gone through: a yes or no for each alternative, no overlap, stages.

One worker, a fixed seed and a limit of deterministic time (work, not seconds): the same problem always gives
the same schedule. OR-Tools is imported when it is first needed: it costs half a second.
"""

from typing import Any, Final

from matching.schedule.problem import Alternative, Problem, Schedule, Task, earliest_after

#: In CP-SAT's own unit, about a second of work at most; and in seconds, should a machine be that slow.
_WORK: Final = 0.8
_SECONDS: Final = 0.9


def solve(problem: Problem) -> Schedule:
    """The best schedule found within a second, `proven` when it is the best of all."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = _choices(model, problem)
    _in_turn(model, problem, chosen)
    model.minimize(_cost(model, problem, chosen))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = _WORK
    solver.parameters.max_time_in_seconds = _SECONDS
    found = solver.solve(model)
    if found not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Schedule(proven=False)
    placed = {
        task.key: one for task in problem.tasks for one, yes in chosen[task.key] if solver.boolean_value(yes)
    }
    return Schedule(placed=placed, proven=found == cp_model.OPTIMAL)


_Choices = dict[str, list[tuple[Alternative, Any]]]


def _choices(model: Any, problem: Problem) -> _Choices:
    """A yes or no for each alternative, at most one yes a task, no two at a time."""
    chosen: _Choices = {}
    intervals = []
    for task in problem.tasks:
        usable = [one for one in task.alternatives if one.starts >= problem.origin]
        chosen[task.key] = [(one, model.new_bool_var("")) for one in usable]
        model.add_at_most_one(yes for _, yes in chosen[task.key])
        intervals += [
            model.new_optional_fixed_size_interval_var(one.starts, one.busy + 1, yes, "")
            for one, yes in chosen[task.key]
        ]
    model.add_no_overlap(intervals)
    return chosen


def _in_turn(model: Any, problem: Problem, chosen: _Choices) -> None:
    """What is too early after another, of an earlier stage, excludes it."""
    for first in problem.tasks:
        for then in problem.tasks:
            if first.stage < then.stage:
                _before(model, (first, chosen[first.key]), (then, chosen[then.key]))


def _before(
    model: Any, first: tuple[Task, list[tuple[Alternative, Any]]],
    then: tuple[Task, list[tuple[Alternative, Any]]],
) -> None:  # fmt: skip
    for done, yes in first[1]:
        free = earliest_after(done, first[0], then[0])
        for one, later in then[1]:
            if one.starts < free:
                model.add_bool_or(yes.negated(), later.negated())


def _cost(model: Any, problem: Problem, chosen: _Choices) -> Any:
    """As `Worth`, in one number."""
    every = [(one, yes) for some in chosen.values() for one, yes in some]
    span = max([0, *(one.ends - problem.origin for one, _ in every)])
    last = model.new_int_var(0, span, "last")
    for one, yes in every:
        model.add(last >= one.ends - problem.origin).only_enforce_if(yes)
    busy = sum(one.busy * yes for one, yes in every)
    ranks = sum(one.rank * yes for one, yes in every)
    left_out = sum(task.weight * (1 - sum(yes for _, yes in chosen[task.key])) for task in problem.tasks)
    by_rank = 1 + sum(max((one.rank for one in task.alternatives), default=0) for task in problem.tasks)
    by_day = span + 1
    return ((left_out * by_day + (last - busy)) * by_day + last) * by_rank + ranks
