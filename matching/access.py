"""What an option's own texts ask of a person, and what its programme asks: ages, facts, residence, sex.

Conditions written for it (`conditions_acces`…) may exclude by age when nothing softens them. All the rest
that a text says is to check, or, when a told fact contradicts it plainly, lowers the option and says so: a
text may have been misread, and removes no option in silence.
"""

from collections.abc import Iterator
from typing import Final

from indexer.reference.communes import Communes
from matching.candidate import Candidate, Person
from matching.clauses import Ask
from matching.conditions import REFERRAL, Conditions
from matching.facts import FACTS
from matching.programmes import Belonging, belongings
from matching.requirements import KINDS, Finding, State

BY_TEXT: Final = "d’après son texte, l’offre n’est pas pour cette personne"


def right_age(person: Person, candidate: Candidate, _: Communes) -> Iterator[Finding]:
    """L’âge de la personne est admis."""
    told = candidate.conditions
    if told.ages:
        yield _age(person, told)
    elif told.reserved is not None and told.reserved.ages:
        state, sentence = _age(person, told.reserved)
        yield ("contradicted", f"{BY_TEXT} : {sentence}") if state == "not_met" else (state, sentence)


def _age(person: Person, told: Conditions) -> Finding:
    age = person.profile.age
    fit = told.limit.fit(age, person.fact("rqth") if told.until else None)
    if fit == "in":
        return "met", f"âge admis : {told.ages}"
    if fit == "unknown":
        return "to_check", f"âge : {told.ages}"
    if fit == "out" and told.certain:
        return "not_met", f"âge admis : {told.ages}, la personne a {age} ans"
    return "to_check", f"âge : {told.ages}, la personne a {age} ans"


def conditions_of_access(person: Person, candidate: Candidate, communes: Communes) -> Iterator[Finding]:
    """Les conditions écrites par l’offre sont remplies."""
    told = candidate.conditions
    yield from _clauses(person, told)
    yield from _residences(person, told, communes)
    if told.reserved is not None:
        yield from (one for one in _clauses(person, told.reserved) if one[0] == "contradicted")
        yield from (one for one in _residences(person, told.reserved, communes) if one[0] != "met")
    by_professionals = candidate.document.mobilisable_par == ("professionnels",)
    if by_professionals and not told.clauses.referral:
        yield "practical", "la demande doit être faite par un professionnel"


def _clauses(person: Person, told: Conditions) -> Iterator[Finding]:
    clauses = told.clauses
    for ask in clauses.asks:
        yield from _asked(person, ask)
    if clauses.sex:
        yield from _sex(person, clauses.sex)
    yield from _level(person, told)
    for other in clauses.others:
        yield "to_check", other
    if clauses.referral:
        yield "practical", REFERRAL
    if clauses.appointment:
        yield "practical", "sur rendez-vous"


def _asked(person: Person, ask: Ask) -> Iterator[Finding]:
    answers = [person.fact(fact) for fact in ask.facts]
    said = " ou ".join(FACTS[fact].label for fact in ask.facts)
    if any(answers):
        yield "met", said
    elif ask.plain and all(answer is False for answer in answers):
        yield "contradicted", f"{BY_TEXT} : {said}"
    elif ask.facts == ("inscrit-france-travail",) and "demandeurs-emploi" in person.profile.publics:
        yield "practical", said  # whoever looks for work registers in a few minutes
    else:
        yield "to_check", said


def _sex(person: Person, sex: str) -> Iterator[Finding]:
    woman = person.fact("femme")
    if woman is None:
        yield "to_check", f"réservée aux {sex}"
    elif woman is not (sex == "femmes"):
        yield "contradicted", f"{BY_TEXT} : réservée aux {sex}"


def _level(person: Person, told: Conditions) -> Iterator[Finding]:
    asked, held = told.clauses.level, person.level
    if asked.least is None and asked.most is None:
        return
    said = f"niveau {asked.least} au moins" if asked.least is not None else f"niveau {asked.most} au plus"
    fits = held is not None and (asked.least or 0) <= held <= (asked.most or 8)
    if not fits:
        yield "to_check", said if held is None else f"{said}, la personne a le niveau {held}"


def _residences(person: Person, told: Conditions, communes: Communes) -> Iterator[Finding]:
    for one in told.residences:
        cover = one.covers(person.profile.place.zones, communes)
        if cover == "in":
            yield "met", f"habite bien là où il faut : « {one.clause} »"
        elif cover == "out":
            yield "contradicted", f"{BY_TEXT} : « {one.clause} »"
        else:
            yield "to_check", f"« {one.clause} »"


def programme_open(person: Person, candidate: Candidate, _: Communes) -> Iterator[Finding]:
    """La personne remplit les conditions du programme auquel l’offre appartient."""
    for belonging in belongings(candidate.document):
        for rule in belonging.programme.rules:
            if rule["kind"] == "age" and _told_otherwise(person, candidate):
                continue
            for state, sentence in KINDS[rule["kind"]](person, rule, belonging.kind):
                yield _as_sure(belonging, state), f"{belonging.programme.name} : {sentence}"


def _told_otherwise(person: Person, candidate: Candidate) -> bool:
    """What the service says of ages itself comes first: plainly, or to let this person in."""
    told, age = candidate.conditions, person.profile.age
    return bool(told.ages) and (told.certain or (age is not None and told.admit(age)))


def _as_sure(belonging: Belonging, state: State) -> State:
    """Not met only where the service surely belongs to the programme."""
    return "contradicted" if state == "not_met" and not belonging.sure else state


def puts_to_work(candidate: Candidate) -> bool:
    """Whether a service is itself a job: a contract of insertion, an adapted company, an ESAT."""
    return any(one.programme.work and one.sure for one in belongings(candidate.document))
