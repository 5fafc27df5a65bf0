"""What several questions of one request look through together.

A match puts some thirty questions around one point; one pool of rows answers them all, where each would
read its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from indexer.judging import Subject
from indexer.query import AnyOf, Graded, Near, Query, Sort, Text
from indexer.topics import read_code

#: Several questions together are those of a match, which then looks to twice as far (`recall.BEYOND`).
_WIDER: Final = 2.0
_WIDEST_KM: Final = 20_100.0

Wished = AnyOf | Text


@dataclass(frozen=True, slots=True)
class Pool:
    """The documents of the rows that a question may find."""

    query: Query
    subjects: tuple[Subject, ...]

    def covers(self, query: Query) -> bool:
        """Whether all that the question may find is there."""
        mine = self.query
        return (
            _covers_place(mine.near, query.near)
            and (not mine.zones or mine.zones == query.zones)
            and set(mine.where) <= set(query.where)
            and (not mine.wants or (bool(query.wants) and gate(query) <= gate(mine)))
            and (mine.sort is Sort.FRESHNESS) == (query.sort is Sort.FRESHNESS)
        )


def gate(query: Query) -> frozenset[Wished]:
    """What lets a document in. Beside a theme or an occupation, words only widen: they are left unread."""
    asked = frozenset(one for wish in query.wants for one in asked_of_rows(wish.what))
    return frozenset(one for one in asked if isinstance(one, AnyOf)) or asked


def asked_of_rows(what: Text | AnyOf | Graded) -> tuple[Wished, ...]:
    """What rows can be asked of a wish: of topics, each theme declared, and rows that declare none."""
    if not isinstance(what, Graded):
        return (what,)
    if what.field != "topics":
        return (AnyOf(what.field, tuple(value for value, _ in what.weights)),)
    themes = dict.fromkeys(read_code(code).theme for code, _ in what.weights)
    return tuple(AnyOf("thematiques", (theme,), or_missing=True) for theme in themes)


def without_words(query: Query) -> Query:
    """The question with only what its gate reads."""
    read = gate(query)
    kept = (wish for wish in query.wants if not read.isdisjoint(asked_of_rows(wish.what)))
    return replace(query, wants=tuple(kept))


def together(queries: Sequence[Query]) -> list[Query]:
    """The fewest questions whose pools cover those: one for each place and order."""
    groups: dict[object, list[Query]] = {}
    for query in queries:
        words = None if all(isinstance(one, AnyOf) for one in gate(query)) else gate(query)
        point = query.near.point if query.near else None
        groups.setdefault((point, words, query.sort is Sort.FRESHNESS), []).append(query)
    return [_widened(group) if len(group) > 1 else group[0] for group in groups.values()]


def _widened(queries: Sequence[Query]) -> Query:
    """One question that finds all that those find, and somewhat farther."""
    asked = reduce(_either, queries)
    if asked.near is None:
        return asked
    radius = min(_WIDEST_KM, _WIDER * asked.near.radius_km)
    return replace(asked, near=replace(asked.near, radius_km=radius))


def _either(one: Query, other: Query) -> Query:
    wants = tuple(dict.fromkeys((*one.wants, *other.wants))) if one.wants and other.wants else ()
    return replace(
        one,
        wants=wants,
        where=tuple(each for each in one.where if each in other.where),
        zones=one.zones if one.zones == other.zones else frozenset(),
        near=_wider(one.near, other.near),
    )


def _wider(one: Near | None, other: Near | None) -> Near | None:
    """Both are around the same point, or nowhere."""
    if one is None or other is None:
        return None
    return replace(one, radius_km=max(one.radius_km, other.radius_km), remote=one.remote or other.remote)


def _covers_place(mine: Near | None, asked: Near | None) -> bool:
    if mine is None or asked is None:
        return mine is asked
    near_enough = asked.point == mine.point and asked.radius_km <= mine.radius_km
    return near_enough and (mine.remote or not asked.remote)
