"""What a reader asks of the directory: one frozen wish, checked, turned into a neutral query and answered.

Shared by the API, the pages and the command line, so that the three never disagree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from directory.errors import DirectoryError
from indexer.document import EVERYONE, KINDS, Point
from indexer.engine import Page, SearchReader
from indexer.query import (
    MAX_WINDOW,
    AnyOf,
    AvailableFrom,
    Facet,
    Field,
    Filter,
    Near,
    Query,
    Sort,
    Text,
    Wish,
)
from indexer.reference import themes
from indexer.reference.communes import Communes
from indexer.reference.errors import UnknownCommune
from indexer.reference.vocabulary import CATEGORIES, FEES, PUBLICS, SERVICE_TYPES, THEMES, WELCOME_MODES

DEFAULT_RADIUS_KM: Final = 30.0
MAX_RADIUS_KM: Final = 1_000.0
MAX_SIZE: Final = 100
MAX_WORDS: Final = 1_000

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a list is seen from: a label for the reader, a point, and the zone codes that cover it."""

    label: str
    point: Point
    zones: frozenset[str]
    code_insee: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer: the wish it answers, the place understood, the page and, when it is empty, how many
    results each filter's removal gives back (exact counts)."""

    wish: SearchWish
    place: Place | None
    page: Page
    relaxations: Mapping[str, int]


def find(wish: SearchWish, *, engine: SearchReader, communes: Communes, today: date) -> Found:
    """Answer a wish. Raises InvalidSearch with every fault, and what the engine raises."""
    place = check(wish, communes)
    query = to_query(wish, place, today)
    page = engine.search(query, limit=wish.size, offset=wish.offset)
    relaxations = _relaxations(wish, engine, communes, today) if page.total == 0 else {}
    return Found(wish=wish, place=place, page=page, relaxations=relaxations)


def check(wish: SearchWish, communes: Communes) -> Place | None:
    """The place of a wish, once everything in it is known to make sense. Raises InvalidSearch."""
    faults = [*_code_faults(wish), *_shape_faults(wish)]
    place: Place | None = None
    try:
        place = find_place(wish, communes)
    except InvalidSearch as error:
        faults.extend(error.faults)
    if place is None and not faults and (wish.radius_km is not None or wish.sort is Sort.DISTANCE):
        faults.append(
            ("code_insee", "Indiquez une commune pour chercher autour d'elle ou trier par distance.")
        )
    if faults:
        raise InvalidSearch(faults)
    return place


def find_place(wish: SearchWish, communes: Communes) -> Place | None:
    """Where the wish looks from, None when anywhere. Raises InvalidSearch."""
    if (wish.lat is None) != (wish.lon is None):
        missing = "lon" if wish.lon is None else "lat"
        raise InvalidSearch([(missing, "La latitude et la longitude vont ensemble : il en manque une.")])
    try:
        commune = communes.get(wish.code_insee) if wish.code_insee else None
    except UnknownCommune as error:
        raise InvalidSearch([("code_insee", str(error))]) from error
    if wish.lat is not None and wish.lon is not None:
        here = commune or communes.nearest(wish.lat, wish.lon)
        label = commune.nom if commune else "votre position"
        point = Point(wish.lat, wish.lon)
    elif commune:
        here, label, point = commune, commune.nom, commune.point
    else:
        return None
    return Place(label=label, point=point, zones=communes.zones_of(here.code), code_insee=here.code)


def to_query(wish: SearchWish, place: Place | None, today: date) -> Query:
    """The neutral query of a checked wish."""
    return Query(
        today=today,
        wants=(Wish(Text(wish.q)),) if wish.q.strip() else (),
        where=tuple(_filters(wish)),
        near=_near(wish, place),
        zones=place.zones if place else frozenset(),
        sort=wish.sort,
        facets=tuple(FACETS[name] for name in wish.facets),
    )


def _near(wish: SearchWish, place: Place | None) -> Near | None:
    if place is None:
        return None
    radius = wish.radius_km or DEFAULT_RADIUS_KM
    return Near(point=place.point, radius_km=radius, scale_km=max(2.0, radius / 2))


def _filters(wish: SearchWish) -> Iterable[Filter]:
    plain: tuple[tuple[Field, tuple[str, ...]], ...] = (
        ("kind", wish.kind),
        ("type", wish.types),
        ("frais", wish.frais),
        ("modes_accueil", wish.modes_accueil),
        ("source", wish.sources),
        ("rome", wish.rome),
    )
    yield from (AnyOf(field, values) for field, values in plain if values)
    if wish.thematiques:
        yield AnyOf("thematiques", _expanded(wish.thematiques))
    if wish.publics:
        yield AnyOf("publics", (*wish.publics, EVERYONE), or_missing=True)
    if wish.available_from:
        yield AvailableFrom(wish.available_from)


def _expanded(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for code in codes for one in themes.expand(code)))


def _relaxations(
    wish: SearchWish, engine: SearchReader, communes: Communes, today: date
) -> Mapping[str, int]:
    looser = {name: wish.without(name) for name in wish.active_filters()}
    queries = [to_query(one, find_place(one, communes), today) for one in looser.values()]
    return {name: count for name, count in zip(looser, engine.count(queries), strict=True) if count}


def _shape_faults(wish: SearchWish) -> Iterable[tuple[str, str]]:
    if len(wish.q) > MAX_WORDS:
        yield "q", f"La recherche est trop longue : {MAX_WORDS} caractères au plus."
    if wish.radius_km is not None and not 0 < wish.radius_km <= MAX_RADIUS_KM:
        yield "radius_km", f"Le rayon est un nombre de kilomètres entre 1 et {MAX_RADIUS_KM:.0f}."
    if wish.lat is not None and not -90 <= wish.lat <= 90:
        yield "lat", "La latitude va de -90 à 90."
    if wish.lon is not None and not -180 <= wish.lon <= 180:
        yield "lon", "La longitude va de -180 à 180."
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
            yield "thematiques", _unknown("thematiques", code, THEMES.nearest(code))
    for name, codes, known in (("kind", wish.kind, KINDS), ("facets", wish.facets, tuple(FACETS))):
        yield from ((name, _unknown(name, code, known)) for code in codes if code not in known)


def _unknown(name: str, code: str, near: Sequence[str]) -> str:
    hint = f" Valeurs proches : {', '.join(near)}." if near else ""
    return f"« {code[:60]} » n'est pas une valeur connue de {name}.{hint}"
