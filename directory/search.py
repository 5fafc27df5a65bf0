"""A wish, checked, turned into a neutral query and answered.

Shared by the API, the pages and the command line, so that the three never disagree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from directory.wish import (
    DEFAULT_RADIUS_KM,
    FACETS,
    LISTS,
    InvalidSearch,
    SearchWish,
    faults_of,
    point_faults,
    source_faults,
)
from directory.wording import fewer_words, without_place
from indexer.document import EVERYONE, Point
from indexer.engine import Page, SearchReader, Window
from indexer.query import AnyOf, AvailableFrom, Field, Filter, Near, Query, Sort, Text, Wish
from indexer.reference import themes
from indexer.reference.communes import Communes
from indexer.reference.errors import UnknownCommune

#: A wish and its answer, for every door.
__all__ = [
    "DEFAULT_RADIUS_KM",
    "FACETS",
    "LISTS",
    "Found",
    "InvalidSearch",
    "Place",
    "SearchWish",
    "find",
    "find_place",
    "to_query",
]


#: Whoever searches from a place goes 15 km for it without a thought and 30 with a reserve, whatever radius is
#: told (tests/quality/cases/GRADING.md): 0.02 of nDCG is lost at 25 km, on the tuning half.
NEAR_KM: Final = 15.0


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
    results each filter's removal gives back, and the same question with one thing less (exact counts)."""

    wish: SearchWish
    place: Place | None
    page: Page
    relaxations: Mapping[str, int]
    fewer_words: Mapping[str, int]


def find(wish: SearchWish, *, engine: SearchReader, communes: Communes, today: date) -> Found:
    """Answer a wish. Raises InvalidSearch with every fault, and what the engine raises."""
    place = check(wish, communes)
    check_sources(wish, engine, today)
    page = _page(wish, place, engine, today)
    if page.total:
        return Found(wish=wish, place=place, page=page, relaxations={}, fewer_words={})
    looser = {name: wish.without(name) for name in wish.active_filters()}
    shorter = {words: replace(wish, q=words) for words in fewer_words(wish.q)}
    wishes = [*looser.values(), *shorter.values()]
    counts = engine.count([to_query(one, find_place(one, communes), today) for one in wishes])
    return Found(
        wish=wish, place=place, page=page,
        relaxations=_those_that_find(looser, counts),
        fewer_words=_those_that_find(shorter, counts[len(looser) :]),
    )  # fmt: skip


def _those_that_find(names: Iterable[str], counts: Iterable[int]) -> Mapping[str, int]:
    return {name: count for name, count in zip(names, counts, strict=False) if count}


def _page(wish: SearchWish, place: Place | None, engine: SearchReader, today: date) -> Page:
    """The slice wanted. Categories are chosen by the parameter of the thématiques: their counts leave that
    filter out too, which takes a question of its own."""
    query = to_query(wish, place, today)
    windows = [Window(query=query, limit=wish.size, offset=wish.offset)]
    if wish.thematiques and "categories" in wish.facets:
        apart = replace(wish, thematiques=(), facets=("categories",))
        windows.append(Window(query=to_query(apart, place, today), limit=0))
    page, *counted = engine.search_many(windows)
    return replace(page, facets={**page.facets, **counted[0].facets}) if counted else page


def check(wish: SearchWish, communes: Communes) -> Place | None:
    """The place of a wish, once everything in it is known to make sense. Raises InvalidSearch."""
    faults = faults_of(wish)
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


def check_sources(wish: SearchWish, engine: SearchReader, today: date) -> None:
    """Raises InvalidSearch for a source that no option of the index has, and what the engine raises."""
    if wish.sources:
        counted = engine.search(Query(today=today, facets=(FACETS["sources"],)), limit=0)
        known = counted.facets.get("source")
        # Counted by nobody, which ones there are is not known.
        if known is not None and (faults := source_faults(wish, sorted(known))):
            raise InvalidSearch(faults)


def find_place(wish: SearchWish, communes: Communes) -> Place | None:
    """Where the wish looks from, None when anywhere. Raises InvalidSearch."""
    if faults := point_faults(wish):
        raise InvalidSearch(faults)
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
        wants=(Wish(Text(_said(wish, place))),) if wish.q.strip() else (),
        where=tuple(_filters(wish)),
        near=_near(wish, place),
        zones=place.zones if place else frozenset(),
        sort=wish.sort,
        facets=tuple(FACETS[name] for name in wish.facets),
    )


def _said(wish: SearchWish, place: Place | None) -> str:
    return without_place(wish.q, place.label) if place else wish.q


def _near(wish: SearchWish, place: Place | None) -> Near | None:
    if place is None:
        return None
    radius = wish.radius_km or DEFAULT_RADIUS_KM
    return Near(point=place.point, radius_km=radius, scale_km=NEAR_KM)


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
