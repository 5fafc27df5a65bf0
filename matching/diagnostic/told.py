"""What a profile tells of each catégorie: its constraint, situations, objectives, orientation criteria, CNAF
codes and confidence, gathered into weighted thématiques.

Nothing is read from what was not explored. A situation answered no and an objective reached halve what the
bare constraint would have led to, unless something ticked leads there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.reference.themes import theme_label
from matching.diagnostic.mapping import Entry
from matching.diagnostic.nomenclature import squash
from matching.diagnostic.reading import Reading
from matching.profile import Constraint

OBJECTIVE: Final = 1.0
SITUATION: Final = 0.8
BARE: Final = 0.4
#: Beside a precise objective the rest of its constraint stays in sight: whoever wants a licence is also
#: helped by the mobility platform (rural person without a car, objective « permis »).
BESIDE: Final = 0.2
#: A roof, food or violence comes before any objective told beside it.
EMERGENCY: Final = 1.25
#: What was answered no, or is done, is the less likely help of a bare constraint: « sans hébergement : non »
#: keeps night shelters under the lease that somebody has trouble paying.
ANSWERED_NO: Final = 0.5

#: Impact not told is taken as middling, so that telling « fort » can only raise it.
IMPACT: Final = {"fort": 1.0, "moyen": 0.8, "faible": 0.6, None: 0.8}

#: An orientation criterion answered « aucune contrainte ».
NONE_TOLD: Final = ("aucune", "aucun")

#: Weight and origin by thématique.
Gathered = dict[str, tuple[float, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One need as it was told, before strengths and refusals. `least` is a weight it has whatever its
    thématiques (a project)."""

    code: str
    label: str
    gathered: Gathered
    priority: bool = False
    emergency: bool = False
    rome: str | None = None
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class _Detail:
    """Something precise told under a catégorie; `force` None takes the constraint's."""

    entry: Entry
    factor: float
    origin: str
    force: float | None = None


def brakes(reading: Reading) -> Iterator[Told]:
    """Each constraint ticked, and each catégorie that criteria, CNAF codes or confidence speak of."""
    details = _by_category(reading)
    closed = set()
    for constraint in reading.profile.constraints:
        entry = reading.mapping.find_constraint(constraint.code)
        if entry is None:
            reading.unrecognised[constraint.code] = None
        elif constraint.value in ("non", "cloturee"):
            closed.add(entry.under)
    ticked = {entry.under: True for _, entry in _ticked(reading)}
    for constraint, entry in _ticked(reading):
        yield _brake(constraint, entry, details.get(entry.under, []), reading)
    for under, told in details.items():
        if under not in ticked and under not in closed:
            yield _aside(under, told, reading)


def _ticked(reading: Reading) -> Iterator[tuple[Constraint, Entry]]:
    for constraint in reading.profile.constraints:
        entry = reading.mapping.find_constraint(constraint.code)
        if entry is not None and constraint.value == "oui":
            yield constraint, entry


def _brake(constraint: Constraint, entry: Entry, beside: list[_Detail], reading: Reading) -> Told:
    told = [*_details(constraint, entry, reading), *beside]
    first = constraint.priority or _rules_out_work(entry.under, told)
    weight, priority = reading.force(entry.under, priority=first)
    force = IMPACT[constraint.impact] * weight
    reading.indicators += [(entry, entry.under), *((one.entry, entry.under) for one in beside)]
    gathered = _gather(told, force, weight)
    bare = BESIDE if any(one.entry.lines for one in told) else BARE
    answered = set(_answered_no(constraint, entry, reading)) - gathered.keys()
    for theme, fit in entry.themes.items():
        factor = bare * (ANSWERED_NO if theme in answered else 1.0)
        _raise(gathered, theme, (factor * fit * force, f"contrainte « {entry.label} »"))
    emergency = any(one.entry.indicators.get("urgence") for one in told)
    return Told(
        code=entry.under, label=entry.label, gathered=gathered, priority=priority, emergency=emergency
    )


def _aside(under: str, told: list[_Detail], reading: Reading) -> Told:
    """A catégorie that no constraint ticks."""
    constraint = reading.mapping.find_constraint(under)
    weight, priority = reading.force(under, priority=_rules_out_work(under, told))
    reading.indicators += [(one.entry, under) for one in told]
    return Told(
        code=under,
        label=constraint.label if constraint else theme_label(under),
        gathered=_gather(told, weight, weight),
        priority=priority,
        emergency=any(one.entry.indicators.get("urgence") for one in told),
    )


def _rules_out_work(under: str, told: list[_Detail]) -> bool:
    """Health that rules out work now comes first: care and rights before all that is no emergency."""
    return under == "sante" and any(one.entry.indicators.get("exclut_offres_emploi") for one in told)


def _gather(told: list[_Detail], force: float, own_force: float) -> Gathered:
    gathered: Gathered = {}
    for one in told:
        strength = force if one.force is None else one.force * own_force
        for theme, fit in one.entry.themes.items():
            _raise(gathered, theme, (one.factor * fit * strength, one.origin))
    return gathered


def _raise(gathered: Gathered, theme: str, weighed: tuple[float, str]) -> None:
    """The stronger telling stays."""
    if weighed[0] > gathered.get(theme, (0.0, ""))[0]:
        gathered[theme] = weighed


def _details(constraint: Constraint, entry: Entry, reading: Reading) -> Iterator[_Detail]:
    """Objectives and situations recognised, with how much each counts and where it comes from."""
    for told in constraint.objectives:
        if objective := _known("objectives", told, entry, reading):
            reading.indicators.append((objective, entry.under))
            yield _Detail(objective, OBJECTIVE, f"objectif « {objective.label} »")
    for told in constraint.situations:
        if situation := _known("situations", told, entry, reading):
            reading.indicators.append((situation, entry.under))
            if situation.lines:
                yield _Detail(situation, _factor(situation), f"situation « {situation.label} »")


def _answered_no(constraint: Constraint, entry: Entry, reading: Reading) -> Iterator[str]:
    """Thématiques of the situations answered no and of the objectives reached or given up."""
    for told in constraint.situations_denied:
        if situation := _known("situations", told, entry, reading):
            yield from situation.themes
    for told in (*constraint.objectives_done, *constraint.objectives_dropped):
        if objective := _known("objectives", told, entry, reading):
            yield from objective.themes


def _known(section: str, told: str, entry: Entry, reading: Reading) -> Entry | None:
    find = reading.mapping.find_objective if section == "objectives" else reading.mapping.find_situation
    found = find(told, under=entry.under)
    if found is None:
        reading.unrecognised[told] = None
    return found


def _factor(entry: Entry) -> float:
    return EMERGENCY if entry.indicators.get("urgence") else SITUATION


def _by_category(reading: Reading) -> dict[str, list[_Detail]]:
    """Criteria, CNAF codes and confidence, each under its catégorie: their weights tell the impact."""
    found: dict[str, list[_Detail]] = {}
    for entry, what in (*_criteria(reading), *_cnaf(reading), *_confidence(reading)):
        detail = _Detail(entry, _factor(entry), f"{what} « {entry.label} »", 1.0)
        found.setdefault(entry.under, []).append(detail)
    return found


def _criteria(reading: Reading) -> Iterator[tuple[Entry, str]]:
    for told in reading.profile.criteria:
        entry = reading.mapping.find_criterion(told.code, told.value)
        if entry is not None:
            yield entry, "critère"
        elif not (
            squash(told.value) in NONE_TOLD and reading.mapping.nomenclature.knows_criterion(told.code)
        ):
            reading.unrecognised[f"{told.code} = {told.value}"] = None


def _cnaf(reading: Reading) -> Iterator[tuple[Entry, str]]:
    for told in reading.profile.cnaf:
        entry = reading.mapping.find("cnaf", told)
        if entry is None:
            reading.unrecognised[told] = None
        else:
            yield entry, "déclaration CAF"


def _confidence(reading: Reading) -> Iterator[tuple[Entry, str]]:
    told = reading.profile.confidence
    if told and (entry := reading.mapping.find("confidence", told)):
        yield entry, "pouvoir d’agir"
