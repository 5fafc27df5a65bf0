"""What is to be placed, and what a schedule is worth. Days are numbers (`date.toordinal`), ends included.

One person takes one step at a time: no two overlap, not even by a day. A step of a later stage begins after
every placed step of an earlier one has ended, and after what it needs settled has had the time to settle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One way to take a step. `rank`: how far down the list its option stands; 0 for the best."""

    option_id: str
    occurrence_id: str | None
    starts: int
    ends: int
    rank: int = 0

    def __post_init__(self) -> None:
        if self.ends < self.starts:
            raise ValueError(f"{self.option_id} ends before it starts")

    @property
    def busy(self) -> int:
        """Days from its start to its end: none for what takes a day."""
        return self.ends - self.starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step to place, by one of its alternatives. `weight`: what leaving it out costs beside others;
    `settles`: days from its end until what it is about is settled; `unsettled`: it need not wait for what is
    not settled yet."""

    key: str
    stage: int
    weight: int
    alternatives: tuple[Alternative, ...]
    settles: int = 0
    unsettled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`origin`: the first day of all."""

    origin: int
    tasks: tuple[Task, ...]


class Worth(NamedTuple):
    """What a schedule costs, the gravest first: weight left out, days of waiting, its last day, ranks."""

    left_out: int
    waiting: int
    last: int
    ranks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`placed`: task → alternative. `proven`: no other is worth more."""

    placed: Mapping[str, Alternative] = field(default_factory=dict)
    proven: bool = True

    def steps(self) -> list[tuple[str, Alternative]]:
        """In the order of time."""
        return sorted(self.placed.items(), key=lambda one: one[1].starts)


def worth(problem: Problem, placed: Mapping[str, Alternative]) -> Worth:
    """What a schedule is worth. The waiting is what lies between the ends and the starts."""
    last = max([problem.origin, *(one.ends for one in placed.values())])
    return Worth(
        left_out=sum(task.weight for task in problem.tasks if task.key not in placed),
        waiting=last - problem.origin - sum(one.busy for one in placed.values()),
        last=last,
        ranks=sum(one.rank for one in placed.values()),
    )


def allowed(problem: Problem, placed: Mapping[str, Alternative]) -> bool:
    """Whether a schedule keeps every rule."""
    tasks = [task for task in problem.tasks if task.key in placed]
    in_time = all(placed[task.key].starts >= problem.origin for task in tasks)
    return in_time and all(
        _follows(placed, one, other) or _follows(placed, other, one)
        for place, one in enumerate(tasks)
        for other in tasks[place + 1 :]
    )


def _follows(placed: Mapping[str, Alternative], first: Task, then: Task) -> bool:
    return first.stage <= then.stage and placed[then.key].starts >= earliest_after(
        placed[first.key], first, then
    )


def earliest_after(done: Alternative, first: Task, then: Task) -> int:
    """The first day on which `then` may start, `first` having been done so."""
    settling = first.settles if first.stage < then.stage and not then.unsettled else 0
    return done.ends + 1 + settling


def by_stage(tasks: Sequence[Task]) -> list[list[Task]]:
    """The tasks of each stage, earliest first."""
    return [
        [task for task in tasks if task.stage == stage] for stage in sorted({task.stage for task in tasks})
    ]
