"""The one door: a profile in, ranked and explained options out.

    profile → needs → recall → signals → eligibility → order → reasons

Same profile, same index, same day: same answer, always.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from indexer.engine import SearchReader
from indexer.reference.communes import Communes
from matching.among import Among
from matching.beyond import excluded
from matching.candidate import Person
from matching.contenders import Contenders, Means
from matching.diagnostic.mapping import Mapping, default_mapping
from matching.diagnostic.needs import read_needs
from matching.emergencies import emergencies
from matching.explain import Explanation
from matching.inquiry import inquire
from matching.matches import Coverage, Matches
from matching.plan import plan
from matching.profile import Profile
from matching.questions import questions
from matching.rank import Standing, order
from matching.recall import Recalled, counted_query, recall
from matching.relaxations import relaxations
from matching.steps import Offer
from matching.travel import Estimate, Router
from matching.weights import DEFAULT_WEIGHTS, Weights

#: Candidates fetched and judged at first: a page of twenty when two in three are reserved to others.
FINALISTS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """What every match stands on: the index, the reference lists, and the versioned choices. `fold_twins`:
    the same service told by two sources is shown once."""

    engine: SearchReader
    communes: Communes
    mapping: Mapping = field(default_factory=default_mapping)
    weights: Weights = DEFAULT_WEIGHTS
    router: Router = field(default_factory=Estimate)
    fold_twins: bool = True

    def person(self, profile: Profile, today: date) -> Person:
        """Somebody and what they need."""
        return Person(profile=profile, needs=read_needs(profile, self.mapping), today=today)

    def contend(self, person: Person) -> tuple[Contenders, Recalled]:
        """The candidates of a person, scored. Raises as `SearchReader.table`."""
        means = Means(engine=self.engine, communes=self.communes, router=self.router, weights=self.weights)
        recalled = recall(person, self.engine)
        contenders = Contenders(person, means, Among.of(person, recalled.within))
        contenders.score()
        return contenders, recalled


def match(profile: Profile, matcher: Matcher, *, today: date, limit: int = 20) -> Matches:
    """The options for that person, best first. Raises as `SearchReader.search`."""
    person = matcher.person(profile, today)
    contenders, recalled = matcher.contend(person)
    finalists, ordered = listed(contenders, matcher, limit)
    results = [contenders.told_of(line, also) for line, also in _shown(contenders, ordered, matcher, limit)]
    return Matches(
        person=person,
        results=tuple(results),
        excluded=excluded(contenders, finalists, recalled.beyond),
        weights_version=matcher.weights.version,
        mapping_version=matcher.mapping.version,
        coverage=_coverage(person, matcher.engine),
        questions=questions(contenders, finalists),
        relaxations=relaxations(contenders),
        path=plan(person, offers(contenders, finalists, ordered)),
        emergencies=emergencies(person.needs),
    )


def explain(profile: Profile, option_id: str, matcher: Matcher, *, today: date) -> Explanation | None:
    """The whole arithmetic of one option, in the list or not, and why it is not; None when the index does not
    know it. Raises as `SearchReader.search`."""
    person = matcher.person(profile, today)
    contenders, _ = matcher.contend(person)
    _, ordered = listed(contenders, matcher, contenders.among.table.rows)
    return inquire(option_id, contenders, ordered)


def listed(contenders: Contenders, matcher: Matcher, limit: int) -> tuple[list[int], list[Standing]]:
    """The candidates judged, and those of them that may be used in the order to show them: more are judged as
    long as fewer than `limit` may."""
    many, finalists, standings = max(FINALISTS, 2 * limit), list[int](), list[Standing]()
    while True:
        finalists = contenders.best(many)
        contenders.know(finalists)
        standings = contenders.standings(finalists)
        if len(standings) >= limit or len(finalists) < many:
            break
        many *= 2
    ordered = order(standings, contenders.person, limit=len(standings))
    return finalists, _folded(ordered) if matcher.fold_twins else ordered


def offers(contenders: Contenders, finalists: Sequence[int], ordered: Sequence[Standing]) -> list[Offer]:
    """What a plan chooses from: all that may be used, as ordered, however short the list shown."""
    known = {one.document.id: one.document for _, one in contenders.known(finalists)}
    return [Offer(document=known[one.id], needs=one.needs) for one in ordered]


def _folded(ordered: Sequence[Standing]) -> list[Standing]:
    """The same without those whose twin stands before them."""
    seen: set[str] = set()
    kept = []
    for one in ordered:
        if one.twins.isdisjoint(seen):
            kept.append(one)
            seen.add(one.id)
    return kept


def _shown(
    contenders: Contenders, ordered: Sequence[Standing], matcher: Matcher, limit: int
) -> Iterator[tuple[int, frozenset[str]]]:
    """The lines of the list, each with the ids folded into it."""
    lines = {option_id: line for line, option_id in enumerate(contenders.among.table.ids)}
    for one in ordered[:limit]:
        yield lines[one.id], one.twins if matcher.fold_twins else frozenset()


def _coverage(person: Person, engine: SearchReader) -> tuple[Coverage, ...]:
    """How many options answer each need where the person can go or from home."""
    needs = person.needs.needs
    counts = engine.count([counted_query(person, [need]) for need in needs]) if needs else []
    return tuple(
        Coverage(need.code, need.label, need.weight, count) for need, count in zip(needs, counts, strict=True)
    )
