"""Random questions over random documents, against an oracle in plain Python: same sets, counts and orders."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.document import OptionDocument, Point
from indexer.engine import SearchEngine
from indexer.query import AnyOf, AvailableFrom, Facet, Field, Near, NoneOf, Query, Sort, Wish
from tests.builders import TODAY, option, slot
from tests.engines import oracle
from tests.engines.asking import ALL
from tests.engines.openers import ENGINES, Openers

THEMES = ["sante--sante-mentale", "sante--addictions", "mobilite--preparer-un-permis", "inconnu--jamais-vu"]
PUBLICS = ["jeunes", "seniors", "tous-publics", "femmes"]
MODES = ["a-distance", "en-presentiel"]
ZONES = ["26", "26362", "france", "2A", "44"]
CHOICES: dict[Field, list[str]] = {
    "thematiques": THEMES,
    "categories": ["sante", "mobilite"],
    "publics": PUBLICS,
    "modes_accueil": MODES,
    "frais": ["gratuit", "payant"],
    "type": ["atelier", "aide"],
    "kind": ["service", "immersion", "training"],
    "rome": ["K1302", "G1602"],
    "source": ["a", "b"],
    "id": ["o--007", "o--100"],
}


def _document(number: int, dice: Random) -> OptionDocument:
    def some(choices: list[str], most: int) -> list[str]:
        return sorted(dice.sample(choices, dice.randint(0, most)))

    points = [_somewhere(dice) for _ in range(dice.choice([0, 1, 1, 1, 3]))]
    slots = [
        slot(
            TODAY + timedelta(days=dice.randint(-5, 10)),
            ask_by=TODAY + timedelta(days=dice.randint(-5, 5)),
            places_left=dice.choice([None, 0, 2]),
        )
        for _ in range(dice.choice([0, 0, 1, 3]))
    ]
    return option(
        f"Option {number % 7}",
        id=f"o--{number:03d}",
        version=number,
        date_maj=TODAY - timedelta(days=number % 9),
        kind=dice.choice(CHOICES["kind"]),
        source=dice.choice(["a", "b"]),
        thematiques=some(THEMES, 3),
        publics=some(PUBLICS, 2),
        modes_accueil=some(MODES, 2),
        zone_eligibilite=some(ZONES, 2),
        frais=dice.choice([None, "gratuit", "payant"]),
        type=dice.choice([None, "atelier", "aide"]),
        rome=some(CHOICES["rome"], 2),
        at=points,
        occurrences=slots,
    )


def _somewhere(dice: Random) -> Point:
    # On a coarse grid, so that equal distances are common, on both sides of the antimeridian too.
    latitude, longitude = dice.choice([(44.5, 4.5), (44.5, 4.5), (-16.5, 179.75), (-16.5, -179.75)])
    return Point(latitude + dice.randint(-3, 3) / 4, max(-180, min(180, longitude + dice.randint(-2, 2) / 8)))


DOCUMENTS = [_document(number, Random(number)) for number in range(300)]


@pytest.fixture(params=ENGINES, scope="module")
def filled(
    request: pytest.FixtureRequest, openers: Openers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    """An engine that holds the documents, some of them written twice and some deleted meanwhile."""
    opener, forget = openers.open(request.param, tmp_path_factory.mktemp("oracle"))
    engine = opener()
    engine.put(option("Ancienne", id=one.id, version=0, at=Point(44.5, 4.5)) for one in DOCUMENTS[::3])
    engine.delete({one.id: 0 for one in DOCUMENTS[::6]} | {"partie": 4})
    engine.put(DOCUMENTS)
    engine.refresh()
    yield engine
    engine.close()
    forget()


def _any_of(field: Field) -> st.SearchStrategy[AnyOf]:
    values = st.lists(st.sampled_from(CHOICES[field]), max_size=3).map(tuple)
    return st.builds(AnyOf, st.just(field), values, st.booleans())


def _none_of(field: Field) -> st.SearchStrategy[NoneOf]:
    values = st.lists(st.sampled_from(CHOICES[field]), max_size=2).map(tuple)
    return st.builds(NoneOf, st.just(field), values)


def _one_of(field: Field) -> st.SearchStrategy[AnyOf]:
    return st.builds(AnyOf, st.just(field), st.tuples(st.sampled_from(CHOICES[field])))


WISHED: list[Field] = ["thematiques", "publics", "rome"]
FIELDS = st.sampled_from(sorted(CHOICES))
FILTERS = st.one_of(
    FIELDS.flatmap(_any_of),
    FIELDS.flatmap(_none_of),
    st.builds(AvailableFrom, st.integers(-6, 11).map(lambda days: TODAY + timedelta(days=days))),
)
WISHES = st.builds(
    Wish,
    st.sampled_from(WISHED).flatmap(_one_of),
    st.floats(0.1, 3),
)
AROUND = st.builds(
    Near,
    point=st.sampled_from([Point(44.5, 4.5), Point(45, 4.75), Point(-16.5, 180), Point(-16.25, -180)]),
    radius_km=st.sampled_from([0.5, 20.0, 55.6, 90.0, 20_100.0]),
    remote=st.booleans(),
    scale_km=st.sampled_from([5.0, 15.0]),
)
FACETS = st.builds(
    Facet,
    st.sampled_from(sorted(set(CHOICES) - {"id"})),
    st.sampled_from([(), ("tous-publics",), ("a-distance",)]),
    st.booleans(),
)
QUERIES = st.builds(
    Query,
    today=st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days)),
    wants=st.lists(WISHES, max_size=2).map(tuple),
    where=st.lists(FILTERS, max_size=3).map(tuple),
    near=st.none() | AROUND,
    zones=st.frozensets(st.sampled_from(ZONES), max_size=2),
    sort=st.sampled_from(Sort),
    facets=st.lists(FACETS, max_size=3, unique_by=lambda facet: facet.field).map(tuple),
)


@settings(max_examples=300, deadline=None)
@given(query=QUERIES)
def test_any_question_is_answered_as_plain_python_would(filled: SearchEngine, query: Query) -> None:
    expected = oracle.search(DOCUMENTS, query)
    page = filled.search(query, limit=ALL)
    found = [
        (hit.document.id, None if hit.distance_km is None else round(hit.distance_km, 4)) for hit in page.hits
    ]
    wanted = [(one.document.id, None if one.km is None else round(one.km, 4)) for one in expected]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    if query.sort is not Sort.RELEVANCE:
        assert found == wanted
    assert filled.count([query]) == [page.total] == [len(expected)]
    assert page.facets == {asked.field: oracle.facet(DOCUMENTS, query, asked) for asked in query.facets}


@settings(max_examples=100, deadline=None)
@given(query=QUERIES)
def test_relevance_falls_along_the_list_and_ties_end_on_id(filled: SearchEngine, query: Query) -> None:
    hits = filled.search(query, limit=ALL).hits
    if query.sort is Sort.RELEVANCE:
        assert list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.document.id))
    assert filled.search(query, limit=5, offset=3).hits == hits[3:8]


@settings(max_examples=100, deadline=None)
@given(query=QUERIES, added=FILTERS)
def test_a_filter_never_adds(filled: SearchEngine, query: Query, added: AnyOf) -> None:
    narrower = Query(
        **{name: getattr(query, name) for name in Query.__slots__} | {"where": (*query.where, added)}
    )
    every, fewer = (filled.search(one, limit=ALL).hits for one in (query, narrower))
    assert {hit.document.id for hit in fewer} <= {hit.document.id for hit in every}


@settings(max_examples=100, deadline=None)
@given(near=AROUND, wider=st.floats(1, 3))
def test_a_wider_radius_never_loses(filled: SearchEngine, near: Near, wider: float) -> None:
    radii = (near.radius_km, min(20_100.0, near.radius_km * wider))
    circles = [Near(point=near.point, radius_km=radius, remote=near.remote) for radius in radii]
    few, more = (filled.search(Query(today=TODAY, near=circle), limit=ALL).hits for circle in circles)
    assert {hit.document.id for hit in few} <= {hit.document.id for hit in more}
