"""Wide recall: what could answer each need, near and from home, from the search engine.

Each need asks by what options are about, declared or told by their words, since themes are often missing or
wrong. What is near and what is had remotely are asked apart, so that one never drowns the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from indexer.document import KINDS, REMOTE, Kind
from indexer.engine import SearchReader, Window
from indexer.query import AnyOf, AvailableFrom, Filter, Graded, Near, NoneOf, Query, Sort, Wish
from indexer.reference.vocabulary import PUBLICS
from indexer.table import Table
from matching.candidate import Person
from matching.certainty import codes
from matching.diagnostic.needs import Need
from matching.eligibility import belongs
from matching.needed import MEANT, MEANT_FOR, NEAR
from matching.travel import radius_km

#: Candidates asked for, all needs together, and for one need at least and at most. They are scored as
#: numbers; only those that may be shown are fetched.
NEAR_IN_ALL: Final = 600
REMOTE_IN_ALL: Final = 200
NEAR_EACH, REMOTE_EACH = (40, 250), (15, 80)
#: Needs asked one by one; the rest, least pressing, are not searched (a diagnostic rarely ticks ten).
MOST_NEEDS: Final = 12
#: A thématique that fits less than this asks for nothing.
LEAST_FIT: Final = 0.1
#: What is reserved to others or just out of reach is told too, so that nobody wonders: to twice the radius.
BEYOND: Final = 2.0
BEYOND_LIMIT: Final = 20
#: What answers less than this is no answer when options are counted.
COUNTED: Final = 0.3

_JOB_CATEGORIES: Final = ("choisir-un-metier", "trouver-un-emploi", "se-former")


@dataclass(frozen=True, slots=True)
class Recalled:
    """Those to rank, and those known to be beyond the person's reach or zone."""

    within: Table
    beyond: Table


def recall(person: Person, engine: SearchReader) -> Recalled:
    """Raises as `SearchReader.search`."""
    asked = list(person.needs)[:MOST_NEEDS]
    if not asked:
        return Recalled(engine.table([]), engine.table([]))
    return Recalled(engine.table(windows(person, asked)), engine.table(_beyond(person, asked, engine)))


def windows(person: Person, asked: list[Need]) -> list[Window]:
    """What is asked for these needs, near and from home."""
    near = _share(NEAR_IN_ALL, len(asked), NEAR_EACH)
    remote = _share(REMOTE_IN_ALL, len(asked), REMOTE_EACH)
    found = [Window(query=near_query(person, need), limit=near) for need in asked]
    if person.profile.remote_ok is not False:
        found += [Window(query=remote_query(person, need), limit=remote) for need in asked]
    return found


def _share(total: int, needs: int, bounds: tuple[int, int]) -> int:
    least, most = bounds
    return max(least, min(most, total // needs))


def wants(need: Need, least: float = 0.0) -> tuple[Wish, ...]:
    """What an option must have to answer that need at least so far: a topic, or the occupation."""
    fits = tuple((theme, share.fit) for theme, share in need.themes.items() if share.fit >= LEAST_FIT)
    wishes = (*_topics(fits, least), *_meant(fits, least))
    if not need.rome:
        return wishes
    near = AnyOf("rome", _near_occupations(need.rome))
    return (*wishes, Wish(AnyOf("rome", (need.rome,))), Wish(near, NEAR))


@lru_cache(maxsize=512)
def _topics(fits: tuple[tuple[str, float], ...], least: float) -> tuple[Wish, ...]:
    told = codes(fits, own=True) | codes(fits, own=False)
    sure = tuple(sorted((code, round(worth, 3)) for code, worth in told.items() if worth >= max(least, 0.01)))
    return (Wish(Graded("topics", sure)),) if sure else ()


def _meant(fits: Iterable[tuple[str, float]], least: float) -> Iterable[Wish]:
    """Slots and sessions answer what their kind is for, whatever they declare."""
    for kind, themes in MEANT_FOR.items():
        worth = MEANT * max((fit for theme, fit in fits if theme in themes), default=0.0)
        if worth > max(least, 0.01):
            yield Wish(AnyOf("kind", (kind,)), worth)


def _near_occupations(rome: str) -> tuple[str, ...]:
    """The occupations of the same domain of ROME, which numbers them from 01 (K1301, K1302…)."""
    return tuple(f"{rome[:3]}{number:02}" for number in range(1, 13))


def kinds(person: Person) -> tuple[Kind, ...]:
    """Slots and sessions are searched when an occupation or a step towards work is told."""
    towards_work = any(need.rome or need.code.startswith(_JOB_CATEGORIES) for need in person.needs)
    return KINDS if towards_work or person.needs.indicators.immersion_helps else ("service",)


def near_query(person: Person, need: Need) -> Query:
    """What answers that need where the person can go. Something of unknown place is found too."""
    return Query(
        today=person.today, wants=wants(need), where=tuple(filters(person)), near=_near(person),
        zones=person.profile.place.zones,
    )  # fmt: skip


def _near(person: Person) -> Near:
    """Around the person, as far as those ways of travelling go; nearness counts half at a third of it."""
    radius = radius_km(person.travel)
    return Near(
        point=person.profile.place.point, radius_km=radius, remote=False, scale_km=max(5.0, radius / 3)
    )


def remote_query(person: Person, need: Need) -> Query:
    """What answers that need from home, a mixed one near enough keeping its distance."""
    query = replace(near_query(person, need), near=replace(_near(person), remote=True))
    return replace(query, where=(*query.where, AnyOf("modes_accueil", (REMOTE,))))


def counted_query(person: Person, needs: Iterable[Need], *, remote: bool | None = None) -> Query:
    """All that really answers one of these needs, near or from home: what is counted."""
    allowed = person.profile.remote_ok is not False if remote is None else remote
    wishes = {wish: None for need in needs for wish in wants(need, COUNTED)}
    return Query(
        today=person.today, wants=tuple(wishes), where=(*filters(person), *_open_to(person)),
        near=replace(_near(person), remote=allowed), zones=person.profile.place.zones,
    )  # fmt: skip


def _open_to(person: Person) -> Iterable[Filter]:
    """What is not certainly for others, and still has a date when the person is free."""
    closed = [public for public in PUBLICS.codes if belongs(person, public) is False]
    if closed:
        yield AnyOf("publics", tuple(one for one in PUBLICS.codes if one not in closed), or_missing=True)
    yield AvailableFrom(person.profile.available_from or person.today)


def _beyond(person: Person, asked: list[Need], engine: SearchReader) -> list[Window]:
    """The nearest that are reserved to others, and those just past the minutes accepted: as many as are
    within are passed over. Both around the same place, the wider circle first."""
    near = replace(_near(person), remote=True)
    anybody = replace(counted_query(person, asked, remote=True), zones=frozenset(), sort=Sort.DISTANCE)
    reserved = Window(query=anybody, limit=BEYOND_LIMIT)
    if person.profile.travel.max_minutes is None:
        return [reserved]
    mine = replace(anybody, near=replace(near, remote=False), zones=person.profile.place.zones)
    wider = replace(mine, near=replace(near, radius_km=near.radius_km * BEYOND, remote=False))
    (passed,) = engine.count([mine])
    return [Window(query=wider, limit=BEYOND_LIMIT, offset=passed), reserved]


def filters(person: Person) -> Iterable[Filter]:
    """Kinds that may answer; refused options are left to the verdict, fetched by their ids."""
    among = kinds(person)
    if len(among) < len(KINDS):
        yield AnyOf("kind", among)
    away = refused(person)
    if away:
        yield NoneOf("id", away)


def refused(person: Person) -> tuple[str, ...]:
    """Options that the person refused and whose refusal holds."""
    told = (one.option_id for one in person.profile.refusals if one.option_id and one.holds_on(person.today))
    return tuple(sorted(set(told)))
