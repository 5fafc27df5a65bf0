"""What to ask: unknown answers, by how much each would really change the first ten.

Each possible answer is tried: eligibility and the rules it moves run again, and the list is ordered anew.
Never asked: health, disability, violence, convictions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from indexer.document import EVERYONE
from indexer.reference.communes import Communes
from matching.candidate import Candidate, Person
from matching.eligibility import assess
from matching.matches import Question
from matching.profile import Profile
from matching.rank import FIRST_PAGE, Scored, order, total
from matching.signals import READS, RULES, signal
from matching.travel import Travel, quickest
from matching.weights import Weights

#: Options that may enter the first ten when an answer comes: those after stand too far behind.
POOL: Final = 40

_REASONS: Final = {
    "travel.modes": "Comment la personne se déplace-t-elle ? Le temps de trajet en dépend.",
    "travel.max_minutes": "Combien de minutes de trajet accepte-t-elle ?",
    "remote_ok": "Une aide à distance (téléphone, internet) lui convient-elle ?",
    "age": "Quel âge a-t-elle ? Certaines offres sont réservées à un âge.",
    "publics": "De quels publics fait-elle partie ? Certaines offres leur sont réservées.",
}
#: Publics that the machine never asks about: health, disability, violence, convictions, status.
_NEVER_ASKED: Final = frozenset(
    {
        EVERYONE, "personnes-en-situation-de-handicap", "personnes-en-situation-durgence", "femmes",
        "personnes-en-situation-juridique-specifique", "personnes-exilees",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tried:
    """A field and the profile with one possible answer."""

    field: str
    profile: Profile


def questions(
    person: Person, scored: Sequence[Scored], weights: Weights, communes: Communes
) -> tuple[Question, ...]:
    """The unknown fields worth asking, the most telling first."""
    pool = sorted(scored, key=attrgetter("total"), reverse=True)[:POOL]
    if not pool:
        return ()
    now = {one.id for one in order(pool, person, limit=FIRST_PAGE)}
    effects: Counter[str] = Counter()
    for tried in _answers(person.profile, pool):
        then = _reordered(tried, person, pool, weights, communes)
        effects[tried.field] = max(effects[tried.field], len(now - then))
    asked = (Question(name, _REASONS[name], effect) for name, effect in effects.items() if effect)
    return tuple(sorted(asked, key=lambda one: (-one.effect, one.field)))


def _answers(profile: Profile, pool: Sequence[Scored]) -> Iterator[_Tried]:
    """A few likely answers to each field left unknown."""
    yield from _travel_answers(profile)
    if profile.remote_ok is None:
        yield from (_Tried("remote_ok", replace(profile, remote_ok=wanted)) for wanted in (True, False))
    if profile.age is None:
        yield from (_Tried("age", replace(profile, age=age)) for age in (20, 40, 62))
    if not profile.publics:
        met = _publics_met(pool)
        yield from (_Tried("publics", replace(profile, publics=frozenset({public}))) for public in met)


def _travel_answers(profile: Profile) -> Iterator[_Tried]:
    modes, minutes = profile.travel.modes, profile.travel.max_minutes
    if not modes:
        for mode in ("voiture", "transports-en-commun"):
            yield _Tried("travel.modes", replace(profile, travel=Travel((mode,), minutes)))
    if minutes is None:
        yield _Tried("travel.max_minutes", replace(profile, travel=Travel(modes, 30)))


def _publics_met(pool: Sequence[Scored]) -> list[str]:
    seen = Counter(
        public for one in pool for public in one.candidate.document.publics if public not in _NEVER_ASKED
    )
    return [public for public, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:2]]


def _reordered(
    tried: _Tried, person: Person, pool: Sequence[Scored], weights: Weights, communes: Communes
) -> set[str]:
    """The first ten if that were the answer."""
    then = replace(person, profile=tried.profile)
    moved = {
        place: rule
        for place, rule in enumerate(RULES)
        if tried.field in READS.get(rule.__name__, frozenset())
    }
    again = []
    for one in pool:
        candidate = _candidate(one.candidate, tried.field, then)
        candidate = candidate.judged(assess(then, candidate, communes))
        if candidate.verdict.not_met:
            continue
        signals = tuple(
            signal(moved[place], then, candidate) if place in moved else kept
            for place, kept in enumerate(one.signals)
        )
        again.append(Scored(candidate, signals, total(signals, weights)))
    return {one.id for one in order(again, then, limit=FIRST_PAGE)}


def _candidate(candidate: Candidate, name: str, person: Person) -> Candidate:
    if name != "travel.modes" or candidate.distance_km is None:
        return candidate
    return replace(candidate, journey=quickest(candidate.distance_km, person.travel.modes))
