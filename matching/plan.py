"""Steps over dated options: brakes first, then an immersion, then a training, with little waiting.

For now a simple forward pass: each step takes its first suitable date after the one before.
"""

from datetime import date
from typing import Final

from indexer.document import Occurrence
from matching.candidate import Person
from matching.eligibility import suitable_dates
from matching.matches import Step
from matching.rank import Scored

#: Trying an occupation comes before training for it.
_ORDER: Final = {"service": 0, "immersion": 1, "training": 2}


def plan(person: Person, ranked: list[Scored]) -> tuple[Step, ...]:
    """The best dated option of each kind for each need, in order; empty when nothing is dated."""
    steps: list[Step] = []
    free = max(person.today, person.profile.available_from or person.today)
    for one in _chosen(ranked):
        occurrence = _next(person, one, free)
        if occurrence is None:
            continue
        steps.append(_step(len(steps) + 1, one, occurrence, (occurrence.starts - free).days))
        free = max(free, occurrence.ends)
    return tuple(steps)


def _chosen(ranked: list[Scored]) -> list[Scored]:
    """One option for each (kind, need), the best ranked, kinds in the order of a path."""
    best: dict[tuple[str, str], Scored] = {}
    for one in ranked:
        answer = one.candidate.best
        if answer is not None and one.candidate.document.occurrences:
            best.setdefault((one.candidate.document.kind, answer.need.code), one)
    return sorted(best.values(), key=lambda one: _ORDER[one.candidate.document.kind])


def _next(person: Person, one: Scored, free: date) -> Occurrence | None:
    dates = suitable_dates(person, one.candidate.document)
    return next((occurrence for occurrence in dates if occurrence.starts >= free), None)


def _step(number: int, one: Scored, occurrence: Occurrence, wait_days: int) -> Step:
    slot = one.candidate.document.kind == "immersion"
    return Step(
        step=number, option_id=one.id, slot_id=occurrence.id if slot else None,
        session_id=None if slot else occurrence.id, starts=occurrence.starts,
        ends=occurrence.ends, wait_days=wait_days,
    )  # fmt: skip
