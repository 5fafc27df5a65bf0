"""A question to its page: masks, scores, facets, order; documents fetched for the slice alone.

The formula of relevance is told in `indexer.strengths`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer import document
from indexer.embedded.columns import ON_SITE, REMOTE, Frozen
from indexer.embedded.filters import Mask, Reach, kept, reach, zoned
from indexer.embedded.view import View
from indexer.embedded.words import satisfied
from indexer.engine import Hit, Page, Window
from indexer.query import AnyOf, AvailableFrom, Facet, Field, Filter, Graded, Query, Sort, Text, Wish
from indexer.strengths import ELSEWHERE, FAR, STALE, YEAR
from indexer.table import best, weighed

Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a view: its reach, and the rows that satisfy all but the filters on faceted fields,
    with what the wishes give each and what each of those filters keeps of them."""

    query: Query
    around: Reach
    base: Rows
    wished: Numbers
    faceted: tuple[tuple[Field, Mask], ...]

    def found(self) -> tuple[Rows, Numbers]:
        """The rows that satisfy it all, and what the wishes give each."""
        if not self.faceted:
            return self.base, self.wished
        passing = self.passing(None)
        return self.base[passing], self.wished[passing]

    def passing(self, but: Field | None) -> Mask:
        """Which of `base` pass every filter, or every one but those on a field."""
        passing = np.ones(len(self.base), np.bool_)
        for field, mask in self.faceted:
            if field != but:
                passing &= mask
        return passing


def answer(view: View, window: Window) -> Page:
    """The page a window shows."""
    asked = ask(view, window.query)
    rows, wished = asked.found()
    scores = _scores(view.columns, asked, rows, wished)
    chosen = _slice(view.columns, asked, rows, scores, window)
    on_site, remote = _apart(view.columns, asked, rows)
    return Page(
        hits=_hits(view, asked, rows[chosen], scores[chosen]),
        total=len(rows),
        on_site=int(on_site.sum()),
        remote=int((remote & ~on_site).sum()),
        facets={facet.field: _facet(view, asked, facet) for facet in window.query.facets},
    )


def best_rows(view: View, window: Window) -> Rows:
    """The rows of the hits a window shows, in order, nothing fetched."""
    asked = ask(view, window.query)
    rows, wished = asked.found()
    chosen = _slice(view.columns, asked, rows, _scores(view.columns, asked, rows, wished), window)
    return rows[chosen]


def count(view: View, query: Query) -> int:
    """How many rows a question finds."""
    rows, _ = _wanted(view, query, reach(view, query.near), query.where)
    return len(rows)


def ask(view: View, query: Query) -> Asked:
    """A question put to a view."""
    around = reach(view, query.near)
    fields = {facet.field for facet in query.facets}
    late = [one for one in query.where if not isinstance(one, AvailableFrom) and one.field in fields]
    early = [one for one in query.where if one not in late]
    base, wished = _wanted(view, query, around, early)
    today = query.today.toordinal()
    faceted = tuple((one.field, kept(view, one, around, today)[base]) for one in late)
    return Asked(query, around, base, wished, faceted)


def _wanted(view: View, query: Query, around: Reach, where: Sequence[Filter]) -> tuple[Rows, Numbers]:
    """The rows within the filters that satisfy a wish, and what the wishes give each."""
    rows = np.flatnonzero(_mask(view, query, around, where))
    if not query.wants:
        return rows, np.ones(len(rows))
    wished = np.zeros(len(rows))
    for wish in query.wants:
        wished += wish.weight * _strengths(view, wish, around, rows)
    satisfied_ones = wished > 0
    return rows[satisfied_ones], wished[satisfied_ones]


def _mask(view: View, query: Query, around: Reach, where: Sequence[Filter]) -> Mask:
    mask = around.kept & view.columns.alive
    if query.zones:
        mask &= zoned(view, query.zones)
    for condition in where:
        mask &= kept(view, condition, around, query.today.toordinal())
    return mask


def _strengths(view: View, wish: Wish, around: Reach, rows: Rows) -> Numbers:
    """How strongly each of those rows satisfies a wish, 0 where it does not."""
    match wish.what:
        case Text(words):
            found = satisfied(view, words)
            everywhere = np.zeros(view.columns.rows)
            everywhere[found.rows] = found.strengths
            return everywhere[rows]
        case Graded(field, weights):
            whose, codes, values = _values(view, around, field, rows)
            return best(len(rows), whose, weighed(weights, _codes(view, field, values), len(values))[codes])
        case AnyOf():
            # No filter, so no date.
            return kept(view, wish.what, around, 0)[rows].astype(np.float64)


def _codes(view: View, field: Field, values: Sequence[str]) -> Mapping[str, int]:
    """The code of each value of a field."""
    if field in view.columns.fields and field != "modes_accueil":
        return view.columns.fields[field].code_of
    return {value: code for code, value in enumerate(values)}


def _scores(columns: Frozen, asked: Asked, rows: Rows, wished: Numbers) -> Numbers:
    query = asked.query
    age = np.maximum(0, query.today.toordinal() - columns.updated[rows])
    fresh = 1 - STALE * (1 - 0.5 ** (age / YEAR))
    return np.round(wished * _nearness(query, asked.around.km[rows]) * fresh, 6)


def _nearness(query: Query, km: Numbers) -> Numbers:
    if query.near is None:
        return np.ones(len(km))
    near: Numbers = FAR + (1 - FAR) * 0.5 ** ((km / query.near.scale_km) ** 2)
    return np.where(np.isnan(km), ELSEWHERE, near)


def _slice(columns: Frozen, asked: Asked, rows: Rows, scores: Numbers, window: Window) -> Rows:
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


def _key(columns: Frozen, asked: Asked, rows: Rows, scores: Numbers) -> Numbers:
    """What is sorted on, the smaller the sooner."""
    match asked.query.sort:
        case Sort.RELEVANCE:
            return -scores
        case Sort.FRESHNESS:
            return -columns.updated[rows].astype(np.float64)
        case Sort.DISTANCE:
            return np.nan_to_num(np.round(asked.around.km[rows], 6), nan=np.inf, posinf=np.inf)


def _apart(columns: Frozen, asked: Asked, rows: Rows) -> tuple[Mask, Mask]:
    """Which rows are had on site there, and which remotely. Without a place, on site is anywhere at all."""
    if asked.query.near is None:
        return columns.flag(ON_SITE)[rows], columns.flag(REMOTE)[rows]
    return asked.around.on_site[rows], asked.around.remote[rows]


def _hits(view: View, asked: Asked, rows: Rows, scores: Numbers) -> tuple[Hit, ...]:
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


def _facet(view: View, asked: Asked, facet: Facet) -> dict[str, int]:
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
