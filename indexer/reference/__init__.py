"""The lists everything refers to: themes and publics, communes and their zones, occupations, distances.

Names are taken from their modules when first asked for, so that `import indexer` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from indexer.reference.commune import Commune, NameMatch, Territory
    from indexer.reference.communes import Communes, load_communes
    from indexer.reference.distance import distance_km, distances_km
    from indexer.reference.errors import ReferenceListError, UnknownCode, UnknownCommune, UnreadableList
    from indexer.reference.geocoding import DEFAULT_GEOCODER, Geocoder, Located
    from indexer.reference.occupations import Occupation, Occupations
    from indexer.reference.rome_files import load_occupations
    from indexer.reference.themes import THEMES_BY_CATEGORY, category_of, expand, expand_all, theme_label
    from indexer.reference.vocabulary import (
        CATEGORIES,
        FEES,
        MOBILISATION_MODES,
        MOBILISERS,
        NETWORKS,
        PUBLICS,
        SERVICE_TYPES,
        THEMES,
        VOCABULARIES,
        WELCOME_MODES,
        Term,
        Vocabulary,
    )

__all__ = [
    "CATEGORIES",
    "DEFAULT_GEOCODER",
    "FEES",
    "MOBILISATION_MODES",
    "MOBILISERS",
    "NETWORKS",
    "PUBLICS",
    "SERVICE_TYPES",
    "THEMES",
    "THEMES_BY_CATEGORY",
    "VOCABULARIES",
    "WELCOME_MODES",
    "Commune",
    "Communes",
    "Geocoder",
    "Located",
    "NameMatch",
    "Occupation",
    "Occupations",
    "ReferenceListError",
    "Term",
    "Territory",
    "UnknownCode",
    "UnknownCommune",
    "UnreadableList",
    "Vocabulary",
    "category_of",
    "distance_km",
    "distances_km",
    "expand",
    "expand_all",
    "load_communes",
    "load_occupations",
    "theme_label",
]

_HOMES: Final = {
    "commune": ("Commune", "NameMatch", "Territory"),
    "communes": ("Communes", "load_communes"),
    "distance": ("distance_km", "distances_km"),
    "errors": ("ReferenceListError", "UnknownCode", "UnknownCommune", "UnreadableList"),
    "geocoding": ("DEFAULT_GEOCODER", "Geocoder", "Located"),
    "occupations": ("Occupation", "Occupations"),
    "rome_files": ("load_occupations",),
    "themes": ("THEMES_BY_CATEGORY", "category_of", "expand", "expand_all", "theme_label"),
    "vocabulary": (
        "CATEGORIES", "FEES", "MOBILISATION_MODES", "MOBILISERS", "NETWORKS", "PUBLICS", "SERVICE_TYPES",
        "THEMES", "VOCABULARIES", "WELCOME_MODES", "Term", "Vocabulary",
    ),
}  # fmt: skip
_HOME_OF: Final = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
