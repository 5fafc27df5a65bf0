"""A question to its page: masks, scores, facets, order; documents fetched for the slice alone.

The formula of relevance is told in `indexer.strengths`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer import document
from indexer.embedded.columns import ON_SITE, REMOTE, Frozen
from indexer.embedded.filters import Mask, Reach, kept, reach, zoned
from indexer.embedded.view import View
from indexer.embedded.words import satisfied
from indexer.engine import Hit, Page, Window
from indexer.query import AnyOf, AvailableFrom, Facet, Field, Filter, Query, Sort, Text, Wish
from indexer.strengths import ELSEWHERE, FAR, STALE, YEAR

Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question over a view: its reach, and the rows that satisfy all but the filters on faceted fields,
    with what each of those keeps of them."""

    query: Query
    around: Reach
    base: Rows
    faceted: tuple[tuple[Field, Mask], ...]

    @property
    def found(self) -> Rows:
        """The rows that satisfy it all."""
        return self.base[self.passing(None)]

    def passing(self, but: Field | None) -> Mask:
        """Which of `base` pass every filter, or every one but those on a field."""
        passing = np.ones(len(self.base), np.bool_)
        for field, mask in self.faceted:
            if field != but:
                passing &= mask
        return passing


def answer(view: View, window: Window) -> Page:
    """The page a window shows."""
    query = window.query
    asked = _ask(view, query)
    rows = asked.found
    scores = _scores(view, query, asked.around, rows)
    chosen = _slice(view.columns, asked, rows, scores, window)
    on_site, remote = _apart(view.columns, asked, rows)
    return Page(
        hits=_hits(view, asked, rows[chosen], scores[chosen]),
        total=len(rows),
        on_site=int(on_site.sum()),
        remote=int((remote & ~on_site).sum()),
        facets={facet.field: _facet(view, asked, facet) for facet in query.facets},
    )


def count(view: View, query: Query) -> int:
    """How many rows a question finds."""
    return int(_mask(view, query, reach(view, query.near), query.where).sum())


def _ask(view: View, query: Query) -> _Asked:
    around = reach(view, query.near)
    fields = {facet.field for facet in query.facets}
    late = [one for one in query.where if not isinstance(one, AvailableFrom) and one.field in fields]
    early = [one for one in query.where if one not in late]
    base = np.flatnonzero(_mask(view, query, around, early))
    today = query.today.toordinal()
    faceted = tuple((one.field, kept(view, one, around, today)[base]) for one in late)
    return _Asked(query, around, base, faceted)


def _mask(view: View, query: Query, around: Reach, where: Sequence[Filter]) -> Mask:
    mask = around.kept & view.columns.alive
    if query.zones:
        mask &= zoned(view, query.zones)
    for condition in where:
        mask &= kept(view, condition, around, query.today.toordinal())
    if query.wants:
        gate = np.zeros(view.columns.rows, np.bool_)
        for wish in query.wants:
            match wish.what:
                case Text(words):
                    gate[satisfied(view, words).rows] = True
                case AnyOf():
                    gate |= _wished(view, wish.what, around)
        mask &= gate
    return mask


def _wished(view: View, what: AnyOf, around: Reach) -> Mask:
    """The rows that satisfy a wish for one of some values: no filter, so no date."""
    return kept(view, what, around, 0)


def _scores(view: View, query: Query, around: Reach, rows: Rows) -> Numbers:
    wished = np.ones(len(rows))
    if query.wants:
        wished = np.zeros(len(rows))
        for wish in query.wants:
            wished += wish.weight * _strengths(view, wish, around, rows)
    age = np.maximum(0, query.today.toordinal() - view.columns.updated[rows])
    fresh = 1 - STALE * (1 - 0.5 ** (age / YEAR))
    return np.round(wished * _nearness(query, around.km[rows]) * fresh, 6)


def _strengths(view: View, wish: Wish, around: Reach, rows: Rows) -> Numbers:
    """How strongly each of those rows satisfies a wish, 0 where it does not."""
    match wish.what:
        case Text(words):
            found = satisfied(view, words)
            everywhere = np.zeros(view.columns.rows)
            everywhere[found.rows] = found.strengths
            return everywhere[rows]
        case AnyOf():
            return _wished(view, wish.what, around)[rows].astype(np.float64)


def _nearness(query: Query, km: Numbers) -> Numbers:
    if query.near is None:
        return np.ones(len(km))
    at_scale = (0.5 - FAR) / (1 - FAR)
    near: Numbers = FAR + (1 - FAR) * at_scale ** ((km / query.near.scale_km) ** 2)
    return np.where(np.isnan(km), ELSEWHERE, near)


def _slice(columns: Frozen, asked: _Asked, rows: Rows, scores: Numbers, window: Window) -> Rows:
    """Positions among `rows` of those to show, in order."""
    end = min(window.offset + window.limit, len(rows))
    if window.limit <= 0 or window.offset >= end:
        return np.empty(0, np.int64)
    key = _key(columns, asked, rows, scores)
    candidates = np.arange(len(rows))
    if end < len(rows) // 4:
        # Everything up to the last place, ties included, which a partition alone would break at will.
        candidates = np.flatnonzero(key <= np.partition(key, end - 1)[end - 1])
    order = np.lexsort((columns.rank[rows[candidates]], key[candidates]))
    return candidates[order[window.offset : end]]


def _key(columns: Frozen, asked: _Asked, rows: Rows, scores: Numbers) -> Numbers:
    """What is sorted on, the smaller the sooner."""
    match asked.query.sort:
        case Sort.RELEVANCE:
            return -scores
        case Sort.FRESHNESS:
            return -columns.updated[rows].astype(np.float64)
        case Sort.DISTANCE:
            return np.nan_to_num(np.round(asked.around.km[rows], 6), nan=np.inf, posinf=np.inf)


def _apart(columns: Frozen, asked: _Asked, rows: Rows) -> tuple[Mask, Mask]:
    """Which rows are had on site there, and which remotely. Without a place, on site is anywhere at all."""
    if asked.query.near is None:
        return columns.flag(ON_SITE)[rows], columns.flag(REMOTE)[rows]
    return asked.around.on_site[rows], asked.around.remote[rows]


def _hits(view: View, asked: _Asked, rows: Rows, scores: Numbers) -> tuple[Hit, ...]:
    on_site, _ = _apart(view.columns, asked, rows)
    km = asked.around.km[rows]
    documents = view.fetch(rows.tolist())
    return tuple(
        Hit(
            document=found,
            score=float(score),
            distance_km=None if np.isnan(far) else float(far),
            on_site=bool(here),
        )
        for found, score, far, here in zip(documents, scores, km, on_site, strict=True)
    )


def _facet(view: View, asked: _Asked, facet: Facet) -> dict[str, int]:
    """Counts by value. A value is counted when a document holds it; those that join every count are added
    to each."""
    rows = asked.base[asked.passing(facet.field)]
    whose, codes, values = _values(view, asked.around, facet.field, rows)
    joins = np.zeros(len(rows), np.bool_)
    if facet.or_missing:
        joins[:] = True
        joins[whose] = False
    if facet.also:
        also = [code for code, value in enumerate(values) if value in facet.also]
        joins[whose[np.isin(codes, also)]] = True
    told = np.bincount(codes, minlength=1)
    own = np.bincount(codes[~joins[whose]], minlength=len(told))
    joined = int(joins.sum())
    return {values[code]: int(own[code]) + joined for code in np.flatnonzero(told).tolist()}


def _values(
    view: View, around: Reach, field: Field, rows: Rows
) -> tuple[Rows, NDArray[np.int32], Sequence[str]]:
    """The values of rows in a field: whose each is, its code, and what codes stand for."""
    if field == "id":
        return np.arange(len(rows)), rows.astype(np.int32), view.columns.ids
    if field == "modes_accueil":
        here, remote = np.flatnonzero(around.on_site[rows]), np.flatnonzero(around.remote[rows])
        codes = np.repeat(np.array([0, 1], np.int32), [len(here), len(remote)])
        return np.concatenate([here, remote]), codes, (document.ON_SITE, document.REMOTE)
    held = view.columns.fields[field]
    whose, codes = held.of(rows)
    return whose, codes, held.values
