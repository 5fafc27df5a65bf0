"""The rankers that are tried: Jalon's match and search, the orders of others over the same inventory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final

from directory.judging.searches import DEPTH
from directory.search import find, find_place, to_query
from directory.suggest import suggest_themes
from directory.wish import SearchWish
from indexer.document import OptionDocument
from indexer.engine import Hit, SearchReader, Suggestion
from indexer.query import MAX_WINDOW, Near, Query, Sort
from indexer.reference.themes import expand_all, theme_label
from matching.candidate import Person
from matching.diagnostic.needs import read_needs
from matching.evaluation.baselines import BASELINES, Ask, baselines
from matching.evaluation.bm25 import Bm25
from matching.evaluation.evaluate import Ranker
from matching.match import Matcher, match
from matching.profile import Profile

#: What a list that knows no reach looks through: a département and its neighbours.
SIGHT_KM: Final = 100.0
#: A counsellor ticks the thématique that answers best, and those that answer nearly as well.
_TICKED: Final = 0.5
_FETCHED: Final = 1_000

#: The lists of every baseline for one query.
Lists = Callable[[str], Mapping[str, list[str]]]


@dataclass(frozen=True)
class Bench:
    """What every ranker is tried on: one inventory, one day."""

    matcher: Matcher
    today: date
    profiles: Mapping[str, Profile]
    searches: Mapping[str, SearchWish]

    @cached_property
    def documents(self) -> Mapping[str, OptionDocument]:
        """The whole inventory, by id."""
        return read_all(self.matcher.engine)

    @cached_property
    def bm25(self) -> Bm25:
        """Words alone, over all of it."""
        return Bm25(self.documents.values())

    def fetch(self, ids: Sequence[str]) -> Mapping[str, OptionDocument]:
        """The documents of some ids; an unknown one is absent."""
        return {id_: self.documents[id_] for id_ in ids if id_ in self.documents}

    def person(self, name: str) -> Person:
        """Somebody judged, and what they need."""
        profile = self.profiles[name]
        return Person(profile=profile, needs=read_needs(profile, self.matcher.mapping), today=self.today)

    def match(self, name: str) -> list[str]:
        """The first fifty of a match, twins told apart: each sheet has its own grade. Raises as `match`."""
        matcher = replace(self.matcher, fold_twins=False)
        found = match(self.profiles[name], matcher, today=self.today, limit=DEPTH)
        return [one.id for one in found.results]

    def search(self, name: str) -> list[str]:
        """The first fifty of a search. Raises as `find`."""
        wish, matcher = self.searches[name], self.matcher
        found = find(wish, engine=matcher.engine, communes=matcher.communes, today=self.today)
        return [hit.document.id for hit in found.page.hits]

    def people_lists(self, name: str) -> Mapping[str, list[str]]:
        """The baselines' orders for somebody judged."""
        person = self.person(name)
        near = Near(point=person.profile.place.point, radius_km=SIGHT_KM, remote=True)
        hits = in_sight(Query(today=self.today, near=near, sort=Sort.DISTANCE), self.matcher.engine)
        return baselines(ask_of(person), hits, self.bm25)

    def search_lists(self, name: str) -> Mapping[str, list[str]]:
        """The baselines' orders for a search: its filters hold for all, each reads its words its way."""
        wish = self.searches[name]
        place = find_place(wish, self.matcher.communes)
        wordless = to_query(replace(wish, q="", sort=Sort.RELEVANCE), place, self.today)
        ask = Ask(words=wish.q, themes=_themes(wish), publics=frozenset(wish.publics))
        return baselines(ask, in_sight(wordless, self.matcher.engine), self.bm25)


def rankers(own: Ranker, lists: Lists) -> dict[str, Ranker]:
    """Jalon's first, then each baseline; the lists of a query are made once."""
    made = lru_cache(maxsize=None)(lists)

    def one(name: str) -> Ranker:
        return lambda query: made(query)[name]

    return {"jalon": own, **{name: one(name) for name in BASELINES}}


def read_all(engine: SearchReader) -> dict[str, OptionDocument]:
    """Every document of an index. Raises as `SearchReader`."""
    ids = (option_id for option_id, _ in engine.versions())
    found: dict[str, OptionDocument] = {}
    while some := list(islice(ids, _FETCHED)):
        found |= engine.get(some)
    return found


def in_sight(query: Query, engine: SearchReader) -> tuple[Hit, ...]:
    """All that a question without words finds. Raises as `SearchReader.search`."""
    return engine.search(query, limit=MAX_WINDOW).hits


def ask_of(person: Person) -> Ask:
    """What somebody would tick and type in a list that knows neither impact nor priority."""
    themes = [theme for need in person.needs for theme, share in need.themes.items() if share.fit >= _TICKED]
    words = dict.fromkeys([*(need.label for need in person.needs), *map(theme_label, themes)])
    return Ask(
        words=" ".join(words), themes=frozenset(themes), publics=person.profile.publics,
        zones=person.profile.place.zones,
    )  # fmt: skip


def _themes(wish: SearchWish) -> frozenset[str]:
    """Those asked; else the one that completes what was typed, as a reader of such a list picks it."""
    if wish.thematiques:
        return frozenset(expand_all(wish.thematiques))
    return frozenset(expand_all(one.code for one in _picked(wish.q)))


def _picked(words: str) -> Sequence[Suggestion]:
    return suggest_themes(words.strip(), 1) if words.strip() else ()
