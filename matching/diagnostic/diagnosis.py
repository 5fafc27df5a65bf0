"""A diagnostic as it was made: every item of the national method with its answer, explored or not, and where
it comes from. A frozen value: a new answer makes a new one.

Unexplored is not no. Nobody's name is in it: an author is a function (« conseiller »), a structure is a
structure. `profile_of` draws from it what a match starts from.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from matching.diagnostic.mapping import Entry

Answer = Literal["oui", "non", "non-abordee"]
State = Literal["en-cours", "realise", "abandonne", "non-aborde"]
Held = Literal["besoin", "point-fort", "non-explore"]
Opinion = Literal["oui", "non", "ne-sait-pas"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an answer comes from, as far as it is known. `author` is a function, never a name."""

    source: str = ""
    author: str = ""
    structure: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Something that is so, is not, or was not explored."""

    entry: Entry
    answer: Answer = "non-abordee"
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """Something aimed at, and how far it has come."""

    entry: Entry
    state: State = "non-aborde"
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintAnswer:
    """One of the eight. `value`: oui, non, cloturee, non-abordee; `impact` None is not told."""

    entry: Entry
    value: str = "non-abordee"
    impact: str | None = None
    priority: bool | None = None
    situations: tuple[Situation, ...] = ()
    objectives: tuple[Objective, ...] = ()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAnswer:
    """One of the 21, for one occupation aimed at (`rome`) or for none. `live` False: that search is over."""

    entry: Entry
    held: Held = "non-explore"
    rome: str | None = None
    live: bool = True
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionAnswer:
    """An orientation criterion or a CNAF code, as declared. `entry` None: « aucune contrainte » there."""

    code: str
    value: str
    entry: Entry | None
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Pouvoir d'agir: what the person thinks of their own means, and the analysis drawn from it."""

    trust: Opinion | None = None
    support: Opinion | None = None
    result: Entry | None = None
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """An occupation aimed at."""

    rome: str
    priority: bool = False
    live: bool = True
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """The whole. `words`: the person's own; `own_priorities`: their scale, 1 to 5; `refused`: kinds of
    solutions they do not want (thématique or kind of option → reason); `unrecognised`: what no list knows;
    `left_aside`: what was unreadable and not needed. `read` and `recognised` count the items met."""

    source: str
    constraints: tuple[ConstraintAnswer, ...] = ()
    needs: tuple[NeedAnswer, ...] = ()
    criteria: tuple[CriterionAnswer, ...] = ()
    confidence: Confidence | None = None
    aims: tuple[Aim, ...] = ()
    code_insee: str | None = None
    words: tuple[str, ...] = ()
    own_priorities: Table[str, int] = field(default_factory=dict)
    refused: Table[str, str] = field(default_factory=dict)
    unrecognised: tuple[str, ...] = ()
    left_aside: tuple[str, ...] = ()
    read: int = 0
    recognised: int = 0

    @property
    def explored(self) -> int:
        """How many items have an answer."""
        answers = [one.value != "non-abordee" for one in self.constraints]
        answers += [one.held != "non-explore" for one in self.needs]
        for constraint in self.constraints:
            answers += [one.answer != "non-abordee" for one in constraint.situations]
            answers += [one.state != "non-aborde" for one in constraint.objectives]
        return sum(answers) + len(self.criteria)

    @property
    def dates(self) -> tuple[date, ...]:
        """The days on which something was explored, in order."""
        sources = [one.provenance for one in self.constraints]
        sources += [one.provenance for one in self.needs]
        return tuple(sorted({one.on for one in sources if one.on}))


def profile_of(diagnostic: Diagnostic, code_insee: str | None = None) -> dict[str, Any]:
    """What `POST /match` takes, keys without an answer left out; without a commune it cannot be matched."""
    place = code_insee or diagnostic.code_insee
    profile: dict[str, Any] = {
        "code_insee": place,
        "constraints": [_constraint(one) for one in _once(diagnostic.constraints)],
        "needs": _needs(diagnostic, "besoin"),
        "strengths": [
            code for code in _needs(diagnostic, "point-fort") if code not in _needs(diagnostic, "besoin")
        ],
        "projects": [{"rome": rome, "priority": first} for rome, first in _aims(diagnostic).items()],
        "criteria": [
            {"code": one.code, "value": one.value} for one in diagnostic.criteria
            if one.entry and one.entry.section == "criteria" and (one.entry.lines or one.entry.indicators)
        ],
        "cnaf": [one.code for one in diagnostic.criteria if one.entry and one.entry.section == "cnaf"],
        "confidence": _confidence(diagnostic.confidence),
        "own_priorities": dict(diagnostic.own_priorities),
        "refusals": [_refusal(told, reason) for told, reason in diagnostic.refused.items()],
        "unrecognised": list(dict.fromkeys(diagnostic.unrecognised)),
    }  # fmt: skip
    return {key: value for key, value in profile.items() if value not in (None, [], {})}


def _once(constraints: tuple[ConstraintAnswer, ...]) -> Iterator[ConstraintAnswer]:
    """Each catégorie once, the first that says something (the digital one may be told in two places)."""
    told: dict[str, ConstraintAnswer] = {}
    for one in constraints:
        known = told.get(one.entry.under)
        if known is None or (known.value == "non-abordee" and one.value != "non-abordee"):
            told[one.entry.under] = one
    yield from told.values()


def _constraint(one: ConstraintAnswer) -> dict[str, Any]:
    told = {
        "code": one.entry.under,
        "value": one.value,
        "impact": one.impact,
        "priority": one.priority,
        "situations": [situation.entry.label for situation in one.situations if situation.answer == "oui"],
        "situations_denied": [s.entry.label for s in one.situations if s.answer == "non"],
        "objectives": [
            objective.entry.label for objective in one.objectives if objective.state == "en-cours"
        ],
        "objectives_done": [o.entry.label for o in one.objectives if o.state == "realise"],
        "objectives_dropped": [o.entry.label for o in one.objectives if o.state == "abandonne"],
    }
    return {key: value for key, value in told.items() if value not in (None, [])}


def _needs(diagnostic: Diagnostic, held: Held) -> list[str]:
    codes = (one.entry.item.code for one in diagnostic.needs if one.live and one.held == held)
    return list(dict.fromkeys(codes))


def _aims(diagnostic: Diagnostic) -> dict[str, bool]:
    aims: dict[str, bool] = {}
    for one in diagnostic.aims:
        if one.live:
            aims[one.rome] = aims.get(one.rome, False) or one.priority
    return aims


def _confidence(told: Confidence | None) -> str | None:
    """The analysis where it is given; else what the person said of their own confidence."""
    if told is None:
        return None
    if told.result is not None:
        return told.result.item.code
    return {"oui": "en-capacite", "non": "perte-de-confiance"}.get(told.trust or "")


def _refusal(told: str, reason: str) -> dict[str, str]:
    refused = {"theme" if "--" in told else "kind": told}
    return refused | ({"reason": reason} if reason else {})
