"""May this person use this option? Three states, each criterion with its sentence.

Unknown never excludes: it is shown « à vérifier ». Only what is certainly not met excludes, and says why.
What an option's text denies to the person lowers it and stands first among the things to check.
"""

from collections.abc import Callable, Iterator
from typing import Final

from indexer.document import EVERYONE, Occurrence, OptionDocument
from indexer.reference.communes import Communes
from indexer.reference.vocabulary import PUBLICS
from matching.access import conditions_of_access, programme_open, puts_to_work, right_age
from matching.candidate import Candidate, Person, Verdict
from matching.closing import closing
from matching.requirements import Finding, State
from matching.travel import BY

Criterion = Callable[[Person, Candidate, Communes], Iterator[Finding]]

#: Ages at which a public is certain: « jeunes » is told up to 25 and stretched to 29 here and there;
#: « séniors » from 60, stretched down to 50.
_YOUNG, _NO_LONGER_YOUNG = 25, 30
_SENIOR, _NOT_YET_SENIOR = 60, 50
_HOUR_NAMES: Final = {"jour": "de jour", "soir": "le soir", "nuit": "la nuit", "week-end": "le week-end"}


def assess(person: Person, candidate: Candidate, communes: Communes) -> Verdict:
    """Every criterion."""
    found: dict[State, dict[str, None]] = {
        "met": {}, "to_check": {}, "practical": {}, "contradicted": {}, "not_met": {},
    }  # fmt: skip
    for criterion in CRITERIA:
        for state, sentence in criterion(person, candidate, communes):
            found[state][sentence] = None
    # What contradicts the person stands first, where nobody overlooks it.
    to_check = {**found["contradicted"], **found["to_check"]}
    return Verdict(
        met=tuple(found["met"]),
        to_check=tuple(to_check),
        practical=tuple(one for one in found["practical"] if one not in to_check),
        contradicted=tuple(found["contradicted"]),
        not_met=tuple(found["not_met"]),
    )


def not_refused(person: Person, candidate: Candidate, _: Communes) -> Iterator[Finding]:
    """La personne ne l’a pas déjà refusée, ou la raison de son refus est passée."""
    document = candidate.document
    for refusal in person.profile.refusals:
        if refusal.kind == document.kind and refusal.holds_on(person.today):
            yield (
                "not_met",
                f"genre d’offre refusé par la personne{f' : {refusal.reason}' * bool(refusal.reason)}",
            )
        if refusal.option_id == document.id:
            why = f" : {refusal.reason}" if refusal.reason else ""
            if refusal.holds_on(person.today):
                yield "not_met", f"refusée par la personne{why}"
            else:
                yield "to_check", f"refusée auparavant{why}"


def lives_in_the_zone(person: Person, candidate: Candidate, communes: Communes) -> Iterator[Finding]:
    """La personne habite le territoire auquel l’offre est réservée."""
    zone = candidate.document.zone_eligibilite
    if not zone:
        return
    if person.profile.place.zones.isdisjoint(zone):
        names = ", ".join(communes.zone_label(code) for code in zone[:3])
        more = f" et {len(zone) - 3} autres territoires" if len(zone) > 3 else ""
        yield "not_met", f"réservée aux habitants de {names}{more}"


def within_reach(person: Person, candidate: Candidate, _: Communes) -> Iterator[Finding]:
    """Le trajet tient dans le temps que la personne accepte, ou l’offre se fait à distance."""
    if not candidate.on_site:
        yield from _from_home(person, candidate)
        return
    limit, journey = person.profile.travel.max_minutes, candidate.journey
    if journey is None:
        if limit is not None:
            yield "practical", f"trajet à {candidate.distance_km:.0f} km : moyen de déplacement non renseigné"
        return
    if limit is not None and journey.minutes > limit and not candidate.remote:
        yield "not_met", f"trop loin : environ {journey.minutes} min {BY[journey.mode]}, {limit} acceptées"
    elif journey.to_check:
        yield "practical", f"trajet {BY[journey.mode]} : environ {journey.minutes} min, horaires à vérifier"


def _from_home(person: Person, candidate: Candidate) -> Iterator[Finding]:
    if not candidate.remote:
        yield from _no_place(candidate)
    elif person.profile.remote_ok is False:
        yield "not_met", "seulement à distance ici, ce que la personne ne souhaite pas"


def _no_place(candidate: Candidate) -> Iterator[Finding]:
    if candidate.document.points:
        yield "not_met", "trop loin pour s’y rendre"
    else:
        yield "practical", "lieu non précisé"


def right_public(person: Person, candidate: Candidate, _: Communes) -> Iterator[Finding]:
    """L’offre s’adresse à un public dont la personne fait partie."""
    publics = candidate.document.publics
    if EVERYONE in publics:
        return
    if not publics:
        yield "to_check", "public non précisé"
        return
    fits = [public for public in publics if belongs(person, public) is True]
    if fits:
        yield "met", f"pour : {_labels(fits)}"
    elif all(belongs(person, public) is False for public in publics):
        yield "not_met", f"réservée à : {_labels(publics)}"
    else:
        yield "to_check", f"public : {_labels(publics)}"


def belongs(person: Person, public: str) -> bool | None:
    """Whether the person is of that public: told, certain by age, or by a fact; None unknown. Not listed is
    not no."""
    if public in person.profile.publics:
        return True
    if public in _BY_FACTS:
        return _by_facts(person, public)
    age = person.profile.age
    if age is None:
        return None
    if public == "jeunes":
        return True if age <= _YOUNG else (False if age >= _NO_LONGER_YOUNG else None)
    if public == "seniors":
        return True if age >= _SENIOR else (False if age < _NOT_YET_SENIOR else None)
    return None


#: Facts of which one makes somebody of a public, and whether none of them makes it certain that they are not.
_BY_FACTS: Final = {
    "residents-qpv-frr": (("qpv", "frr"), True),
    "beneficiaires-des-minimas-sociaux": (("minima-sociaux",), True),
    "etudiants": (("etudiant",), True),
    "femmes": (("femme",), True),
    "demandeurs-emploi": (("inscrit-france-travail",), False),
    "actifs": (("en-emploi",), False),
    "personnes-en-situation-de-handicap": (("rqth", "aah"), False),
    "personnes-exilees": (("refugie",), False),
    "personnes-en-situation-juridique-specifique": (("sous-main-de-justice",), False),
}


def _by_facts(person: Person, public: str) -> bool | None:
    facts, only = _BY_FACTS[public]
    answers = [person.fact(fact) for fact in facts]
    if any(answers):
        return True
    return False if only and all(answer is False for answer in answers) else None


def has_an_open_date(person: Person, candidate: Candidate, _: Communes) -> Iterator[Finding]:
    """Il reste une date ouverte, quand la personne est disponible et aux heures qu’elle peut."""
    document = candidate.document
    if not document.occurrences:
        return
    still = document.open_occurrences(person.today)
    if not still:
        yield "not_met", "plus aucune date ouverte"
        return
    available = [one for one in still if _after(person, one)]
    if not available:
        yield "not_met", f"aucune date à partir du {person.profile.available_from:%d/%m/%Y}"
    elif not any(_suits(person, one) for one in available):
        hours = sorted(
            {hour for one in available for hour in one.times if hour in person.profile.excluded_hours}
        )
        yield (
            "not_met",
            f"horaires exclus par la personne : {', '.join(_HOUR_NAMES.get(h, h) for h in hours)}",
        )


def suitable_dates(person: Person, document: OptionDocument) -> tuple[Occurrence, ...]:
    """Open dates on which the person is free, soonest first."""
    still = document.open_occurrences(person.today)
    return tuple(one for one in still if _after(person, one) and _suits(person, one))


def _after(person: Person, occurrence: Occurrence) -> bool:
    free = person.profile.available_from
    return free is None or occurrence.starts >= free


def _suits(person: Person, occurrence: Occurrence) -> bool:
    return person.profile.excluded_hours.isdisjoint(occurrence.times)


def job_offers_now(person: Person, candidate: Candidate, _: Communes) -> Iterator[Finding]:
    """La santé d’abord : les offres d’emploi, d’immersion et de formation sont repliées, jamais perdues."""
    indicators, kind = person.needs.indicators, candidate.document.kind
    if indicators.no_job_offers and (kind != "service" or puts_to_work(candidate)):
        yield "not_met", indicators.no_job_offers
    elif kind == "training" and indicators.no_training:
        yield "not_met", "la personne ne souhaite pas suivre de formation"


def still_running(person: Person, candidate: Candidate, _: Communes) -> Iterator[Finding]:
    """L’offre existe encore, d’après son propre texte."""
    told = closing(candidate.document, person.today)
    if told is not None:
        state, sentence = _ENDS[told.end]
        yield state, f"{sentence} (« {told.said} »)"


_ENDS: Final[dict[str, Finding]] = {
    "closed": ("not_met", "fermée ou terminée, d’après son texte"),
    "past": ("to_check", "dates passées, d’après son texte : appeler avant d’orienter"),
    "full": ("practical", "complet ou liste d’attente, d’après son texte"),
}


CRITERIA: tuple[Criterion, ...] = (
    not_refused, still_running, job_offers_now, lives_in_the_zone, within_reach, right_public, right_age,
    has_an_open_date, programme_open, conditions_of_access,
)  # fmt: skip


#: The answers of the person that the reach alone reads: after another one, no text need be read again.
OF_REACH: Final = frozenset({"travel.modes", "travel.max_minutes", "remote_ok"})


def out_of_reach(person: Person, candidate: Candidate, communes: Communes) -> bool:
    """Whether the reach alone rules it out."""
    return any(state == "not_met" for state, _ in within_reach(person, candidate, communes))


def _labels(publics: list[str] | tuple[str, ...]) -> str:
    known = (PUBLICS.find(public) for public in publics)
    return ", ".join(term.label.lower() for term in known if term)
