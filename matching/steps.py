"""What a path may be made of: from needs and options to steps that can be placed.

Brakes come before the job: what is urgent, then what stands in the way, then what leads towards a job, then
a trial of the occupation, then a training for it. A service has no dates: its step is a first visit on a day
when it opens, and what it is about takes some time to be settled.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final

from indexer.document import OptionDocument
from matching.candidate import Person
from matching.diagnostic.needs import Need
from matching.eligibility import suitable_dates
from matching.opening import open_days
from matching.schedule.problem import Alternative, Task

URGENT, BRAKE, TOWARDS, TRIAL, COURSE = range(5)

#: What leaving a step out costs beside the others. A trial counts more than a course: where both cannot be
#: had, an occupation is tried before one trains for it.
_WEIGHTS: Final = {URGENT: 32, BRAKE: 8, TOWARDS: 2, TRIAL: 4, COURSE: 3}
_PRIORITY: Final = 2

#: Supposed days from a first visit until a trial or a course can begin: a place in a crèche is not had the
#: same week. Told with the step; nothing for what is not here.
SETTLES: Final = {"famille": 14, "mobilite": 7, "logement-hebergement": 7, "sante": 7}

#: Days looked at for a first visit: past four weeks a service that does not open is not counted on.
VISIT_WITHIN: Final = 28
#: As many as a plan that is read: brakes, occupations, options tried for each step, dates of each.
_BRAKES, _TOWARDS, _PROJECTS, _OPTIONS, _DATES = 3, 1, 2, 3, 6
#: An option takes a step when it answers the need squarely, and the place of a better one only when it
#: answers nearly as well.
_SQUARELY, _NEARLY = 0.5, 0.8

_JOB: Final = (
    "choisir-un-metier", "creer-une-activite", "preparer-sa-candidature", "se-former",
    "souvrir-a-linternational", "trouver-un-emploi",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An option that may be used, in the order of the list. `needs`: code → how far, most first."""

    document: OptionDocument
    needs: Mapping[str, float]

    @property
    def id(self) -> str:
        return self.document.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A step to place and what it is about. `offers`: those that may take it, best first."""

    need: Need
    stage: int
    offers: tuple[Offer, ...]

    @property
    def key(self) -> str:
        return f"{self.stage} {self.need.code}"

    @property
    def settles(self) -> int:
        """Days until what it is about is settled."""
        return SETTLES.get(self.need.code.partition("--")[0], 0) if self.stage <= BRAKE else 0

    def task(self, person: Person) -> Task:
        """The same, as something to place."""
        heavier = _PRIORITY if self.need.priority else 1
        return Task(
            key=self.key, stage=self.stage, weight=_WEIGHTS[self.stage] * heavier, settles=self.settles,
            unsettled=self.stage < TRIAL, alternatives=tuple(_alternatives(self, person)),
        )  # fmt: skip


def aims(person: Person, offers: Sequence[Offer]) -> list[Aim]:
    """The steps that a match proposes: the most pressing brakes, and the way to the occupations aimed at."""
    brakes = [need for need in person.needs if not towards_a_job(need)]
    pressing = [need for need in brakes if need.priority or need.emergency] or brakes
    lighter = [need for need in person.needs if towards_a_job(need) and not need.rome]
    aimed_at = [need for need in person.needs if need.rome] or lighter
    found: list[Aim] = []
    for need in pressing[:_BRAKES]:
        found.append(_aim(need, URGENT if need.emergency else BRAKE, offers, found))
    for need in lighter[:_TOWARDS]:
        found.append(_aim(need, TOWARDS, offers, found))
    for need in aimed_at[:_PROJECTS]:
        for stage in (TRIAL, COURSE):
            if need.rome or need.code.startswith(_MEANT_FOR[stage]):
                found.append(_aim(need, stage, offers, found))
    return [aim for aim in found if aim.offers]


def chosen_aims(person: Person, offers: Iterable[Offer]) -> list[Aim]:
    """A step for each option that somebody chose, by the need it answers most."""
    needs = {need.code: need for need in person.needs}
    found = []
    for offer in offers:
        need = next((needs[code] for code in offer.needs if code in needs), NO_NEED)
        found.append(Aim(need=need, stage=_stage(offer, need), offers=(offer,)))
    return found


#: Of an option chosen that answers nothing told: a course is then one for a job.
NO_NEED: Final = Need(code="", label="", weight=0.0)


def towards_a_job(need: Need) -> bool:
    """Whether a need is about the job itself, not about what stands in its way."""
    return need.rome is not None or need.code.partition("--")[0] in _JOB


def _stage(offer: Offer, need: Need) -> int:
    kind = offer.document.kind
    if kind == "immersion":
        return TRIAL
    if towards_a_job(need) or (need is NO_NEED and kind == "training"):
        return COURSE if kind == "training" else TOWARDS
    return URGENT if need.emergency and kind == "service" else BRAKE


#: What a trial and a course answer when no occupation is told: somebody who looks for one, or for a training.
_MEANT_FOR: Final = {TRIAL: "choisir-un-metier--", COURSE: "se-former--"}
#: What takes a step of each stage: a course of French lifts a brake as a service does.
_KINDS: Final = {
    URGENT: ("service",), BRAKE: ("service", "training"), TOWARDS: ("service",), TRIAL: ("immersion",),
    COURSE: ("training",),
}  # fmt: skip


def _aim(need: Need, stage: int, offers: Iterable[Offer], taken: Iterable[Aim]) -> Aim:
    used = {offer.id for aim in taken for offer in aim.offers}
    able = [one for one in offers if one.document.kind in _KINDS[stage] and one.id not in used]
    if need.rome:
        able = [one for one in able if _opens_on(one.document, need.rome)]
    return Aim(need=need, stage=stage, offers=tuple(_nearly_as_good(need, able)))


def _opens_on(document: OptionDocument, rome: str) -> bool:
    """On that occupation or a near one (the same three first signs): no trial of another trade."""
    return any(code[:3] == rome[:3] for code in document.rome)


def _nearly_as_good(need: Need, offers: Sequence[Offer]) -> Iterator[Offer]:
    answering = [one for one in offers if need.code in one.needs]
    best = max((one.needs[need.code] for one in answering), default=0.0)
    # A strength carries half the weight of its need.
    least = max(_NEARLY * best, _SQUARELY * (0.5 + 0.5 * need.weight) - 1e-9)
    good = (one for one in answering if one.needs[need.code] >= least)
    return islice(good, _OPTIONS)


def _alternatives(aim: Aim, person: Person) -> Iterator[Alternative]:
    for rank, offer in enumerate(aim.offers):
        if offer.document.kind == "service":
            yield from _visits(offer.document, aim, person, rank)
        else:
            yield from _dates(offer.document, person, rank)


def _visits(document: OptionDocument, aim: Aim, person: Person, rank: int) -> Iterator[Alternative]:
    """A day each: from tomorrow on, or today for what cannot wait."""
    first = person.today + timedelta(days=0 if aim.stage == URGENT else 1)
    for day in open_days(_hours(document), first, VISIT_WITHIN):
        at = day.toordinal()
        yield Alternative(option_id=document.id, occurrence_id=None, starts=at, ends=at, rank=rank)


def _hours(document: OptionDocument) -> str | None:
    structure = document.sheet.get("structure") or {}
    told = document.sheet.get("horaires_accueil") or structure.get("horaires_accueil")
    return str(told) if told else None


def _dates(document: OptionDocument, person: Person, rank: int) -> Iterator[Alternative]:
    for one in suitable_dates(person, document)[:_DATES]:
        yield Alternative(
            option_id=document.id, occurrence_id=one.id, starts=one.starts.toordinal(),
            ends=max(one.starts, one.ends).toordinal(), rank=rank,
        )  # fmt: skip
