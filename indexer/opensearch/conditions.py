"""Filters to clauses of OpenSearch. Pure functions of the neutral question."""

from collections.abc import Iterable
from typing import Any, Final

from indexer import document
from indexer.query import AnyOf, AvailableFrom, Field, Filter, Near, NoneOf, Query

Clause = dict[str, Any]

NOTHING: Final[Clause] = {"match_none": {}}
IN_FORCE: Final[Clause] = {"term": {"deleted": False}}
_REMOTE: Final[Clause] = {"term": {"remote": True}}
_PLACELESS: Final[Clause] = {"term": {"placeless": True}}


def either(clauses: Iterable[Clause]) -> Clause:
    """At least one of them; of none, nothing."""
    several = list(clauses)
    if len(several) == 1:
        return several[0]
    return {"bool": {"should": several, "minimum_should_match": 1}} if several else NOTHING


def neither(clauses: Iterable[Clause]) -> Clause:
    """None of them."""
    return {"bool": {"must_not": list(clauses)}}


def every(clauses: Iterable[Clause]) -> Clause:
    """All of them; of none, everything."""
    return {"bool": {"filter": list(clauses)}}


def place(query: Query) -> list[Clause]:
    """What `near` and `zones` keep, of what is in force."""
    kept = [IN_FORCE]
    if query.near is not None:
        kept.append(either([*modes(query.near).values(), _PLACELESS]))
    if query.zones:
        kept.append(either([_holds("zones", sorted(query.zones)), _missing("zones")]))
    return kept


def condition(one: Filter, query: Query) -> Clause:
    """What a filter of that question keeps."""
    match one:
        case AnyOf():
            return any_of(one, query.near)
        case NoneOf(field, values):
            return neither([any_of(AnyOf(field, values), query.near)])
        case AvailableFrom(day):
            return _available(day.toordinal(), query.today.toordinal())


def any_of(wanted: AnyOf, near: Near | None) -> Clause:
    """Documents with one of those values, modes being those that serve there."""
    if wanted.field == "modes_accueil" and near is not None:
        serving = modes(near)
        found = [serving[mode] for mode in dict.fromkeys(wanted.values) if mode in serving]
        return either([*found, *([neither(serving.values())] if wanted.or_missing else [])])
    found = [_holds(wanted.field, wanted.values)] if wanted.values else []
    return either([*found, *([_missing(wanted.field)] if wanted.or_missing else [])])


def best_of(field: Field, weights: Iterable[tuple[str, float]], boost: float) -> Clause:
    """Documents with one of those values, scored by the best they hold."""
    alike: dict[float, list[str]] = {}
    for value, weight in weights:
        alike.setdefault(weight, []).append(value)
    scored = [
        {"constant_score": {"filter": _holds(field, values), "boost": boost * weight}}
        for weight, values in alike.items()
    ]
    return {"dis_max": {"queries": scored}} if scored else NOTHING


def modes(near: Near) -> dict[str, Clause]:
    """The modes that serve there, and what can be had by each."""
    remote = {document.REMOTE: _REMOTE} if near.remote else {}
    return {document.ON_SITE: _within(near)} | remote


def apart(near: Near | None) -> tuple[Clause, Clause]:
    """What is had on site, and what is had remotely and not on site. Without a place, on site is anywhere."""
    if near is None:
        on_site, remote = {"term": {"on_site": True}}, _REMOTE
    else:
        serving = modes(near)
        on_site, remote = serving[document.ON_SITE], serving.get(document.REMOTE, NOTHING)
    return on_site, every([remote, neither([on_site])])


def _within(near: Near) -> Clause:
    """On site in the circle: `points` holds only places where it is had on site."""
    centre = {"lat": near.point.latitude, "lon": near.point.longitude}
    return {"geo_distance": {"distance": f"{near.radius_km!r}km", "points": centre}}


def _available(day: int, today: int) -> Clause:
    later = [
        {"range": {"occurrences.ask_by": {"gte": today}}},
        {"range": {"occurrences.starts": {"gte": day}}},
    ]
    open_then = {"nested": {"path": "occurrences", "query": every(later), "score_mode": "none"}}
    return either([{"term": {"dated": False}}, open_then])


def _holds(field: Field | str, values: Iterable[str]) -> Clause:
    return {"terms": {field: [value for value in values if _is_unicode(value)]}}


def _missing(field: str) -> Clause:
    return neither([{"exists": {"field": field}}])


def _is_unicode(value: str) -> bool:
    """Half of a pair of UTF-16 may be typed; no document holds one and none can be sent."""
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)
