"""Facts that situations tell beside a thématique: they order the options, never the person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from matching.diagnostic.mapping import Entry

#: A way of travelling told by a situation, used when `travel.modes` says nothing: the modes stated win.
_MODES: Final = {"tc": "transports-en-commun", "vehicule": "voiture", "velo": "velo"}

HEALTH_FIRST: Final = "la santé d’abord : offre repliée, à rouvrir si la personne le souhaite"
NOT_NOW: Final = "la personne n’est pas disponible pour un emploi en ce moment : offre repliée"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """`soft_radius_km` orders and never excludes; `no_job_offers` is the sentence that folds job offers."""

    soft_radius_km: float | None = None
    on_site_first: bool = False
    remote_first: bool = False
    free_first: bool = False
    no_job_offers: str | None = None
    no_training: bool = False
    immersion_helps: bool = False
    violence: bool = False
    told_modes: tuple[str, ...] = ()


def read_indicators(told: Iterable[tuple[Entry, str]]) -> Indicators:
    """Gather the indicators of every entry recognised, each with the catégorie it was told under."""
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
        told_modes=tuple(sorted(modes)),
    )


def _values(entries: list[tuple[Entry, str]], name: str) -> list[Any]:
    return [entry.indicators[name] for entry, _ in entries if name in entry.indicators]


def _no_job_offers(entries: list[tuple[Entry, str]]) -> str | None:
    """The reason is told as it was: health only when a health situation says so."""
    under = [entry.under for entry, _ in entries if entry.indicators.get("exclut_offres_emploi") is True]
    if not under:
        return None
    return HEALTH_FIRST if "sante" in under else NOT_NOW
