"""The rules. Each is a function: what it gave, out of what it could give, and why.

A rule's docstring is what the reader sees of it. Unknown is silent (ceiling 0), not zero. `reads` names the
answers of the person a rule depends on: a question's effect is found by running those rules again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from indexer.document import EVERYONE
from matching.candidate import Answer, Candidate, Person
from matching.eligibility import belongs, suitable_dates
from matching.travel import BY, DEFAULT_MINUTES, quickest


@dataclass(frozen=True, slots=True)
class Signal:
    """What a rule gave (`score`) out of what it could give (`ceiling`), and why (empty: nothing to say)."""

    name: str
    score: float
    ceiling: float
    reason: str = ""


Given = tuple[float, str] | None
Rule = Callable[[Person, Candidate], Given]


def answers_need(person: Person, candidate: Candidate) -> Given:
    """L’offre répond à un besoin de la personne : besoin important, thème précis, dit par l’offre."""
    best = candidate.best
    if best is None:
        return 0.0, ""
    return min(1.0, best.strength), _why(best)


#: Where the answer is read when the theme is not declared.
_READ_IN: Final = {"name": ", d’après son nom", "description": ", d’après sa description", "": ""}


def _why(answer: Answer) -> str:
    need, origin = answer.need, answer.origin
    because = "" if need.label in origin else f" ({origin})"
    return f"répond au besoin « {need.label} »{because}{_READ_IN[answer.read_in]}"


def answers_more(person: Person, candidate: Candidate) -> Given:
    """L’offre répond aussi à d’autres besoins de la personne."""
    if len(person.needs) < 2:
        return None
    others = candidate.answers[1:]
    if not others:
        return 0.0, ""
    names = ", ".join(f"« {answer.need.label} »" for answer in others[:2])
    return min(1.0, sum(answer.strength for answer in others)), f"répond aussi à {names}"


#: The score of reach at the person's limit: past it falls on, and from home stands just under, so that a
#: remote option never outranks an equal one that is near by accident of having no distance.
AT_LIMIT: Final = 0.4
FROM_HOME: Final = 0.35
FROM_HOME_WANTED: Final = 0.75
NOWHERE: Final = 0.2
#: Without a way of travelling, half the reach is spent at 20 km: between a bus and a car.
HALF_KM: Final = 20.0


def reachable(person: Person, candidate: Candidate) -> Given:
    """Le trajet est court, avec les moyens de déplacement de la personne."""
    if not candidate.on_site:
        return _from_home(person, candidate)
    km = candidate.distance_km or 0.0
    journey = candidate.journey
    if journey is None:
        return 1 / (1 + km / HALF_KM), f"à {_km(km)} (moyen de déplacement non renseigné)"
    limit = _limit(person)
    # The exact minutes of the estimate keep two places of the same minute in order of distance.
    spent = (journey.minutes + km / 1000) / limit
    score = 1 - (1 - AT_LIMIT) * spent if spent <= 1 else AT_LIMIT / spent
    about = "environ " if journey.estimated else ""
    return score, f"à {_km(km)}, {about}{journey.minutes} min {BY[journey.mode]}"


def _from_home(person: Person, candidate: Candidate) -> Given:
    if not candidate.remote:
        return NOWHERE, ""
    wanted = person.profile.remote_ok is True or person.needs.indicators.remote_first
    on_site_first = person.needs.indicators.on_site_first
    score = NOWHERE if on_site_first else (FROM_HOME_WANTED if wanted else FROM_HOME)
    return score, "à distance, sans trajet"


def _limit(person: Person) -> float:
    """Minutes accepted, or those of the soft radius that a situation tells, or an hour."""
    travel, soft = person.travel, person.needs.indicators.soft_radius_km
    if travel.max_minutes is not None:
        return float(travel.max_minutes)
    journey = quickest(soft, travel.modes) if soft else None
    return float(journey.minutes if journey else DEFAULT_MINUTES)


def _km(km: float) -> str:
    if km < 1:
        return "moins d’un kilomètre"
    return f"{km:.1f} km".replace(".", ",") if km < 10 else f"{km:.0f} km"


def on_site_or_remote(person: Person, candidate: Candidate) -> Given:
    """L’accueil convient : sur place pour qui peine avec le numérique, à distance pour qui le souhaite."""
    if not (candidate.on_site or candidate.remote):
        return None
    if person.needs.indicators.on_site_first:
        return (1.0, "accueil sur place") if candidate.on_site else (0.0, "")
    if person.profile.remote_ok is True and candidate.remote:
        return 1.0, "possible à distance, comme souhaité"
    if candidate.on_site:
        return 0.9, ""
    return (0.9, "") if person.needs.indicators.remote_first else (0.5, "")


def right_public(person: Person, candidate: Candidate) -> Given:
    """L’offre est faite pour des personnes dans la même situation."""
    if candidate.verdict.contradicted:
        return 0.0, ""
    told = candidate.conditions
    age = person.profile.age
    if age is not None and told.ages and not told.admit(age):
        return 0.1, ""
    publics = candidate.document.publics
    if not publics:
        return None
    if any(belongs(person, public) for public in publics if public != EVERYONE):
        return 1.0, "faite pour des personnes dans cette situation"
    if EVERYONE in publics:
        return 0.8, ""
    # Others are named and the person told theirs: unknown still, yet less likely than when nothing was told.
    return (0.2 if person.profile.publics else 0.4), ""


def affordable(person: Person, candidate: Candidate) -> Given:
    """L’offre est gratuite."""
    frais = candidate.document.frais
    if frais is None:
        return None
    if frais == "gratuit":
        return 1.0, "gratuit"
    return (0.0 if person.needs.indicators.free_first else 0.4), ""


def soon_available(person: Person, candidate: Candidate) -> Given:
    """Une date est proche."""
    if not candidate.document.occurrences:
        return None
    dates = suitable_dates(person, candidate.document)
    if not dates:
        return 0.0, ""
    days = (dates[0].starts - person.today).days
    return max(0.2, min(1.0, 1 - (days - 14) / 130)), f"commence le {dates[0].starts:%d/%m/%Y}"


def own_commune(person: Person, candidate: Candidate) -> Given:
    """L’offre est celle de la commune de la personne."""
    document, code = candidate.document, person.profile.place.code_insee
    own = document.code_insee == code or code in document.zone_eligibilite
    return (1.0, "dans sa commune") if own else (0.0, "")


#: Days after which a sheet should be checked again (data·inclusion asks for six months), and after which
#: it is old.
_FRESH_DAYS, _OLD_DAYS = 183, 1_100


def fresh(person: Person, candidate: Candidate) -> Given:
    """La fiche a été mise à jour récemment."""
    days = (person.today - candidate.document.date_maj).days
    score = 1 - max(0, days - _FRESH_DAYS) / (_OLD_DAYS - _FRESH_DAYS)
    return max(0.0, min(1.0, score)), ""


def complete(person: Person, candidate: Candidate) -> Given:
    """La fiche est bien remplie."""
    return max(0.0, min(1.0, candidate.document.completeness)), ""


RULES: Final[tuple[Rule, ...]] = (
    answers_need, reachable, on_site_or_remote, right_public, affordable, soon_available, answers_more,
    own_commune, fresh, complete,
)  # fmt: skip

#: The answers of the person that move a rule.
READS: Final[dict[str, frozenset[str]]] = {
    "reachable": frozenset({"travel.modes", "travel.max_minutes", "remote_ok"}),
    "on_site_or_remote": frozenset({"remote_ok"}),
    "right_public": frozenset({"age", "publics"}),
    "soon_available": frozenset({"available_from"}),
}


def signal(rule: Rule, person: Person, candidate: Candidate) -> Signal:
    """One rule on one option. A rule that fails is contained and seen: it stays silent and says so."""
    name = rule.__name__
    try:
        given = rule(person, candidate)
    except Exception as error:  # one faulty rule must not cost the person the whole list
        return Signal(name, 0.0, 0.0, f"règle en panne, non comptée ({type(error).__name__})")
    if given is None:
        return Signal(name, 0.0, 0.0)
    return Signal(name, given[0], 1.0, given[1])
