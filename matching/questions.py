"""What to ask: unknown answers, by how much each would really change the first ten.

Each possible answer is tried on all that was recalled: the rules it moves run again, those who would come up
are fetched and judged, and the list is ordered anew. Never asked: health, disability, violence, convictions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.document import EVERYONE
from indexer.reference.communes import Communes
from matching.among import Among, Numbers
from matching.candidate import Candidate, Person
from matching.contenders import Contenders, weigh
from matching.eligibility import OF_REACH, assess, out_of_reach
from matching.matches import Question
from matching.profile import Profile
from matching.rank import FIRST_PAGE, Standing, order
from matching.signals import READS, given
from matching.travel import Travel, quickest

#: Those who may come up with an answer, each answer apart: past them the first ten are out of reach.
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
    """A field, the person with one possible answer to it, and what the candidates are then worth."""

    field: str
    among: Among
    totals: Numbers

    @property
    def person(self) -> Person:
        return self.among.person


def questions(contenders: Contenders, finalists: Sequence[int]) -> tuple[Question, ...]:
    """The unknown fields worth asking, the most telling first."""
    if not finalists:
        return ()
    answers = list(_answers(contenders.person.profile, contenders, finalists))
    rising = [contenders.best(POOL, _try(name, profile, contenders).totals) for name, profile in answers]
    contenders.know(line for lines in rising for line in lines)
    pool = sorted({line for lines in (*rising, finalists[:POOL]) for line in lines})
    now = _first(contenders.standings(pool), contenders.person)
    effects: Counter[str] = Counter()
    for name, profile in answers:
        then = _first(_standings(_try(name, profile, contenders), contenders, pool), contenders.person)
        effects[name] = max(effects[name], len(now - then))
    asked = (Question(name, _REASONS[name], effect) for name, effect in effects.items() if effect)
    return tuple(sorted(asked, key=lambda one: (-one.effect, one.field)))


def _first(standings: Sequence[Standing], person: Person) -> set[str]:
    return {one.id for one in order(standings, person, limit=FIRST_PAGE)}


def _answers(
    profile: Profile, contenders: Contenders, finalists: Sequence[int]
) -> Iterator[tuple[str, Profile]]:
    """A few likely answers to each field left unknown."""
    yield from _travel_answers(profile)
    if profile.remote_ok is None:
        yield from (("remote_ok", replace(profile, remote_ok=wanted)) for wanted in (True, False))
    if profile.age is None:
        yield from (("age", replace(profile, age=age)) for age in (20, 40, 62))
    if not profile.publics:
        met = _publics_met(one for _, one in contenders.known(finalists))
        yield from (("publics", replace(profile, publics=frozenset({public}))) for public in met)


def _travel_answers(profile: Profile) -> Iterator[tuple[str, Profile]]:
    modes, minutes = profile.travel.modes, profile.travel.max_minutes
    if not modes:
        for mode in ("voiture", "transports-en-commun"):
            yield "travel.modes", replace(profile, travel=Travel((mode,), minutes))
    if minutes is None:
        yield "travel.max_minutes", replace(profile, travel=Travel(modes, 30))


def _publics_met(finalists: Iterator[Candidate]) -> list[str]:
    seen = Counter(
        public for one in finalists for public in one.document.publics if public not in _NEVER_ASKED
    )
    return [public for public, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:2]]


def _try(name: str, profile: Profile, contenders: Contenders) -> _Tried:
    """What all would be worth if that were the answer."""
    among = contenders.among.asked(replace(contenders.person, profile=profile))
    return _Tried(name, among, _totals(name, among, contenders))


def _totals(name: str, among: Among, contenders: Contenders) -> Numbers:
    """The rules that read a field run again, the others keep what they told."""
    rules = contenders.means.rules
    told = [
        given(rule, among) if name in READS.get(rule.__name__, frozenset()) else kept
        for rule, kept in zip(rules, contenders.told, strict=True)
    ]
    return weigh(told, rules, contenders.means.weights)


def _standings(tried: _Tried, contenders: Contenders, pool: Sequence[int]) -> list[Standing]:
    """Those that may still be used, as they would stand."""
    able = []
    for line, one in contenders.known(pool):
        if _may_use(line, _candidate(one, tried), tried, contenders.means.communes):
            able.append(line)
    return contenders.standings(able, _totals(tried.field, tried.among, contenders))


def _may_use(line: int, one: Candidate, tried: _Tried, communes: Communes) -> bool:
    """Whether it may be used after that answer; what its text then says of the person is kept."""
    if tried.field in OF_REACH:
        return not one.verdict.not_met and not out_of_reach(tried.person, one, communes)
    verdict = assess(tried.person, one, communes)
    tried.among.contradicted[line] = bool(verdict.contradicted)
    return not verdict.not_met


def _candidate(candidate: Candidate, tried: _Tried) -> Candidate:
    if tried.field != "travel.modes" or candidate.distance_km is None:
        return candidate
    return replace(candidate, journey=quickest(candidate.distance_km, tried.person.travel.modes))
