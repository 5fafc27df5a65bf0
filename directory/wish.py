"""What a reader asks of the directory: one frozen wish, and everything that may be wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rapidfuzz import process

from directory.errors import DirectoryError
from indexer.document import EVERYONE, KINDS
from indexer.query import MAX_WINDOW, Facet, Sort
from indexer.reference.vocabulary import CATEGORIES, FEES, PUBLICS, SERVICE_TYPES, THEMES, WELCOME_MODES

DEFAULT_RADIUS_KM: Final = 30.0
MAX_RADIUS_KM: Final = 1_000.0
MAX_SIZE: Final = 100
MAX_WORDS: Final = 1_000

#: The shape of an occupation's code: which ones exist depends on the version of ROME that a source follows.
ROME: Final = re.compile(r"[A-N]\d{4}")

#: Facet name (as in the answer and the parameters) → how it counts.
FACETS: Final[Mapping[str, Facet]] = {
    "kind": Facet("kind"),
    "categories": Facet("categories"),
    "thematiques": Facet("thematiques"),
    "publics": Facet("publics", also=(EVERYONE,), or_missing=True),
    "types": Facet("type"),
    "frais": Facet("frais"),
    "modes_accueil": Facet("modes_accueil"),
    "sources": Facet("source"),
}


class InvalidSearch(DirectoryError):
    """A wish that cannot be answered as asked: `faults` are (parameter, French sentence)."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(sentence for _, sentence in self.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWish:
    """The parameters of `GET /search`, typed. Empty means no condition."""

    q: str = ""
    code_insee: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    kind: tuple[str, ...] = ()
    thematiques: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    frais: tuple[str, ...] = ()
    modes_accueil: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    rome: tuple[str, ...] = ()
    available_from: date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20
    facets: tuple[str, ...] = tuple(FACETS)

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * self.size

    def active_filters(self) -> tuple[str, ...]:
        """The parameters that narrow the list, in the order of the form."""
        narrowing = ("q", "radius_km", *LISTS, "available_from")
        placed = self.code_insee is not None or self.lat is not None
        return tuple(name for name in narrowing if getattr(self, name) or (name == "radius_km" and placed))

    def without(self, name: str) -> "SearchWish":
        """The same wish with one filter taken off (`radius_km`: anywhere)."""
        if name == "radius_km":
            return replace(self, radius_km=None, code_insee=None, lat=None, lon=None)
        return replace(self, **{name: getattr(SearchWish(), name)})


LISTS: Final = ("kind", "thematiques", "publics", "types", "frais", "modes_accueil", "sources", "rome")


def faults_of(wish: SearchWish) -> list[tuple[str, str]]:
    """What makes no sense in a wish, whatever is stored: (parameter, French sentence)."""
    return [*_code_faults(wish), *_shape_faults(wish)]


def point_faults(wish: SearchWish) -> list[tuple[str, str]]:
    """What makes no point of a latitude and a longitude."""
    if (wish.lat is None) != (wish.lon is None):
        missing = "lon" if wish.lon is None else "lat"
        return [(missing, "La latitude et la longitude vont ensemble : il en manque une.")]
    faults = []
    if wish.lat is not None and not -90 <= wish.lat <= 90:
        faults.append(("lat", "La latitude va de -90 à 90."))
    if wish.lon is not None and not -180 <= wish.lon <= 180:
        faults.append(("lon", "La longitude va de -180 à 180."))
    return faults


def source_faults(wish: SearchWish, known: Sequence[str]) -> list[tuple[str, str]]:
    """Sources asked that are not among those known: misspelt, or gone."""
    return [
        (
            "sources",
            _unknown("sources", one, [near for near, _, _ in process.extract(one[:60], known, limit=3)]),
        )
        for one in wish.sources
        if one not in known
    ]


def _shape_faults(wish: SearchWish) -> Iterable[tuple[str, str]]:
    if len(wish.q) > MAX_WORDS:
        yield "q", f"La recherche est trop longue : {MAX_WORDS} caractères au plus."
    if wish.radius_km is not None and not 0 < wish.radius_km <= MAX_RADIUS_KM:
        yield "radius_km", f"Le rayon est un nombre de kilomètres entre 1 et {MAX_RADIUS_KM:.0f}."
    if not 1 <= wish.size <= MAX_SIZE:
        yield "size", f"Une page compte de 1 à {MAX_SIZE} résultats."
    if wish.page < 1 or wish.offset + wish.size > MAX_WINDOW:
        yield (
            "page",
            f"On peut parcourir {MAX_WINDOW} résultats : précisez la recherche pour voir les suivants.",
        )


def _code_faults(wish: SearchWish) -> Iterable[tuple[str, str]]:
    for name, codes, vocabulary in (
        ("publics", wish.publics, PUBLICS),
        ("types", wish.types, SERVICE_TYPES),
        ("frais", wish.frais, FEES),
        ("modes_accueil", wish.modes_accueil, WELCOME_MODES),
    ):
        yield from (
            (name, _unknown(name, code, vocabulary.nearest(code))) for code in codes if code not in vocabulary
        )
    for code in wish.thematiques:
        if code not in THEMES and code not in CATEGORIES:
            near = (*CATEGORIES.nearest(code), *THEMES.nearest(code))
            yield "thematiques", _unknown("thematiques", code, near[:4])
    for code in wish.rome:
        if not ROME.fullmatch(code):
            yield (
                "rome",
                f"« {code[:60]} » n'est pas un code ROME : une lettre et quatre chiffres, comme K1302.",
            )
    for name, codes, known in (("kind", wish.kind, KINDS), ("facets", wish.facets, tuple(FACETS))):
        yield from ((name, _unknown(name, code, known)) for code in codes if code not in known)


def _unknown(name: str, code: str, near: Sequence[str]) -> str:
    hint = f" Valeurs proches : {', '.join(near)}." if near else ""
    return f"« {code[:60]} » n'est pas une valeur connue de {name}.{hint}"
