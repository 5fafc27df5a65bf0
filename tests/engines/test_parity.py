"""Every engine finds, counts, facets, orders and matches alike, on one generated inventory.

What may differ between the embedded engine and OpenSearch, and by how much:

- an option within a centimetre of the edge of the circle (OpenSearch rounds the points it looks up);
- the order of two whose scores differ by a millionth, when scores pass 8 (it keeps them as floats);
- a typo in a word whose near words number more than fifty (it looks at no more);
- a word that only deleted documents held, until segments merge: its near words are not looked for;
- past 10,000 hits a page has none; past 10,000 values of one field a facet has no more.

`JALON_PARITY_SERVICES=10000` makes the inventory larger.
"""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

import pytest

from directory.bench.inventory import ALL_THEMES, SOME_PUBLICS, WORDS, Inventory, Towns, profiles
from indexer.document import Occurrence, OptionDocument, Point
from indexer.engine import SearchEngine, Window
from indexer.query import AnyOf, AvailableFrom, Facet, Filter, Near, NoneOf, Query, Sort, Text, Wish
from indexer.reference.communes import Communes, load_communes
from matching.match import Matcher, match
from matching.profile import Profile
from tests.builders import TODAY
from tests.engines.openers import ENGINES, Openers

SERVICES: Final = int(os.environ.get("JALON_PARITY_SERVICES", "3000"))
SEARCHES: Final = 200
PROFILES: Final = 50

#: Beside the words of the bench: typos, plurals, names of structures, nothing at all.
ODD_WORDS: Final = (
    "alimentatoin", "ordinatuer", "budgets", "mission locale", "boussole", "logment", "démarches en mairie",
    "spéléologie", "bénévoles", "accompagnemant", "le la de", "France Travail", "crèche", "vélo",
)  # fmt: skip
FACETS: Final = (
    Facet("thematiques"), Facet("categories"), Facet("publics", ("tous-publics",), or_missing=True),
    Facet("frais"), Facet("modes_accueil"), Facet("type"), Facet("kind"), Facet("code_insee"),
)  # fmt: skip


def _documents(communes: Communes) -> Iterator[OptionDocument]:
    """The services of the bench, one in ten as a dated immersion."""
    structures: dict[str, str] = {}
    for number, (kind, row) in enumerate(Inventory(communes, SERVICES, 7, TODAY).rows()):
        if kind == "structure":
            structures[row["id"]] = row["nom"]
        else:
            yield _document(number, row, structures[row["structure_id"]])


def _document(number: int, row: dict[str, Any], structure: str) -> OptionDocument:
    point = Point(row["latitude"], row["longitude"])
    dated = number % 10 == 0
    lists = ("thematiques", "publics", "modes_accueil", "mobilisable_par", "zone_eligibilite")
    plain = (
        "id", "source", "nom", "description", "type", "frais", "structure_id", "commune", "code_insee",
    )  # fmt: skip
    told: dict[str, Any] = {name: tuple(row[name] or ()) for name in lists} | {
        name: row[name] for name in plain
    }
    return OptionDocument(
        **told,
        kind="immersion" if dated else "service",
        version=1,
        date_maj=date.fromisoformat(row["date_maj"]),
        structure_nom=structure,
        points=() if row["modes_accueil"] == ["a-distance"] else (point,),
        rome=("K1302",) if dated else (),
        occurrences=(_slot(number),) if dated else (),
    )


def _slot(number: int) -> Occurrence:
    starts = TODAY + timedelta(days=number % 60 - 20)
    return Occurrence(id="s", starts=starts, ends=starts, ask_by=starts - timedelta(days=3))


def _query(dice: Random, towns: Towns) -> Query:
    words = [dice.choice(WORDS + ODD_WORDS) for _ in range(dice.choice((0, 1, 1, 2)))]
    wants = [Wish(Text(one), dice.choice((1.0, 0.4))) for one in words]
    if dice.random() < 0.5:
        wants.append(Wish(AnyOf("thematiques", tuple(dice.sample(ALL_THEMES, 3))), 0.8))
    town = towns.draw(dice)
    near = Near(point=town.point, radius_km=dice.choice((8, 30, 90)), remote=dice.random() < 0.6)
    return Query(
        today=TODAY,
        wants=tuple(wants),
        where=tuple(dice.sample(_filters(dice), dice.randint(0, 2))),
        near=near if dice.random() < 0.8 else None,
        zones=COMMUNES.zones_of(town.code) if dice.random() < 0.6 else frozenset(),
        sort=dice.choice((Sort.RELEVANCE, Sort.RELEVANCE, Sort.DISTANCE, Sort.FRESHNESS)),
        facets=tuple(dice.sample(FACETS, 3)),
    )


def _filters(dice: Random) -> list[Filter]:
    return [
        AnyOf("publics", (dice.choice(SOME_PUBLICS), "tous-publics"), or_missing=True),
        AnyOf("frais", ("gratuit",)),
        AnyOf("modes_accueil", ("a-distance",)),
        NoneOf("kind", ("immersion",)),
        AvailableFrom(TODAY + timedelta(days=dice.randint(0, 30))),
        AnyOf("categories", (dice.choice(ALL_THEMES).partition("--")[0],)),
    ]


COMMUNES: Final = load_communes()


@pytest.fixture(scope="module")
def asked() -> list[Query]:
    dice, towns = Random(11), Towns(COMMUNES)
    return [_query(dice, towns) for _ in range(SEARCHES)]


@pytest.fixture(scope="module")
def reference(openers: Openers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """The embedded engine, which the others are held against."""
    yield from _filled(openers, "embedded", tmp_path_factory)


@pytest.fixture(scope="module", params=[engine for engine in ENGINES if engine.values != ("embedded",)])
def other(
    request: pytest.FixtureRequest, openers: Openers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    yield from _filled(openers, request.param, tmp_path_factory)


def _filled(openers: Openers, name: str, folders: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    opener, forget = openers.open(name, folders.mktemp("parity"))
    engine = opener()
    with engine.fresh_index() as fresh:
        fresh.put(_documents(COMMUNES))
    engine.refresh()
    yield engine
    engine.close()
    forget()


def test_two_hundred_searches_are_answered_alike(
    asked: list[Query], reference: SearchEngine, other: SearchEngine
) -> None:
    windows = [Window(query=query, limit=SERVICES) for query in asked]
    expected = [reference.search_many([window])[0] for window in windows]
    found = [page for window in windows for page in other.search_many([window])]
    assert sum(bool(page.hits) for page in expected) > SEARCHES / 2
    for query, one, two in zip(asked, expected, found, strict=True):
        assert (two.total, two.on_site, two.remote, two.facets) == (
            one.total, one.on_site, one.remote, one.facets,
        ), query  # fmt: skip
        assert {hit.document.id for hit in two.hits} == {hit.document.id for hit in one.hits}, query
        for left, right in zip(one.hits, two.hits, strict=True):
            assert right.document.id == left.document.id, query
            assert right.score == pytest.approx(left.score, abs=1.5e-6), query
            assert right.distance_km == pytest.approx(left.distance_km), query
            assert right.on_site == left.on_site, query
    assert other.count(asked) == reference.count(asked) == [page.total for page in expected]


def test_fifty_profiles_are_matched_alike(reference: SearchEngine, other: SearchEngine) -> None:
    people = [Profile.from_json(told, COMMUNES) for told in profiles(COMMUNES, PROFILES, 5)]
    answered = 0
    for person in people:
        one, two = (
            match(person, Matcher(engine=engine, communes=COMMUNES), today=TODAY, limit=10)
            for engine in (reference, other)
        )
        assert [result.id for result in two.results] == [result.id for result in one.results]
        assert two.relaxations == one.relaxations
        assert two.coverage == one.coverage
        assert [excluded.id for excluded in two.excluded] == [excluded.id for excluded in one.excluded]
        answered += bool(one.results)
    assert answered > PROFILES / 2


def test_names_are_suggested_alike(reference: SearchEngine, other: SearchEngine) -> None:
    for typed in ("a", "accompagnement", "acc dém", "préparer un p", "l'aide", "zz", "é"):
        assert other.suggest(typed, limit=8) == reference.suggest(typed, limit=8), typed
