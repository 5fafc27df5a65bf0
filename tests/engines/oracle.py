"""A search engine in plain Python over a list: slow, obvious, and what the real ones are held against.

Words are left out (an oracle of words would repeat the analysis); everything else of `indexer.query` is here.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.document import ON_SITE, REMOTE, OptionDocument, Point
from indexer.query import AnyOf, AvailableFrom, Facet, Field, Filter, Near, NoneOf, Query, Sort


@dataclass(frozen=True, slots=True)
class Found:
    """A document found, as it can be had there."""

    document: OptionDocument
    km: float | None
    modes: frozenset[str]
    score: float


def search(documents: Sequence[OptionDocument], query: Query) -> list[Found]:
    """Every document the question finds, in order; by id where relevance decides."""
    found = [one for document in documents if (one := _have(document, query)) and _passes(one, query, None)]
    keys: dict[Sort, Callable[[Found], tuple[float, str]]] = {
        Sort.RELEVANCE: lambda one: (0.0, one.document.id),
        Sort.DISTANCE: lambda one: (math.inf if one.km is None else round(one.km, 6), one.document.id),
        Sort.FRESHNESS: lambda one: (-one.document.date_maj.toordinal(), one.document.id),
    }
    return sorted(found, key=keys[query.sort])


def facet(documents: Sequence[OptionDocument], query: Query, asked: Facet) -> dict[str, int]:
    """What a click on each value would show."""
    found = [
        one for document in documents if (one := _have(document, query)) and _passes(one, query, asked.field)
    ]
    held = Counter(value for one in found for value in set(_values(one, asked.field)))
    return {
        value: sum(
            _admits(one, AnyOf(asked.field, (value, *asked.also), asked.or_missing), query) for one in found
        )
        for value in held
    }


def _have(document: OptionDocument, query: Query) -> Found | None:
    """The document as had around the point; None when it is not."""
    wished = sum(
        wish.weight for wish in query.wants if isinstance(wish.what, AnyOf) and _told(document, wish.what)
    )
    modes = set(document.modes_accueil) or ({ON_SITE} if document.points else set())
    if query.near is None:
        return Found(document, None, frozenset(modes), wished)
    km = min((_distance(point, query.near) for point in document.points), default=math.inf)
    here = document.on_site and km <= query.near.radius_km
    remote = document.remote and query.near.remote
    if not (here or remote or not (document.modes_accueil or document.points)):
        return None
    reached = frozenset({ON_SITE} if here else ()) | frozenset({REMOTE} if remote else ())
    return Found(document, km if here else None, reached, wished)


def _passes(one: Found, query: Query, but: Field | None) -> bool:
    zones = one.document.zone_eligibilite
    in_zone = not query.zones or not zones or bool(query.zones.intersection(zones))
    filters = (each for each in query.where if isinstance(each, AvailableFrom) or each.field != but)
    return (
        in_zone and (not query.wants or one.score > 0) and all(_admits(one, each, query) for each in filters)
    )


def _admits(one: Found, condition: Filter, query: Query) -> bool:
    match condition:
        case AvailableFrom(day):
            slots = one.document.occurrences
            return not slots or any(slot.open_on(query.today) and slot.starts >= day for slot in slots)
        case NoneOf(field, values):
            return not set(values).intersection(_values(one, field))
        case AnyOf(field, values, or_missing):
            held = _values(one, field)
            return bool(set(values).intersection(held)) or (or_missing and not held)


def _told(document: OptionDocument, wish: AnyOf) -> bool:
    return bool(set(wish.values).intersection(getattr(document, wish.field)))


def _values(one: Found, field: Field) -> Sequence[str]:
    if field == "modes_accueil":
        return sorted(one.modes)
    if field == "categories":
        return [theme.partition("--")[0] for theme in one.document.thematiques]
    value = getattr(one.document, field)
    return value if isinstance(value, tuple) else [value] if value else []


def _distance(point: Point, near: Near) -> float:
    here, there = ((math.radians(one.latitude), math.radians(one.longitude)) for one in (near.point, point))
    chord = (
        math.sin((there[0] - here[0]) / 2) ** 2
        + math.cos(here[0]) * math.cos(there[0]) * math.sin((there[1] - here[1]) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, chord)))
