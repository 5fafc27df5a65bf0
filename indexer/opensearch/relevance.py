"""Scores and orders, by the formula of `indexer.strengths`: two scripts, compiled once by a node, that
take what changes from one question to the next as parameters.

Scores are doubles rounded to six digits, kept by OpenSearch as floats: under 8 they are those of the embedded
engine to the sixth digit, above it two that differ by a millionth may be taken for equal.
"""

import math
from datetime import date
from typing import Any, Final

from indexer.document import Point
from indexer.opensearch.conditions import Clause
from indexer.query import Near, Query, Sort
from indexer.reference.distance import EARTH_RADIUS_KM
from indexer.strengths import ELSEWHERE, FAR, STALE, YEAR

_FRESH: Final = """
double fresh(def updated, def params) {
  return 1 - params.stale * (1 - Math.pow(0.5, Math.max(0, params.today - updated.value) / params.year));
}
"""

#: The distance to the nearest place of an option inside the radius, -1 when there is none.
_DISTANCE: Final = """
double distance(def places, def params) {
  double nearest = -1;
  for (int i = 0; i < places.length; ++i) {
    long place = places.get(i);
    double latitude = Math.toRadians((int) (place >> 32) / 1e7);
    double longitude = Math.toRadians((int) place / 1e7);
    double across = Math.sin((latitude - params.latitude) / 2);
    double along = Math.sin((longitude - params.longitude) / 2);
    double chord = across * across + params.cosine * Math.cos(latitude) * along * along;
    double km = 2 * params.earth * Math.asin(Math.sqrt(Math.min(chord, 1.0)));
    if (nearest < 0 || km < nearest) { nearest = km; }
  }
  return nearest <= params.radius ? nearest : -1;
}
"""

_ANYWHERE: Final = f"""{_FRESH}
return Math.rint(_score * fresh(doc['updated'], params) * 1e6) / 1e6;
"""

_AROUND: Final = f"""{_FRESH}{_DISTANCE}
double km = distance(doc['places'], params);
double near = km < 0 ? params.elsewhere
  : params.far + (1 - params.far) * Math.pow(0.5, Math.pow(km / params.scale, 2));
return Math.rint(_score * near * fresh(doc['updated'], params) * 1e6) / 1e6;
"""

_BY_DISTANCE: Final = f"""{_DISTANCE}
double km = distance(doc['places'], params);
return km < 0 ? Double.MAX_VALUE : Math.rint(km * 1e6) / 1e6;
"""


def scored(found: Clause, query: Query) -> Clause:
    """What was found, its score weighed with nearness and freshness."""
    fresh = {"today": query.today.toordinal(), "stale": STALE, "year": YEAR}
    if query.near is None:
        script = {"source": _ANYWHERE, "params": fresh}
    else:
        near = {
            "scale": query.near.scale_km, "elsewhere": ELSEWHERE, "far": FAR,
        }  # fmt: skip
        script = {"source": _AROUND, "params": fresh | near | _circle(query.near)}
    return {"script_score": {"query": found, "script": script}}


def order(query: Query) -> list[dict[str, Any]]:
    """What the hits are sorted on."""
    by: dict[str, Any]
    match query.sort:
        case Sort.RELEVANCE:
            by = {"_score": "desc"}
        case Sort.FRESHNESS:
            by = {"updated": "desc"}
        case Sort.DISTANCE if query.near is None:
            return [{"id": "asc"}]
        case Sort.DISTANCE:
            script = {"source": _BY_DISTANCE, "params": _circle(query.near)}
            by = {"_script": {"type": "number", "order": "asc", "script": script}}
    return [by, {"id": "asc"}]


def warming(today: date) -> list[dict[str, Any]]:
    """Questions that have a node compile every script, which takes one just started a second and a half: most
    of a reader's patience. Any place does."""
    around = Near(point=Point(0.0, 0.0), radius_km=1.0)
    asked = [Query(today=today)] + [Query(today=today, near=around, sort=sort) for sort in Sort]
    found: Clause = {"match_all": {}}
    return [{"query": scored(found, one), "sort": order(one), "size": 1, "_source": False} for one in asked]


def _circle(near: Near) -> dict[str, float]:
    latitude, longitude = math.radians(near.point.latitude), math.radians(near.point.longitude)
    return {
        "latitude": latitude, "longitude": longitude, "cosine": math.cos(latitude), "earth": EARTH_RADIUS_KM,
        "radius": near.radius_km,
    }  # fmt: skip
