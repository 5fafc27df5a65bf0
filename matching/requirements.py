"""The kinds of rules that `programmes.toml` writes: each a function that finds, in a sentence.

Unknown is to check. What is not met bears the article that says so.
"""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from types import MappingProxyType
from typing import Any, Final, Literal

from matching.ages import AgeLimit
from matching.candidate import Person
from matching.facts import FACTS

State = Literal["met", "to_check", "practical", "contradicted", "not_met"]
Finding = tuple[State, str]
Rule = Table[str, Any]
Requirement = Callable[[Person, Rule, str], Iterator[Finding]]

_BOUND: Final = re.compile(r"^(age|niveau)(<=|>=|<|>)(\d+)$")
_LABELS: Final = MappingProxyType(
    {"niveau<=3": "niveau CAP ou moins", "age>=50": "50 ans ou plus", "age<26": "moins de 26 ans"}
)


def age(person: Person, rule: Rule, _kind: str) -> Iterator[Finding]:
    """L’âge est celui que le programme admet."""
    limit = AgeLimit(rule.get("low"), rule.get("high"), rule.get("until"), rule.get("with", ""))
    held = person.profile.age
    fit = limit.fit(held, person.fact(limit.fact) if limit.fact else None)
    if fit == "in":
        yield "met", f"âge admis : {limit.said}"
    elif fit == "out":
        yield "not_met", f"âge admis : {limit.said}, la personne a {held} ans ({rule['article']})"
    else:
        yield "to_check", f"âge : {limit.said}"


def level(person: Person, rule: Rule, _kind: str) -> Iterator[Finding]:
    """Le niveau de formation ne dépasse pas celui du programme."""
    held = person.level
    if held is None or held > rule["most"]:
        yield "to_check", str(rule["sentence"])


def facts(person: Person, rule: Rule, _kind: str) -> Iterator[Finding]:
    """Une au moins des situations demandées est celle de la personne."""
    answers = [person.fact(one) for one in rule["any"]]
    said = rule.get("sentence") or " ou ".join(FACTS[one].label for one in rule["any"])
    if any(answers):
        yield "met", str(said)
    elif all(answer is False for answer in answers):
        yield "not_met", f"{said} ({rule['article']})"
    else:
        yield "to_check", str(said)


def none_of(person: Person, rule: Rule, _kind: str) -> Iterator[Finding]:
    """Aucune des situations exclues n’est celle de la personne."""
    answers = [person.fact(one) for one in rule["facts"]]
    if any(answers):
        yield "not_met", f"{rule['sentence']} ({rule['article']})"
    elif not all(answer is False for answer in answers):
        yield "to_check", str(rule["sentence"])


def check(_person: Person, rule: Rule, _kind: str) -> Iterator[Finding]:
    """Une condition que seule la structure peut vérifier."""
    yield "to_check", str(rule["sentence"])


ELIGIBILITY: Final = "éligibilité à l’insertion par l’activité économique"


def criteria(person: Person, rule: Rule, kind: str) -> Iterator[Finding]:
    """Un critère de niveau 1, ou assez de critères de niveau 2 pour ce genre de structure, ou un prescripteur
    habilité qui l’a vérifié."""
    if person.profile.authorised_prescriber:
        yield "met", f"{ELIGIBILITY} vérifiée par un prescripteur habilité"
        return
    first = {one: _holds(person, one) for one in rule["level_1"]}
    second = {one: _holds(person, one) for one in rule["level_2"]}
    needed = rule["number"].get(kind) or max(rule["number"].values())
    if any(first.values()):
        yield "met", f"{ELIGIBILITY} : {_said(first)} (un critère de niveau 1 suffit)"
    elif sum(answer is True for answer in second.values()) >= needed:
        yield "met", f"{ELIGIBILITY} : {_said(second)} (critères de niveau 2, {needed} demandés)"
    else:
        yield _not_enough(first, second, needed, str(rule["article"]))


def _not_enough(
    first: Table[str, bool | None], second: Table[str, bool | None], needed: int, article: str
) -> Finding:
    """To check, unless even every unknown criterion would not make enough; an authorised prescriber may
    always answer for the person, so that nothing here excludes for good."""
    could = sum(answer is not False for answer in second.values())
    if could < needed and all(answer is False for answer in first.values()):
        return "not_met", f"{ELIGIBILITY} : pas assez de critères ; voir un prescripteur habilité ({article})"
    held = [one for one, answer in second.items() if answer]
    told = f" : {len(held)} critère{'s' if len(held) > 1 else ''} de niveau 2 sur {needed} ({_said(second)})"
    return "to_check", f"{ELIGIBILITY}{told if held else ''}, à vérifier par un prescripteur habilité"


def _said(answers: Table[str, bool | None]) -> str:
    return ", ".join(criterion_label(one) for one, answer in answers.items() if answer)


def criterion_label(criterion: str) -> str:
    """A fact's label, or a bound in words."""
    return _LABELS.get(criterion) or FACTS[criterion].label


def _holds(person: Person, criterion: str) -> bool | None:
    bound = _BOUND.match(criterion)
    if bound is None:
        return person.fact(criterion)
    held = person.profile.age if bound[1] == "age" else person.level
    if held is None:
        return None
    limit = int(bound[3])
    return {"<": held < limit, "<=": held <= limit, ">": held > limit, ">=": held >= limit}[bound[2]]


KINDS: Final[Table[str, Requirement]] = MappingProxyType(
    {"age": age, "level": level, "facts": facts, "not": none_of, "check": check, "criteria": criteria}
)
