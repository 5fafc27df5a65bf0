"""Every useful order of a few steps: stage after stage, the best ways to have placed each set of them.

Of two ways to have placed the same steps, one that ends no later, was busy no less, left out no more, chose
no worse options and is settled no later is never worth less whatever comes next: the other is forgotten. What
remains is few.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from matching.schedule.problem import Alternative, Problem, Schedule, Task, Worth, by_stage


class _Way(NamedTuple):
    """A way to have decided some tasks; each number is better low. `free` and `settled`: the days from which
    a step may start, because the last one has ended and because what the stages before are about has settled;
    `settling`: the same of the stage at hand. `idle`: less the days busy."""

    left_out: int
    free: int
    idle: int
    ranks: int
    settled: int
    settling: int
    placed: tuple[tuple[str, Alternative], ...]

    def worth(self, origin: int) -> Worth:
        last = self.free - 1 if self.placed else origin
        return Worth(self.left_out, last - origin + self.idle, last, self.ranks)


def solve(problem: Problem) -> Schedule:
    """The best schedule. Of several worth the same, always the same one."""
    ways = [_Way(0, problem.origin, 0, 0, 0, 0, ())]
    for tasks in by_stage([replace(task, alternatives=_in_order(task)) for task in problem.tasks]):
        ways = _stage(ways, tasks)
    best = min(ways, key=lambda way: way.worth(problem.origin))
    return Schedule(placed=dict(best.placed))


def _stage(ways: Sequence[_Way], tasks: Sequence[Task]) -> list[_Way]:
    """Every task of a stage decided, in any order."""
    whole = (1 << len(tasks)) - 1
    after: list[list[_Way]] = [[] for _ in range(whole + 1)]
    after[0] = list(ways)
    for done in range(whole):
        kept = _worth_keeping(after[done])
        for number, task in enumerate(tasks):
            if not done & 1 << number:
                after[done | 1 << number] += [one for way in kept for one in _decided(way, task)]
    settled = (way._replace(settled=max(way.settled, way.settling), settling=0) for way in after[whole])
    return _worth_keeping(settled)


def _decided(way: _Way, task: Task) -> Iterator[_Way]:
    """One more task: placed in each of its useful ways, or left out."""
    earliest = way.free if task.unsettled else max(way.free, way.settled)
    for one in _soonest(task.alternatives, earliest):
        yield _Way(
            way.left_out, one.ends + 1, way.idle - one.busy, way.ranks + one.rank, way.settled,
            max(way.settling, one.ends + 1 + task.settles), (*way.placed, (task.key, one)),
        )  # fmt: skip
    yield way._replace(left_out=way.left_out + task.weight)


def _in_order(task: Task) -> tuple[Alternative, ...]:
    by_day = sorted(task.alternatives, key=lambda one: (one.starts, one.option_id, one.occurrence_id or ""))
    return tuple(by_day)


def _soonest(in_order: Iterable[Alternative], earliest: int) -> Iterable[Alternative]:
    """Those from that day on; of the same rank and length, only the first is of any use."""
    found: dict[tuple[int, int], Alternative] = {}
    for one in in_order:
        if one.starts >= earliest:
            found.setdefault((one.rank, one.busy), one)
    return found.values()


def _worth_keeping(ways: Iterable[_Way]) -> list[_Way]:
    """Those that no other is as good as, whatever comes next; of equals, the first."""
    kept: list[_Way] = []
    for way in sorted(ways, key=_numbers):
        _, free, idle, ranks, settled, settling, _ = way
        for one in kept:  # the first number is in order already
            if (
                one[1] <= free
                and one[2] <= idle
                and one[3] <= ranks
                and one[4] <= settled
                and one[5] <= settling
            ):
                break
        else:
            kept.append(way)
    return kept


def _numbers(way: _Way) -> tuple[int, ...]:
    return way[:6]
