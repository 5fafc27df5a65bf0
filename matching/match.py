"""The one door: a profile in, ranked and explained options out.

    profile → needs → recall → eligibility → signals → order → reasons

Same profile, same index, same day: same answer, always.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from indexer.document import OptionDocument, Point
from indexer.engine import Hit, SearchReader
from indexer.reference.communes import Communes
from indexer.reference.distance import distance_km
from matching.candidate import Candidate, Person, answers
from matching.conditions import conditions
from matching.diagnostic.mapping import Mapping, default_mapping
from matching.diagnostic.needs import read_needs
from matching.eligibility import assess
from matching.emergencies import emergencies
from matching.explain import Explanation, arithmetic, standing
from matching.matches import Coverage, Excluded, Matches
from matching.plan import plan
from matching.profile import Profile
from matching.questions import questions
from matching.rank import order, score
from matching.recall import open_query, recall
from matching.relaxations import relaxations
from matching.travel import Estimate, Router, radius_km
from matching.weights import DEFAULT_WEIGHTS, Weights

#: What is out is told too, the nearest first; past fifty nobody reads.
MOST_EXCLUDED: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """What every match stands on: the index, the reference lists, and the versioned choices."""

    engine: SearchReader
    communes: Communes
    mapping: Mapping = field(default_factory=default_mapping)
    weights: Weights = DEFAULT_WEIGHTS
    router: Router = field(default_factory=Estimate)


def match(profile: Profile, matcher: Matcher, *, today: date, limit: int = 20) -> Matches:
    """The options for that person, best first. Raises as `SearchReader.search`."""
    person = Person(profile=profile, needs=read_needs(profile, matcher.mapping), today=today)
    eligible, excluded = _candidates(person, matcher)
    scored = [score(person, candidate, matcher.weights) for candidate in eligible]
    ranked = order(scored, person, limit=limit)
    return Matches(
        person=person,
        results=tuple(ranked),
        excluded=_nearest(excluded),
        weights_version=matcher.weights.version,
        mapping_version=matcher.mapping.version,
        coverage=_coverage(person, matcher.engine),
        questions=questions(person, scored, matcher.weights, matcher.communes),
        relaxations=relaxations(person, matcher.engine),
        plan=plan(person, ranked),
        emergencies=emergencies(person.needs),
    )


def explain(profile: Profile, option_id: str, matcher: Matcher, *, today: date) -> Explanation | None:
    """The whole arithmetic of one option, in the list or not; None when the index does not know it. Raises as
    `SearchReader.search`."""
    document = matcher.engine.get([option_id]).get(option_id)
    if document is None:
        return None
    person = Person(profile=profile, needs=read_needs(profile, matcher.mapping), today=today)
    eligible, _ = _candidates(person, matcher)
    (asked,) = _assessed([_as_hit(document, person)], person, matcher)
    scored = score(person, asked, matcher.weights)
    everyone = [score(person, candidate, matcher.weights) for candidate in eligible]
    ranked = order(everyone, person, limit=len(everyone))
    rank = next((place for place, one in enumerate(ranked, 1) if one.id == option_id), None)
    return Explanation(
        option_id=option_id, nom=document.nom, rank=rank, total=scored.total,
        lines=(*standing(scored, rank), *arithmetic(scored, matcher.weights)),
    )  # fmt: skip


def _candidates(person: Person, matcher: Matcher) -> tuple[list[Candidate], list[Candidate]]:
    """Those to rank and those left out, refused ones included."""
    recalled = recall(person, matcher.engine)
    within = _assessed(recalled.within, person, matcher)
    away = [one.option_id for one in person.profile.refusals if one.option_id and one.holds_on(person.today)]
    refused = [_as_hit(document, person) for document in matcher.engine.get(away).values()] if away else []
    beyond = _assessed((*refused, *recalled.beyond), person, matcher)
    eligible = [one for one in within if one.answers and not one.verdict.not_met]
    excluded = [one for one in (*within, *beyond) if one.verdict.not_met]
    return eligible, excluded


def _assessed(hits: Iterable[Hit], person: Person, matcher: Matcher) -> list[Candidate]:
    hits = list(hits)
    near = [(hit.document.points[0], hit.distance_km or 0.0) for hit in hits if hit.on_site]
    journeys = iter(matcher.router.journeys(person.profile.place.point, near, person.travel.modes))
    found = []
    for hit in hits:
        bare = Candidate(
            document=hit.document, distance_km=hit.distance_km if hit.on_site else None, on_site=hit.on_site,
            remote=hit.document.remote, journey=next(journeys) if hit.on_site else None,
            answers=answers(hit.document, person), conditions=conditions(hit.document),
        )  # fmt: skip
        found.append(bare.judged(assess(person, bare, matcher.communes)))
    return found


def _as_hit(document: OptionDocument, person: Person) -> Hit:
    """What a search would say of a document fetched by its id, its radius twice the person's."""
    here: Point = person.profile.place.point
    km = min((distance_km(here, point) for point in document.points), default=None)
    on_site = document.on_site and km is not None and km <= 2 * radius_km(person.travel)
    return Hit(document=document, score=0.0, distance_km=km, on_site=on_site)


def _nearest(excluded: list[Candidate]) -> tuple[Excluded, ...]:
    """Those that answer most, then the nearest."""

    def key(one: Candidate) -> tuple[float, float, str]:
        strength = one.best.strength if one.best else 0.0
        return (-round(strength, 2), one.distance_km or 0.0, one.document.id)

    return tuple(
        Excluded(one.document.id, one.document.nom, one.document.kind, one.verdict.not_met)
        for one in sorted(excluded, key=key)[:MOST_EXCLUDED]
    )


def _coverage(person: Person, engine: SearchReader) -> tuple[Coverage, ...]:
    """How many options answer each need where the person can go or from home."""
    needs = person.needs.needs
    counts = engine.count([open_query(person, need) for need in needs]) if needs else []
    return tuple(
        Coverage(need.code, need.label, need.weight, count) for need, count in zip(needs, counts, strict=True)
    )
