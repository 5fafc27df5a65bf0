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
from typing import Final

from indexer.reference.occupations import Occupations
from indexer.reference.rome_files import load_occupations
from indexer.reference.themes import theme_label
from indexer.reference.vocabulary import CATEGORIES
from matching.diagnostic.indicators import Indicators, read_indicators
from matching.diagnostic.mapping import Mapping
from matching.diagnostic.reading import Reading
from matching.diagnostic.told import Gathered, Told, brakes
from matching.profile import Profile, Project

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


def read_needs(profile: Profile, mapping: Mapping) -> Needs:
    """What that person needs."""
    reading = Reading(profile, mapping)
    told = [*brakes(reading), *_needs(reading), *(_project(one, reading) for one in profile.projects)]
    needs: dict[str, Need] = {}
    for one in told:
        _keep(_need(one, reading), needs)
    return Needs(
        needs=tuple(sorted(needs.values(), key=_pressing)),
        indicators=read_indicators(reading.indicators, reading.lowered),
        unrecognised=(*reading.unrecognised, *profile.unrecognised),
    )


def _pressing(need: Need) -> tuple[bool, bool, bool, float, str]:
    """Emergencies, priorities, then what stands in the way of a job before the job itself."""
    return not need.emergency, not need.priority, need.rome is not None, -need.weight, need.code


def _needs(reading: Reading) -> Iterator[Told]:
    """A thématique, a catégorie, 1–21 or its label: each thématique told is a need of its own."""
    for told in reading.profile.needs:
        entry = reading.mapping.find_need(told)
        themes = reading.themes_of(told)
        origin = f"besoin « {entry.label} »" if entry else "besoin indiqué"
        codes = {told: themes} if told in CATEGORIES else {theme: (theme,) for theme in themes}
        for code, shared in codes.items():
            weight, priority = reading.force(code, told=told)
            gathered = dict.fromkeys(shared, (weight, origin))
            yield Told(code=code, label=theme_label(code), gathered=gathered, priority=priority)


def _project(project: Project, reading: Reading) -> Told:
    weight, priority = reading.force(project.rome, priority=project.priority)
    gathered = {theme: (fit * weight, "projet professionnel") for theme, fit in _TOWARDS_A_JOB.items()}
    return Told(
        code=project.rome, label=_occupation_label(project.rome), gathered=gathered, priority=priority,
        rome=project.rome, least=weight,
    )  # fmt: skip


def _occupation_label(rome: str) -> str:
    """« Métier : assistant / assistante… », or the code of an occupation that is not in the list shipped."""
    label = _occupations().label(rome)
    return f"Métier {rome}" if label == rome else f"Métier : {label[0].lower()}{label[1:]}"


@cache
def _occupations() -> Occupations:
    return load_occupations()


def _need(told: Told, reading: Reading) -> Need | None:
    """From what was gathered, what is refused and strengths taken off; the best thématique fits whole. None
    when nothing remains."""
    lowered: Gathered = {
        theme: (weight * STRENGTH if theme in reading.lowered else weight, origin)
        for theme, (weight, origin) in told.gathered.items()
        if theme not in reading.refused
    }
    if not lowered and told.rome is None:
        return None
    strongest = max([told.least, *(weight for weight, _ in lowered.values())])
    shares = {theme: Share(weight / strongest, origin) for theme, (weight, origin) in lowered.items()}
    return Need(
        code=told.code, label=told.label, weight=min(1.0, strongest), priority=told.priority,
        emergency=told.emergency, themes=MappingProxyType(shares), rome=told.rome,
    )  # fmt: skip


def _keep(need: Need | None, needs: dict[str, Need]) -> None:
    """Told twice, it keeps the stronger telling."""
    if need is None:
        return
    known = needs.get(need.code)
    if known is None or _pressing(need) < _pressing(known):
        needs[need.code] = need
