"""The order and the dates of a path: brakes, then a trial, then a training, with the fewest days of waiting.

The steps come from `steps`, their order and dates from `schedule`; what could not be placed says what stops
it. When a step slips, what was done stays and the rest is placed anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from matching.candidate import Person
from matching.matches import Block, Plan, Step
from matching.schedule.problem import Alternative, Problem, Task
from matching.schedule.solve import solve
from matching.steps import TRIAL, Aim, Offer, aims, chosen_aims

#: Days of waiting worth a sentence: a month without anything is when people give up.
LONG_WAIT: Final = 30

#: What is done is never left out.
_DONE: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What became of a step, by its number: it ends on another day, or (None) it did not take place."""

    step: int
    ends: date | None


def plan(person: Person, offers: Sequence[Offer]) -> Plan:
    """From the options of a match, best first. Nothing when nothing is dated: a list of visits is no path."""
    found = aims(person, offers)
    tasks = [aim.task(person) for aim in found]
    if not any(one.occurrence_id for task in tasks for one in task.alternatives):
        return Plan(blocks=tuple(_missing(person, found)))
    return _placed(person, found, tasks, person.today)


def plan_chosen(person: Person, chosen: Sequence[Offer]) -> Plan:
    """From options that somebody chose, all of them, whatever a match would propose."""
    found = chosen_aims(person, chosen)
    return _placed(person, found, [aim.task(person) for aim in found], person.today)


def replan(person: Person, offers: Sequence[Offer], steps: Sequence[Step], slip: Slip) -> Plan:
    """The rest of a plan after one of its steps slipped. What comes before stays as it was; what comes after
    keeps its options where their dates still do. `offers`: those of today. Raises ValueError for a step that
    the plan does not have, or that would end before it starts."""
    if not any(step.step == slip.step for step in steps):
        raise ValueError(f"the plan has no step {slip.step}")
    found = _aims_of(person, offers, steps)
    tasks = [_after_slip(aim.task(person), step, slip) for aim, step in found]
    return _placed(person, [aim for aim, _ in found], tasks, _origin(person, steps, slip))


def _origin(person: Person, steps: Sequence[Step], slip: Slip) -> date:
    """The day from which waiting is counted: the first of the plan, for what was done stays in it."""
    done = [step.starts for step in steps if step.step <= slip.step and _stands(step, slip)]
    return min([person.today, *done])


def _stands(step: Step, slip: Slip) -> bool:
    return step.step < slip.step or slip.ends is not None


def _aims_of(person: Person, offers: Sequence[Offer], steps: Sequence[Step]) -> list[tuple[Aim, Step]]:
    """The aim of each step: the one a match proposes for the same need, its own option first."""
    known = {offer.id: offer for offer in offers}
    proposed = {aim.key: aim for aim in aims(person, offers)}
    found = []
    for step in steps:
        own = [known[step.option_id]] if step.option_id in known else []
        for aim in chosen_aims(person, own):
            others = proposed[aim.key].offers if aim.key in proposed else ()
            kept = (*own, *(one for one in others if one.id != step.option_id))
            found.append((replace(aim, offers=kept), step))
    return found


def _after_slip(task: Task, step: Step, slip: Slip) -> Task:
    """What may still be chosen of a step: nothing of what is done, all but the missed date of what is not."""
    starts, ends = step.starts.toordinal(), step.ends.toordinal()
    if step.step == slip.step and slip.ends is not None:
        ends = slip.ends.toordinal()
    if step.step < slip.step or (step.step == slip.step and slip.ends is not None):
        done = Alternative(
            option_id=step.option_id, occurrence_id=step.slot_id or step.session_id, starts=starts, ends=ends
        )
        return replace(task, alternatives=(done,), unsettled=True, weight=_DONE)
    missed = (step.option_id, step.slot_id or step.session_id, starts) if step.step == slip.step else None
    left = (one for one in task.alternatives if (one.option_id, one.occurrence_id, one.starts) != missed)
    return replace(task, alternatives=tuple(left))


# ---------------------------------------------------------------------------------------------- the answer


def _placed(person: Person, found: Sequence[Aim], tasks: Sequence[Task], origin: date) -> Plan:
    numbered = _numbered(tasks)
    problem = Problem(origin=origin.toordinal(), tasks=tuple(numbered))
    schedule = solve(problem)
    about = {task.key: aim for task, aim in zip(numbered, found, strict=True)}
    steps, free = list[Step](), origin
    for key, one in schedule.steps():
        steps.append(_step(len(steps) + 1, about[key], one, free))
        free = steps[-1].ends
    left_out = [(about[task.key], task) for task in numbered if task.key not in schedule.placed]
    blocks = [_block(aim, task, steps) for aim, task in left_out]
    return Plan(
        steps=tuple(steps), blocks=(*blocks, *_waits(steps), *_missing(person, found)), proven=schedule.proven
    )


def _numbered(tasks: Sequence[Task]) -> list[Task]:
    """Keys of their own: two options chosen may answer one need."""
    return [replace(task, key=f"{place:02} {task.key}") for place, task in enumerate(tasks)]


def _step(number: int, aim: Aim, one: Alternative, free: date) -> Step:
    document = next(offer.document for offer in aim.offers if offer.id == one.option_id)
    starts, kind = date.fromordinal(one.starts), document.kind
    return Step(
        step=number, option_id=one.option_id, slot_id=one.occurrence_id if kind == "immersion" else None,
        session_id=one.occurrence_id if kind == "training" else None, starts=starts,
        ends=date.fromordinal(one.ends), wait_days=(starts - free).days, nom=document.nom, kind=kind,
        need=aim.need.code, note=_note(aim, kind),
    )  # fmt: skip


def _note(aim: Aim, kind: str) -> str:
    """What is supposed, said."""
    if kind != "service":
        return ""
    settles = f" ; compter environ {aim.settles} jours pour que ce soit réglé" if aim.settles else ""
    return f"premier jour d’accueil possible, à confirmer{settles}"


def _block(aim: Aim, task: Task, steps: Sequence[Step]) -> Block:
    nom, option_id = aim.offers[0].document.nom, aim.offers[0].id
    return Block(option_id=option_id, need=aim.need.code, reason=f"« {nom} » : {_why(task, steps)}")


def _why(task: Task, steps: Sequence[Step]) -> str:
    if not task.alternatives:
        return "plus aucune date ouverte"
    last = date.fromordinal(max(one.starts for one in task.alternatives))
    before = next((step for step in steps if step.ends >= last), None)
    if before is not None:
        return (
            f"commence au plus tard le {_day(last)}, avant la fin de « {before.nom} » ({_day(before.ends)})"
        )
    return f"aucune de ses dates, jusqu’au {_day(last)}, ne tient avec les autres étapes et leurs délais"


def _waits(steps: Sequence[Step]) -> Iterator[Block]:
    for step in steps:
        if step.wait_days >= LONG_WAIT:
            reason = (
                f"« {step.nom} » ne commence que le {_day(step.starts)} : {step.wait_days} jours d’attente"
            )
            yield Block(option_id=step.option_id, need=step.need, reason=reason)


def _missing(person: Person, found: Sequence[Aim]) -> Iterator[Block]:
    """Occupations aimed at that nothing dated opens on."""
    covered = {aim.need.code for aim in found if aim.stage >= TRIAL}
    for need in person.needs:
        if need.rome and need.code not in covered:
            reason = f"aucune immersion ni formation datée à portée pour « {need.label} »"
            yield Block(option_id=None, need=need.code, reason=reason)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
