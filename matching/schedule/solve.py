"""Which solver for which problem."""

from typing import Final

from matching.schedule import exact
from matching.schedule.problem import Problem, Schedule, by_stage

#: Steps, in all and of one stage, that are gone through one by one: as many as a match proposes. Past that
#: the exact pass grows with every order there is: seconds for seven steps of one stage, where CP-SAT takes a
#: third of one.
EXACT_AT_MOST: Final = 8
WIDEST: Final = 4


def solve(problem: Problem) -> Schedule:
    """The schedule that leaves out least, then waits least, ends soonest, and takes the best options."""
    widest = max(map(len, by_stage(problem.tasks)), default=0)
    if len(problem.tasks) <= EXACT_AT_MOST and widest <= WIDEST:
        return exact.solve(problem)
    from matching.schedule import solver

    return solver.solve(problem)
