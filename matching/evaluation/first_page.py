"""What a page of ten holds beside its grades: who may not use an option, what stands twice, which priority
needs are answered, how far one goes. The same for every ranker, from facts of the option and the profile
only: none of the rules that ranked them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from indexer.document import OptionDocument
from indexer.french import folded_words
from indexer.reference.distance import distance_km
from matching.candidate import Person
from matching.evaluation.qrels import RELEVANT
from matching.needed import answers
from matching.travel import Router

FIRST: Final = 10

#: Ages at which a public is certainly not one's own (« jeunes » is stretched to 29, « séniors » from 50).
_NO_LONGER_YOUNG: Final = 30
_NOT_YET_SENIOR: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """Counts over the first ten. `covered` of `coverable` priority needs have an option graded 2 or 3 there,
    of those that have one at all; `minutes` to each option that one goes to."""

    violations: int
    duplicates: int
    unjudged: int
    covered: int
    coverable: int
    minutes: tuple[int, ...]

    def to_json(self) -> dict[str, float | int | None]:
        """As the other values of a query are told."""
        share = self.covered / self.coverable if self.coverable else None
        return {
            "coverage@10": share, "violations@10": self.violations, "duplicates@10": self.duplicates,
            "unjudged@10": self.unjudged, "median_minutes": median(self.minutes) if self.minutes else None,
        }  # fmt: skip


def first_page(
    ranked: Sequence[OptionDocument], judged: Mapping[str, OptionDocument], person: Person,
    grades: Mapping[str, int], router: Router,
) -> FirstPage:  # fmt: skip
    """What the first ten of an order hold. `judged`: the documents of every option graded for that person."""
    page = ranked[:FIRST]
    answering = [one for one in page if grades.get(one.id, 0) >= RELEVANT]
    coverable = _priorities(
        [judged[id_] for id_, grade in grades.items() if grade >= RELEVANT and id_ in judged], person
    )
    return FirstPage(
        violations=sum(violates(one, person) for one in page),
        duplicates=duplicates(page),
        unjudged=sum(one.id not in grades for one in page),
        covered=len(_priorities(answering, person) & coverable),
        coverable=len(coverable),
        minutes=_minutes(page, person, router),
    )


def violates(document: OptionDocument, person: Person) -> bool:
    """Whether that person certainly cannot use it: outside its zone, no date left, reserved to another age,
    refused by them."""
    return (
        _outside(document, person)
        or _closed(document, person)
        or _other_age(document, person)
        or any(one.option_id == document.id and one.holds_on(person.today) for one in person.profile.refusals)
    )


def _outside(document: OptionDocument, person: Person) -> bool:
    zone = document.zone_eligibilite
    return bool(zone) and person.profile.place.zones.isdisjoint(zone)


def _closed(document: OptionDocument, person: Person) -> bool:
    return bool(document.occurrences) and not document.open_occurrences(person.today)


def _other_age(document: OptionDocument, person: Person) -> bool:
    age, publics = person.profile.age, set(document.publics)
    if age is None or not publics:
        return False
    return (publics == {"jeunes"} and age >= _NO_LONGER_YOUNG) or (
        publics == {"seniors"} and age < _NOT_YET_SENIOR
    )


def duplicates(page: Sequence[OptionDocument]) -> int:
    """How many say again what one before them said: the same name, body and commune."""
    said = [
        (tuple(folded_words(one.nom)), tuple(folded_words(one.structure_nom)), one.code_insee, one.kind)
        for one in page
    ]
    return len(said) - len(set(said))


def _priorities(documents: Sequence[OptionDocument], person: Person) -> set[str]:
    """The priority needs that any of them answers; every need, when none is a priority."""
    wanted = {need.code for need in person.needs if need.priority} or {need.code for need in person.needs}
    return {answer.need.code for one in documents for answer in answers(one, person)} & wanted


def _minutes(page: Sequence[OptionDocument], person: Person, router: Router) -> tuple[int, ...]:
    here = person.profile.place.point
    ends = [
        min(((point, distance_km(here, point)) for point in one.points), key=lambda end: end[1])
        for one in page
        if one.on_site
    ]
    journeys = router.journeys(here, ends, person.travel.modes)
    return tuple(journey.minutes for journey in journeys if journey is not None)
