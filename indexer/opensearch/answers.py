"""A question to its request, a response to its page."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.codec import decode
from indexer.document import OptionDocument
from indexer.engine import Hit, Page, Window
from indexer.opensearch import counts
from indexer.opensearch.conditions import Clause, any_of, best_of, condition, either, every, place
from indexer.opensearch.relevance import order, scored
from indexer.opensearch.words import text
from indexer.query import MAX_WINDOW, AvailableFrom, Filter, Graded, Near, Query, Text, Wish
from indexer.reference.distance import distance_km
from indexer.text_plan import Mended


def page_request(window: Window, mended: Mended) -> dict[str, Any]:
    """What is asked for a page. Past `MAX_WINDOW` it has no hits, and its totals all the same."""
    query = window.query
    late, early = _apart(query)
    start = min(max(0, window.offset), MAX_WINDOW)
    passing = {"post_filter": every(clause for _, clause in late)} if late else {}
    return {
        "query": scored(_found(query, early, mended), query),
        **passing,
        "aggs": counts.asked(query, late),
        "sort": order(query),
        "track_scores": True,
        "track_total_hits": True,
        "from": start,
        "size": max(0, min(window.limit, MAX_WINDOW - start)),
    }


def count_request(query: Query, mended: Mended) -> dict[str, Any]:
    """What is asked to count what a question finds."""
    return {"query": _found(query, query.where, mended), "size": 0, "track_total_hits": True}


def read_page(query: Query, response: Mapping[str, Any]) -> Page:
    """The page a response tells."""
    told = response.get("aggregations", {})
    on_site, remote = counts.on_site_and_remote(told)
    return Page(
        hits=tuple(_hit(query.near, hit) for hit in response["hits"]["hits"]),
        total=read_count(response),
        on_site=on_site,
        remote=remote,
        facets=counts.facets(query, told),
    )


def read_count(response: Mapping[str, Any]) -> int:
    """How many were found."""
    return int(response["hits"]["total"]["value"])


def read_document(hit: Mapping[str, Any]) -> OptionDocument | None:
    """The document of a hit; None for a tombstone."""
    payload = hit.get("_source", {}).get("payload")
    return None if payload is None else decode(payload.encode())


def _apart(query: Query) -> tuple[counts.Late, list[Filter]]:
    """Filters on a field that is counted, and the others."""
    counted = {facet.field for facet in query.facets}
    late = [one for one in query.where if not isinstance(one, AvailableFrom) and one.field in counted]
    early = [one for one in query.where if one not in late]
    return [(one, condition(one, query)) for one in late], early


def _found(query: Query, where: Sequence[Filter], mended: Mended) -> Clause:
    """The gate, scored by what is wished, within the filters."""
    filters = [*place(query), *(condition(one, query) for one in where)]
    wished = _granted(query, mended) if query.wants else {"match_all": {}}
    return {"bool": {"must": [wished], "filter": filters}}


def _granted(query: Query, mended: Mended) -> Clause:
    return either(_wish(wish, query.near, mended) for wish in query.wants)


def _wish(wish: Wish, near: Near | None, mended: Mended) -> Clause:
    match wish.what:
        case Text(words):
            return text(words, wish.weight, mended)
        case Graded(field, weights):
            return best_of(field, weights, wish.weight)
        case one:
            return {"constant_score": {"filter": any_of(one, near), "boost": wish.weight}}


def _hit(near: Near | None, hit: Mapping[str, Any]) -> Hit:
    document = decode(hit["_source"]["payload"].encode())
    score = round(float(hit["_score"]), 6)
    if near is None:
        return Hit(document=document, score=score, distance_km=None, on_site=document.on_site)
    km = min((distance_km(near.point, one) for one in document.points), default=math.inf)
    here = document.on_site and km <= near.radius_km
    return Hit(document=document, score=score, distance_km=km if here else None, on_site=here)
