"""What is on site or remote, and facets: asked with the question, read from its answer.

Facets leave out the filters on their own field, so those on a field that is counted are no part of the
question: they are laid on each count, and on the hits after (`post_filter`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from indexer.opensearch.conditions import Clause, any_of, apart, every, modes, neither
from indexer.query import AnyOf, Facet, Field, Near, NoneOf, Query

#: A filter on a field that is counted, and its clause.
Late = Sequence[tuple[AnyOf | NoneOf, Clause]]

#: Values of one field told apart: more than any list of the reference holds (communes apart).
MOST_VALUES: Final = 10_000


def asked(query: Query, late: Late) -> dict[str, Any]:
    """The aggregations of a question."""
    passing = [clause for _, clause in late]
    on_site, remote = apart(query.near)
    counts = {
        "on_site": {"filter": every([*passing, on_site])},
        "remote": {"filter": every([*passing, remote])},
    }
    for facet in query.facets:
        others = [clause for one, clause in late if one.field != facet.field]
        counts[_name(facet)] = {"filter": every(others), "aggs": _facet(facet, query.near)}
    return counts


def on_site_and_remote(told: Mapping[str, Any]) -> tuple[int, int]:
    """How many are had on site, and how many remotely of the rest; none where there is no index."""
    on_site, remote = (int(told.get(name, {}).get("doc_count", 0)) for name in ("on_site", "remote"))
    return on_site, remote


def facets(query: Query, told: Mapping[str, Any]) -> dict[Field, dict[str, int]]:
    """Counts by value, of each facet asked."""
    return {facet.field: _read(told.get(_name(facet), {})) for facet in query.facets}


def _name(facet: Facet) -> str:
    return f"facet-{facet.field}"


def _facet(facet: Facet, near: Near | None) -> dict[str, Any]:
    """The values held; and, where some join every count, those joining apart from the others."""
    values = _values(facet.field, near)
    if not facet.also and not facet.or_missing:
        return {"held": values}
    joining = any_of(AnyOf(facet.field, facet.also, or_missing=facet.or_missing), near)
    own = {"filter": neither([joining]), "aggs": {"held": values}}
    return {"held": values, "own": own, "joining": {"filter": joining}}


def _values(field: Field, near: Near | None) -> dict[str, Any]:
    if field == "modes_accueil" and near is not None:
        return {"filters": {"filters": modes(near)}}
    return {"terms": {"field": field, "size": MOST_VALUES}}


def _read(told: Mapping[str, Any]) -> dict[str, int]:
    held = _counted(told)
    if "joining" not in told:
        return held
    own, joining = _counted(told["own"]), int(told["joining"]["doc_count"])
    return {value: own.get(value, 0) + joining for value in held}


def _counted(told: Mapping[str, Any]) -> dict[str, int]:
    """Values and counts, from either kind of aggregation."""
    buckets = told.get("held", {}).get("buckets", {})
    if isinstance(buckets, Mapping):
        counted = {value: int(bucket["doc_count"]) for value, bucket in buckets.items()}
    else:
        counted = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
    return {value: count for value, count in counted.items() if count}
