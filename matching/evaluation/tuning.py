"""Coordinate ascent: one number at a time, a few steps up and down, what is better kept with its story.

Few numbers, each with a meaning: a search that a reader can follow step by step, and constraints that keep
the meaning. A step must gain more than noise to be kept, so that a number that no case needs stays.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

#: Value of a measure by query.
Values = Mapping[str, float]
Numbers = Mapping[str, float]
Objective = Callable[[Numbers], Values]
Allowed = Callable[[Numbers], bool]

#: What a number is multiplied by, near ones first; a number at zero tries the least of the others' thirds.
FACTORS: Final = (0.85, 1.2, 0.7, 1.4, 0.5, 2.0, 0.25, 4.0, 0.0)
#: Less than that is within what one query's tie moves.
LEAST_GAIN: Final = 0.0005
_SMALL: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One number moved and kept. `moved`: the queries that gained or lost most, with how much."""

    name: str
    before: float
    after: float
    mean_before: float
    mean_after: float
    moved: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """Where the ascent ended, and how it got there."""

    numbers: Numbers
    values: Values
    story: tuple[Step, ...]


def ascend(
    objective: Objective, start: Numbers, *, allowed: Allowed = lambda _: True, rounds: int = 3,
    least_gain: float = LEAST_GAIN,
) -> Tuned:  # fmt: skip
    """The best numbers found from `start`, which must be allowed. Ends when a round keeps nothing."""
    numbers, values, story = dict(start), objective(start), list[Step]()
    for _ in range(rounds):
        kept = False
        for name in start:
            best = _best(objective, numbers, name, allowed)
            if best is None or _mean(best[1]) <= _mean(values) + least_gain:
                continue
            after, found = best
            story.append(_step(name, numbers[name], after, values, found))
            numbers[name], values, kept = after, found, True
        if not kept:
            break
    return Tuned(numbers=numbers, values=values, story=tuple(story))


def _best(objective: Objective, numbers: Numbers, name: str, allowed: Allowed) -> tuple[float, Values] | None:
    """The best of the steps of one number, the nearest among equals."""
    tried = [
        (value, objective(there))
        for value in _steps(numbers[name])
        if allowed(there := {**numbers, name: value})
    ]
    return max(tried, key=lambda one: _mean(one[1]), default=None)


def _steps(value: float) -> Iterator[float]:
    if value == 0:
        yield from (_SMALL, 5 * _SMALL)
    else:
        yield from dict.fromkeys(round(value * factor, 3) for factor in FACTORS)


def _mean(values: Values) -> float:
    return sum(values.values()) / len(values) if values else 0.0


def _step(name: str, before: float, after: float, old: Values, new: Values) -> Step:
    gaps = sorted(((query, new[query] - old[query]) for query in old), key=lambda one: (-abs(one[1]), one[0]))
    return Step(
        name=name, before=before, after=after, mean_before=_mean(old), mean_after=_mean(new),
        moved=tuple((query, gap) for query, gap in gaps[:3] if abs(gap) > 1e-6),
    )  # fmt: skip


def halves(queries: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Two halves of the same cases, every other one by name: to tune on one and look at the other."""
    ordered = sorted(queries)
    return frozenset(ordered[::2]), frozenset(ordered[1::2])


def meaningful(numbers: Numbers) -> bool:
    """What keeps weights meaning what they say: none below zero; the need counts most; the way there counts
    more than whose commune it is; how well a sheet is kept weighs a twentieth of the whole at most, so that a
    small association does not sink for want of a web master."""
    whole = sum(numbers.values())
    kept = numbers.get("fresh", 0.0) + numbers.get("complete", 0.0)
    need, reach = numbers.get("answers_need", 0.0), numbers.get("reachable", 0.0)
    return (
        min(numbers.values(), default=0.0) >= 0
        and need == max(numbers.values(), default=0.0)
        and reach >= numbers.get("own_commune", 0.0)
        and kept <= 0.05 * whole
    )
