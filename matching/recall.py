"""Wide recall: what could answer each need, near and from home, from the search engine.

Each need asks by the themes declared and by the words services use, since themes are often missing or wrong.
What is near and what is had remotely are asked apart, so that one never drowns the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from indexer.document import KINDS, REMOTE, Kind
from indexer.engine import Hit, SearchReader, Window
from indexer.query import AnyOf, Filter, Near, NoneOf, Query, Sort, Text, Wish
from matching.candidate import Person
from matching.diagnostic.evidence import wordings
from matching.diagnostic.needs import Need
from matching.travel import Travel, radius_km

#: Candidates asked for, all needs together: six pages of ten for each of two needs. Reading a sheet costs
#: more than ranking it.
NEAR_IN_ALL: Final = 120
REMOTE_IN_ALL: Final = 40
NEAR_EACH, REMOTE_EACH = (12, 60), (5, 20)
#: Needs asked one by one; the rest, least pressing, are not searched (a diagnostic rarely ticks ten).
MOST_NEEDS: Final = 12
#: Themes and phrases asked for one need: the ones that fit most.
MOST_THEMES: Final = 8
MOST_PHRASES: Final = 5
PHRASES_PER_THEME: Final = 3
#: Asked by tenths, so that thématiques that fit alike are one question to the engine.
LEAST_FIT: Final = 0.1
#: What a phrase is worth beside the theme itself declared.
PHRASE_WEIGHT: Final = 0.4
#: What is reserved to others or just out of reach is told too, so that nobody wonders: to twice the radius.
BEYOND: Final = 2.0
BEYOND_LIMIT: Final = 25

_JOB_CATEGORIES: Final = ("choisir-un-metier", "trouver-un-emploi", "se-former")


@dataclass(frozen=True, slots=True)
class Recalled:
    """Hits by id: those to rank, and those known to be beyond the person's reach or zone."""

    within: tuple[Hit, ...]
    beyond: tuple[Hit, ...]


def recall(person: Person, engine: SearchReader) -> Recalled:
    """Raises as `SearchReader.search`."""
    if not person.needs.needs:
        return Recalled((), ())
    asked = list(person.needs)[:MOST_NEEDS]
    near = _share(NEAR_IN_ALL, len(asked), NEAR_EACH)
    remote = _share(REMOTE_IN_ALL, len(asked), REMOTE_EACH)
    windows = [Window(query=near_query(person, need), limit=near) for need in asked]
    if person.profile.remote_ok is not False:
        windows += [Window(query=remote_query(person, need), limit=remote) for need in asked]
    windows.append(Window(query=_unzoned(person, asked), limit=BEYOND_LIMIT))
    *pages, unzoned = engine.search_many(windows)
    within = {hit.document.id: hit for page in reversed(pages) for hit in page.hits}
    beyond = {hit.document.id: hit for hit in (*unzoned.hits, *_too_far(person, asked, engine))}
    return Recalled(tuple(within.values()), tuple(hit for id_, hit in beyond.items() if id_ not in within))


def _share(total: int, needs: int, bounds: tuple[int, int]) -> int:
    least, most = bounds
    return max(least, min(most, total // needs))


def wants(need: Need) -> tuple[Wish, ...]:
    """What an option must have to answer that need: one of its themes, its words, or its occupation."""
    shares = sorted(need.themes.items(), key=lambda item: (-item[1].fit, item[0]))
    fitting = [
        (theme, round(share.fit, 1)) for theme, share in shares[:MOST_THEMES] if share.fit >= LEAST_FIT
    ]
    alike = {fit: tuple(theme for theme, other in fitting if other == fit) for _, fit in fitting}
    wishes = [Wish(AnyOf("thematiques", themes), fit) for fit, themes in alike.items()]
    if need.rome:
        wishes += [Wish(AnyOf("rome", (need.rome,))), Wish(AnyOf("rome", _near_occupations(need.rome)))]
    elif any(theme.startswith("choisir-un-metier--") for theme, _ in fitting):
        wishes.append(Wish(AnyOf("kind", ("immersion",)), 0.3))
    return (*wishes, *_phrases(fitting))


def _near_occupations(rome: str) -> tuple[str, ...]:
    """The occupations of the same domain of ROME, which numbers them from 01 (K1301, K1302…)."""
    return tuple(f"{rome[:3]}{number:02}" for number in range(1, 13))


def _phrases(fitting: Iterable[tuple[str, float]]) -> list[Wish]:
    said = wordings()
    phrases = {
        phrase: fit for theme, fit in reversed(list(fitting)) for phrase in said[theme][:PHRASES_PER_THEME]
    }
    best = sorted(phrases.items(), key=lambda item: (-item[1], item[0]))[:MOST_PHRASES]
    return [Wish(Text(phrase), PHRASE_WEIGHT * fit) for phrase, fit in best]


def kinds(person: Person) -> tuple[Kind, ...]:
    """Slots and sessions are searched when an occupation or a step towards work is told."""
    towards_work = any(need.rome or need.code.startswith(_JOB_CATEGORIES) for need in person.needs)
    return KINDS if towards_work or person.needs.indicators.immersion_helps else ("service",)


def near_query(person: Person, need: Need) -> Query:
    """What answers that need where the person can go. Something of unknown place is found too."""
    return Query(
        today=person.today, wants=wants(need), where=tuple(_filters(person)), near=_near(person),
        zones=person.profile.place.zones,
    )  # fmt: skip


def _near(person: Person, travel: Travel | None = None) -> Near:
    """Around the person, as far as those ways of travelling go; nearness counts half at a third of it."""
    radius = radius_km(travel or person.travel)
    return Near(
        point=person.profile.place.point, radius_km=radius, remote=False, scale_km=max(5.0, radius / 3)
    )


def remote_query(person: Person, need: Need) -> Query:
    """What answers that need from home, a mixed one near enough keeping its distance."""
    query = open_query(person, need, remote=True)
    return replace(query, where=(*query.where, AnyOf("modes_accueil", (REMOTE,))))


def open_query(
    person: Person, need: Need, *, travel: Travel | None = None, remote: bool | None = None
) -> Query:
    """All that answers that need, near or from home: what is counted."""
    allowed = person.profile.remote_ok is not False if remote is None else remote
    near = replace(_near(person, travel), remote=allowed)
    return replace(near_query(person, need), near=near)


def all_needs_query(person: Person, *, travel: Travel | None = None, remote: bool | None = None) -> Query:
    """All that answers any need: what a relaxation is counted with."""
    query = open_query(person, person.needs.needs[0], travel=travel, remote=remote)
    return replace(query, wants=tuple({wish: None for need in person.needs for wish in wants(need)}))


def _unzoned(person: Person, asked: list[Need]) -> Query:
    """The same needs, whoever they are reserved to: the nearest."""
    themes = tuple(dict.fromkeys(theme for need in asked for theme in need.themes))
    romes = tuple(need.rome for need in asked if need.rome)
    wishes = [Wish(AnyOf("thematiques", themes))] if themes else []
    wishes += [Wish(AnyOf("rome", romes))] if romes else []
    query = open_query(person, asked[0], remote=True)
    return replace(query, wants=tuple(wishes), zones=frozenset(), sort=Sort.DISTANCE)


def _too_far(person: Person, asked: list[Need], engine: SearchReader) -> tuple[Hit, ...]:
    """What lies just past the minutes accepted, the nearest first: as many as are within are passed over."""
    if person.profile.travel.max_minutes is None:
        return ()
    near = _near(person)
    within = replace(_unzoned(person, asked), near=near, zones=person.profile.place.zones)
    wider = replace(within, near=replace(near, radius_km=near.radius_km * BEYOND))
    (passed,) = engine.count([within])
    return engine.search(wider, limit=BEYOND_LIMIT, offset=passed).hits


def _filters(person: Person) -> Iterable[Filter]:
    """Kinds that may answer; refused options are left to the verdict, fetched by their ids."""
    among = kinds(person)
    if len(among) < len(KINDS):
        yield AnyOf("kind", among)
    away = [refusal.option_id for refusal in person.profile.refusals if refusal.holds_on(person.today)]
    if away:
        yield NoneOf("id", tuple(sorted(away)))
