"""From a profile to what is needed: weighted thématiques, grouped as the counsellor ticked them.

Weight of a thématique = what told it × how far it answers × impact × priority. An objective counts whole, a
situation 0.8, a bare constraint 0.4: the more precise wins. A closed constraint gives nothing; a strength
halves its thématiques and never cancels a constraint that is ticked.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final, TypedDict

from indexer.reference.occupations import Occupations
from indexer.reference.rome_files import load_occupations
from indexer.reference.themes import expand, theme_label
from indexer.reference.vocabulary import CATEGORIES, THEMES
from matching.diagnostic.indicators import Indicators, read_indicators
from matching.diagnostic.mapping import Entry, Mapping
from matching.profile import Constraint, Profile, Project

OBJECTIVE: Final = 1.0
SITUATION: Final = 0.8
BARE: Final = 0.4
#: Beside a precise objective the rest of its constraint stays in sight: whoever wants a licence is also
#: helped by the mobility platform (rural person without a car, objective « permis »).
BESIDE: Final = 0.2
#: A roof, food or violence comes before any objective told beside it.
EMERGENCY: Final = 1.25

#: Impact not told is taken as middling, so that telling « fort » can only raise it.
IMPACT: Final = {"fort": 1.0, "moyen": 0.8, "faible": 0.6, None: 0.8}
PRIORITY: Final = {True: 1.0, False: 0.8}
STRENGTH: Final = 0.5

#: Where the way to an occupation also goes, when no slot or session opens on it.
_TOWARDS_A_JOB: Final = {
    "choisir-un-metier--confirmer-son-choix-de-metier": 0.3,
    "se-former--trouver-sa-formation": 0.3,
    "trouver-un-emploi--repondre-a-des-offres-demploi": 0.25,
}


@dataclass(frozen=True, slots=True)
class Share:
    """How far a thématique answers its need (0..1, the best one 1) and what told it."""

    fit: float
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing needed. `code` is the catégorie of a constraint, the thématique of a need or the ROME code of
    a project; `weight` 0..1 tells how much it counts beside the others."""

    code: str
    label: str
    weight: float
    priority: bool = False
    emergency: bool = False
    themes: Table[str, Share] = field(default_factory=dict)
    rome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """All of them, most pressing first; what was not recognised is kept to be shown."""

    needs: tuple[Need, ...]
    indicators: Indicators
    unrecognised: tuple[str, ...]

    def __iter__(self) -> Iterator[Need]:
        return iter(self.needs)

    def __len__(self) -> int:
        return len(self.needs)


@dataclass(slots=True)
class _Reading:
    """What is gathered while a profile is read."""

    mapping: Mapping
    lowered: frozenset[str] = frozenset()
    needs: dict[str, Need] = field(default_factory=dict)
    indicators: list[tuple[Entry, str]] = field(default_factory=list)
    unrecognised: dict[str, None] = field(default_factory=dict)


def read_needs(profile: Profile, mapping: Mapping) -> Needs:
    """What that person needs."""
    reading = _Reading(mapping)
    reading.lowered = frozenset(theme for told in profile.strengths for theme in _told_themes(told, reading))
    for constraint in profile.constraints:
        if constraint.value == "oui":
            _read_constraint(constraint, reading)
    for told in profile.needs:
        _read_need(told, reading)
    for project in profile.projects:
        _read_project(project, reading)
    return Needs(
        needs=tuple(sorted(reading.needs.values(), key=_pressing)),
        indicators=read_indicators(reading.indicators),
        unrecognised=tuple(reading.unrecognised),
    )


def _pressing(need: Need) -> tuple[bool, bool, bool, float, str]:
    """Emergencies, priorities, then what stands in the way of a job before the job itself."""
    return not need.emergency, not need.priority, need.rome is not None, -need.weight, need.code


def _read_constraint(constraint: Constraint, reading: _Reading) -> None:
    entry = reading.mapping.find_constraint(constraint.code)
    if entry is None:
        reading.unrecognised[constraint.code] = None
        return
    force = IMPACT[constraint.impact] * PRIORITY[constraint.priority]
    told = list(_details(constraint, entry, reading))
    bare = (entry, BESIDE if told else BARE, f"contrainte « {entry.label} »")
    gathered: dict[str, tuple[float, str]] = {}
    for one, factor, origin in (*told, bare):
        for theme, weight in one.themes.items():
            gathered[theme] = max(
                gathered.get(theme, (0.0, "")), (factor * weight * force, origin), key=_weight
            )
    reading.indicators.append((entry, entry.under))
    emergency = any(one.indicators.get("urgence") for one, _, _ in told)
    shares = _shares(gathered, reading)
    need = Need(
        code=entry.under, label=entry.label, priority=constraint.priority, emergency=emergency, **shares
    )
    _keep(need, reading)


def _details(constraint: Constraint, entry: Entry, reading: _Reading) -> Iterator[tuple[Entry, float, str]]:
    """Objectives and situations recognised, with how much each counts and where it comes from."""
    for told in constraint.objectives:
        objective = reading.mapping.find_objective(told, under=entry.under)
        if objective is None:
            reading.unrecognised[told] = None
        else:
            reading.indicators.append((objective, entry.under))
            yield objective, OBJECTIVE, f"objectif « {objective.label} »"
    for told in constraint.situations:
        situation = reading.mapping.find_situation(told, under=entry.under)
        if situation is None:
            reading.unrecognised[told] = None
            continue
        reading.indicators.append((situation, entry.under))
        if situation.themes:
            urgent = situation.indicators.get("urgence")
            yield situation, EMERGENCY if urgent else SITUATION, f"situation « {situation.label} »"


def _read_need(told: str, reading: _Reading) -> None:
    """A thématique, a catégorie, 1–21 or its label: each thématique told is a need of its own."""
    entry = reading.mapping.find_need(told)
    themes = _told_themes(told, reading)
    origin = f"besoin « {entry.label} »" if entry else "besoin indiqué"
    weight = PRIORITY[False]
    if told in CATEGORIES:
        gathered = dict.fromkeys(themes, (weight, origin))
        _keep(Need(code=told, label=theme_label(told), **_shares(gathered, reading)), reading)
        return
    for theme in themes:
        shares = _shares({theme: (weight, origin)}, reading)
        _keep(Need(code=theme, label=theme_label(theme), **shares), reading)


def _read_project(project: Project, reading: _Reading) -> None:
    weight = PRIORITY[project.priority]
    gathered = {theme: (fit * weight, "projet professionnel") for theme, fit in _TOWARDS_A_JOB.items()}
    shares = _shares(gathered, reading, least=weight)
    need = Need(
        code=project.rome,
        label=_occupation_label(project.rome),
        rome=project.rome,
        priority=project.priority,
        **shares,
    )  # fmt: skip
    _keep(need, reading)


def _occupation_label(rome: str) -> str:
    """« Métier : assistant / assistante… », or the code of an occupation that is not in the list shipped."""
    label = _occupations().label(rome)
    return f"Métier {rome}" if label == rome else f"Métier : {label[0].lower()}{label[1:]}"


@cache
def _occupations() -> Occupations:
    return load_occupations()


def _told_themes(told: str, reading: _Reading) -> tuple[str, ...]:
    """The thématiques that a need or a strength names; none, and it is kept as unrecognised, when unknown."""
    if told in THEMES or told in CATEGORIES:
        return expand(told)
    entry = reading.mapping.find_need(told) or reading.mapping.find_constraint(told)
    if entry is None:
        reading.unrecognised[told] = None
        return ()
    return tuple(entry.themes)


def _shares(gathered: Table[str, tuple[float, str]], reading: _Reading, least: float = 0.0) -> "_Shares":
    """From (weight, origin) by thématique, strengths taken off; the best thématique fits whole."""
    lowered = {
        theme: (weight * STRENGTH if theme in reading.lowered else weight, origin)
        for theme, (weight, origin) in gathered.items()
    }
    strongest = max([least, *(weight for weight, _ in lowered.values())])
    themes = {theme: Share(weight / strongest, origin) for theme, (weight, origin) in lowered.items()}
    return _Shares(weight=min(1.0, strongest), themes=MappingProxyType(themes))


class _Shares(TypedDict):
    """What a need draws from its thématiques."""

    weight: float
    themes: Table[str, Share]


def _keep(need: Need, reading: _Reading) -> None:
    """Told twice, it keeps the stronger telling."""
    known = reading.needs.get(need.code)
    if known is None or _pressing(need) < _pressing(known):
        reading.needs[need.code] = need


def _weight(weighed: tuple[float, str]) -> float:
    return weighed[0]
