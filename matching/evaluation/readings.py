"""Two blind readings made one: where they agree, where they nearly do, and what a third must settle.

Readers answer `NAME OPTION_ID GRADE`, with an `e` after the grade when it hangs on a doubt about eligibility.
Two readings that differ by one are given the lower grade when either had that doubt (sending somebody where
they may be refused costs more than leaving a good option second), the higher otherwise (a reader more often
misses what a sheet says than invents it). Further apart, a third reading settles, and nothing is written till
then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from matching.errors import InvalidJudgements
from matching.evaluation.qrels import GRADES

DOUBT: Final = "e"
Pair = tuple[str, str]


class Grade(NamedTuple):
    """A grade, and whether it hangs on eligibility."""

    value: int
    doubt: bool = False


#: (query, option) → grade.
Reading = Mapping[Pair, Grade]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Over what both read, before anything is mended. `kappa`: quadratic weighted, None when it means
    nothing (one grade only)."""

    pairs: int
    exact: float
    within_one: float
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """`grades` settled; `apart`: what a third must read; `alone`: read by one only, not settled either."""

    grades: Mapping[str, Mapping[str, int]]
    apart: tuple[tuple[Pair, int, int], ...]
    alone: tuple[Pair, ...]
    agreement: Agreement


def read_reading(text: str, *, name: str) -> dict[Pair, Grade]:
    """The answers of a reader; the last of two for one pair wins, since a reader may think again. Raises
    InvalidJudgements with the lines that cannot be read."""
    found: dict[Pair, Grade] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith(("#", "```")):
            continue
        grade = _grade(words[2:])
        if len(words) < 3 or grade is None:
            faults.append(f"ligne {number} : « {line.strip()[:60]} » n'est pas « NOM OPTION NOTE », de 0 à 3")
        else:
            found[words[0], words[1]] = grade
    if faults:
        raise InvalidJudgements(name, faults[:10], len(faults))
    return found


def _grade(words: list[str]) -> Grade | None:
    """`2`, `2 e` or `2e`."""
    written = "".join(words)
    value = written.removesuffix(DOUBT)
    return Grade(int(value), written != value) if value in {str(one) for one in GRADES} else None


def merge(one: Reading, other: Reading, third: Reading | None = None) -> Merged:
    """Both readings by the rule above; `third` settles where they are far apart, and what one alone read."""
    third = third or {}
    settled: dict[str, dict[str, int]] = {}
    apart: list[tuple[Pair, int, int]] = []
    alone: list[Pair] = []
    for pair in sorted(one.keys() | other.keys() | third.keys()):
        a, b = one.get(pair), other.get(pair)
        if pair in third:
            value: int | None = third[pair].value
        elif a is None or b is None:
            alone.append(pair)
            value = None
        else:
            value = _settled(a, b)
            if value is None:
                apart.append((pair, a.value, b.value))
        if value is not None:
            settled.setdefault(pair[0], {})[pair[1]] = value
    return Merged(grades=settled, apart=tuple(apart), alone=tuple(alone), agreement=agreement(one, other))


def _settled(a: Grade, b: Grade) -> int | None:
    if abs(a.value - b.value) > 1:
        return None
    return min(a.value, b.value) if a.doubt or b.doubt else max(a.value, b.value)


def agreement(one: Reading, other: Reading) -> Agreement:
    """How far two readings agree on what both read."""
    both = [(one[pair].value, other[pair].value) for pair in one.keys() & other.keys()]
    if not both:
        return Agreement(pairs=0, exact=0.0, within_one=0.0, kappa=None)
    return Agreement(
        pairs=len(both),
        exact=sum(a == b for a, b in both) / len(both),
        within_one=sum(abs(a - b) <= 1 for a, b in both) / len(both),
        kappa=_kappa(both),
    )


def _kappa(both: list[tuple[int, int]]) -> float | None:
    """Cohen's, with quadratic weights: 1 − disagreement seen over disagreement by chance."""
    seen = sum((a - b) ** 2 for a, b in both) / len(both)
    firsts, seconds = _shares(a for a, _ in both), _shares(b for _, b in both)
    chance = sum(firsts[a] * seconds[b] * (a - b) ** 2 for a in GRADES for b in GRADES)
    return 1 - seen / chance if chance else None


def _shares(values: Iterable[int]) -> dict[int, float]:
    counted = list(values)
    return {grade: counted.count(grade) / len(counted) for grade in GRADES}
