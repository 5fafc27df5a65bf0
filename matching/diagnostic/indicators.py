"""Facts that situations tell beside a thématique: they order the options, never the person."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from matching.diagnostic.mapping import Entry

#: A way of travelling told by a situation, used when `travel.modes` says nothing: the modes stated win. A car
#: without a licence goes at the speed of a moped.
_MODES: Final = {
    "tc": "transports-en-commun", "vehicule": "voiture", "velo": "velo", "vsp": "deux-roues",
    "covoiturage": "covoiturage",
}  # fmt: skip

HEALTH_FIRST: Final = "la santé d’abord : offre repliée, à rouvrir si la personne le souhaite"
NOT_NOW: Final = "la personne n’est pas disponible pour un emploi en ce moment : offre repliée"

#: A strength here takes back what a situation told of French: good French never counts towards a criterion.
_FRENCH: Final = "lecture-ecriture-calcul--maitriser-le-francais"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """`soft_radius_km` orders and never excludes; `no_job_offers` is the sentence that folds job offers;
    `facts` are what conditions of access ask, as far as situations tell them."""

    soft_radius_km: float | None = None
    on_site_first: bool = False
    remote_first: bool = False
    free_first: bool = False
    no_job_offers: str | None = None
    no_training: bool = False
    immersion_helps: bool = False
    violence: bool = False
    hours_constrained: bool = False
    told_modes: tuple[str, ...] = ()
    facts: Table[str, bool] = field(default_factory=dict)
    level: int | None = None


def read_indicators(told: Iterable[tuple[Entry, str]], strong_in: frozenset[str] = frozenset()) -> Indicators:
    """Gather the indicators of every entry recognised, each with the catégorie it was told under; `strong_in`
    are the thématiques of the person's strengths."""
    entries = list(told)

    def flag(name: str) -> bool:
        return any(entry.indicators.get(name) is True for entry, _ in entries)

    radii = _values(entries, "rayon_max_km")
    modes = {_MODES[mode] for mode in _values(entries, "transport") if mode in _MODES}
    return Indicators(
        soft_radius_km=float(min(radii)) if radii else None,
        on_site_first=flag("presentiel_prefere"),
        remote_first=flag("distanciel_prefere"),
        free_first=flag("frais_gratuit_prefere"),
        no_job_offers=_no_job_offers(entries),
        no_training=flag("exclut_formation"),
        immersion_helps=flag("favorise_immersion"),
        violence=flag("violences"),
        hours_constrained=flag("plage_horaire_contrainte"),
        told_modes=tuple(sorted(modes)),
        facts=MappingProxyType(_facts(entries, strong_in)),
        level=max(_values(entries, "niveau"), default=None),
    )


def _values(entries: list[tuple[Entry, str]], name: str) -> list[Any]:
    return [entry.indicators[name] for entry, _ in entries if name in entry.indicators]


def _facts(entries: list[tuple[Entry, str]], strong_in: frozenset[str]) -> dict[str, bool]:
    """Told both ways, a fact stays unknown."""
    yes, no = set(_flat(entries, "faits")), set(_flat(entries, "faits_non"))
    if _FRENCH in strong_in:
        yes.discard("difficulte-francais")
    return dict.fromkeys(yes - no, True) | dict.fromkeys(no - yes, False)


def _flat(entries: list[tuple[Entry, str]], name: str) -> Iterator[str]:
    for facts in _values(entries, name):
        yield from facts


def _no_job_offers(entries: list[tuple[Entry, str]]) -> str | None:
    """The reason is told as it was: health only when a health situation says so."""
    under = [entry.under for entry, _ in entries if entry.indicators.get("exclut_offres_emploi") is True]
    if not under:
        return None
    return HEALTH_FIRST if "sante" in under else NOT_NOW
