"""Where an option can be had, and for whom."""

import pytest
from geopy.distance import geodesic

from indexer.document import Point
from indexer.engine import SearchEngine
from indexer.query import AnyOf, Facet, Near, NoneOf, Sort, Text, Wish
from indexer.strengths import FAR
from tests.builders import CREST, DIE, HAZEBROUCK, LILLE, VALENCE, near, option, question
from tests.engines.asking import names, put

ON_SITE, REMOTE = ("en-presentiel",), ("a-distance",)
BOTH = ("a-distance", "en-presentiel")
SAINT_DENIS_REUNION = Point(-20.8789, 55.4481)
SAINT_PIERRE_REUNION = Point(-21.3393, 55.4781)
WALLIS = Point(-13.2825, -176.1736)
FIJI = Point(-16.5, 179.9)
TAVEUNI_EAST = Point(-16.5, -179.9)
AROUND_VALENCE = near(VALENCE)
AJACCIO = Point(41.9192, 8.7386)


def test_distances_are_right_to_the_kilometre(engine: SearchEngine) -> None:
    put(engine, option("Hazebrouck", at=HAZEBROUCK))
    [hit] = engine.search(question(near=near(LILLE, 50)), limit=1).hits
    said_by_geodesy = geodesic(
        (LILLE.latitude, LILLE.longitude), (HAZEBROUCK.latitude, HAZEBROUCK.longitude)
    ).km
    assert hit.distance_km == pytest.approx(said_by_geodesy, rel=0.006)
    assert hit.on_site


def test_on_site_beyond_the_radius_is_absent(engine: SearchEngine) -> None:
    put(
        engine, option("Die", at=DIE, modes_accueil=ON_SITE), option("Crest", at=CREST, modes_accueil=ON_SITE)
    )
    assert names(engine, question(near=near(VALENCE, 30))) == ["Crest"]
    assert names(engine, question(near=near(VALENCE, 60))) == ["Crest", "Die"]


def test_a_mixed_service_far_away_is_found_as_remote(engine: SearchEngine) -> None:
    put(engine, option("Mixte", at=LILLE, modes_accueil=BOTH))
    page = engine.search(question(near=near(VALENCE)), limit=1)
    assert (page.hits[0].distance_km, page.hits[0].on_site) == (None, False)
    assert (page.total, page.on_site, page.remote) == (1, 0, 1)


def test_a_mixed_service_within_reach_counts_as_on_site(engine: SearchEngine) -> None:
    put(engine, option("Mixte", at=CREST, modes_accueil=BOTH))
    page = engine.search(question(near=near(VALENCE)), limit=1)
    assert page.hits[0].on_site
    assert (page.on_site, page.remote) == (1, 0)


def test_remote_needs_no_coordinates_and_can_be_left_out(engine: SearchEngine) -> None:
    put(engine, option("En ligne", modes_accueil=REMOTE), option("Crest", at=CREST))
    assert set(names(engine, question(near=near(VALENCE)))) == {"En ligne", "Crest"}
    assert names(engine, question(near=near(VALENCE, remote=False))) == ["Crest"]


def test_what_nobody_knows_where_is_kept_without_distance(engine: SearchEngine) -> None:
    put(engine, option("Inconnu"), option("Sur place, on ne sait où", modes_accueil=ON_SITE))
    page = engine.search(question(near=near(VALENCE)), limit=5)
    assert [(hit.document.nom, hit.distance_km) for hit in page.hits] == [("Inconnu", None)]
    assert (page.total, page.on_site, page.remote) == (1, 0, 0)


@pytest.mark.parametrize("far", [CREST, DIE])
def test_remote_never_outranks_an_equal_one_on_site(engine: SearchEngine, far: Point) -> None:
    put(
        engine,
        option("Atelier", id="b", at=far),
        option("Atelier", id="a", modes_accueil=REMOTE),
        option("Atelier", id="0"),
    )
    page = engine.search(question(wants=[Wish(Text("atelier"))], near=near(VALENCE, 100)), limit=5)
    assert [hit.document.id for hit in page.hits] == ["b", "0", "a"]


def test_nearness_has_lost_half_of_what_it_can_at_its_scale(engine: SearchEngine) -> None:
    put(engine, option("Ici", at=VALENCE), option("Crest", at=CREST))
    there = engine.search(question(near=near(VALENCE, 50)), limit=2).hits[1].distance_km
    assert there is not None
    halved = Near(point=VALENCE, radius_km=50, scale_km=there)
    first, second = engine.search(question(near=halved), limit=2).hits
    assert second.score == pytest.approx(first.score * (1 + FAR) / 2, abs=1e-5)


def test_the_nearest_of_several_places_counts(engine: SearchEngine) -> None:
    put(engine, option("Permanences", at=(LILLE, DIE, CREST)))
    [hit] = engine.search(question(near=near(CREST, 5)), limit=1).hits
    assert hit.distance_km == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize(
    ("place", "other"),
    [
        (SAINT_DENIS_REUNION, SAINT_PIERRE_REUNION),
        (FIJI, TAVEUNI_EAST),
        (TAVEUNI_EAST, FIJI),
        (WALLIS, Point(-13.3, -176.2)),
        (Point(51.4779, -0.0015), Point(51.4779, 0.0015)),
        (Point(89.9, 0), Point(89.9, 180)),
        (AJACCIO, Point(41.9, 8.7)),
    ],
)
def test_any_place_on_earth_works(engine: SearchEngine, place: Point, other: Point) -> None:
    put(engine, option("Là", at=other), option("Loin", at=Point(-other.latitude, other.longitude / 2)))
    assert names(engine, question(near=near(place, 60))) == ["Là"]


def test_the_widest_radius_holds_the_whole_earth(engine: SearchEngine) -> None:
    put(engine, option("Antipodes", at=Point(-44.9334, -175.1076)))
    assert names(engine, question(near=near(VALENCE, 20_100))) == ["Antipodes"]


def test_a_zone_admits_its_own_and_no_zone_admits_everyone(engine: SearchEngine) -> None:
    put(
        engine,
        option("Commune", id="a", zone_eligibilite=["26362"]),
        option("Intercommunalité", id="b", zone_eligibilite=["200068781"]),
        option("Département", id="c", zone_eligibilite=["07", "26"]),
        option("France", id="d", zone_eligibilite=["france"]),
        option("Sans limite", id="e"),
        option("Loire-Atlantique", id="f", zone_eligibilite=["44"]),
    )
    valence = frozenset({"26362", "200068781", "26", "france"})
    assert names(engine, question(zones=valence)) == [
        "Commune",
        "Intercommunalité",
        "Département",
        "France",
        "Sans limite",
    ]
    assert len(names(engine, question())) == 6


def test_zone_and_radius_are_independent(engine: SearchEngine) -> None:
    put(
        engine,
        option("Ici pour d’autres", at=VALENCE, zone_eligibilite=["38"]),
        option("Loin pour nous", at=LILLE, zone_eligibilite=["26"]),
        option("Ici pour nous", at=VALENCE, zone_eligibilite=["26"]),
    )
    assert names(engine, question(near=near(VALENCE), zones=frozenset({"26"}))) == ["Ici pour nous"]


def test_a_mode_filter_means_what_can_be_had_there(engine: SearchEngine) -> None:
    put(
        engine,
        option("Mixte ici", id="a", at=CREST, modes_accueil=BOTH),
        option("Mixte loin", id="b", at=LILLE, modes_accueil=BOTH),
        option("Non dit, ici", id="c", at=CREST),
        option("Non dit", id="d"),
    )

    def kept(*filters: AnyOf | NoneOf, around: Near | None = AROUND_VALENCE) -> list[str]:
        return sorted(names(engine, question(near=around, where=list(filters))))

    assert kept(AnyOf("modes_accueil", ON_SITE)) == ["Mixte ici", "Non dit, ici"]
    assert kept(AnyOf("modes_accueil", REMOTE)) == ["Mixte ici", "Mixte loin"]
    assert kept(NoneOf("modes_accueil", ON_SITE)) == ["Mixte loin", "Non dit"]
    assert kept(AnyOf("modes_accueil", REMOTE, or_missing=True)) == ["Mixte ici", "Mixte loin", "Non dit"]
    assert kept(AnyOf("modes_accueil", REMOTE), around=near(VALENCE, remote=False)) == []
    assert kept(AnyOf("modes_accueil", ON_SITE), around=None) == ["Mixte ici", "Mixte loin", "Non dit, ici"]
    page = engine.search(question(near=near(VALENCE), facets=[Facet("modes_accueil")]), limit=0)
    assert page.facets["modes_accueil"] == {"en-presentiel": 2, "a-distance": 2}


def test_by_distance_what_has_none_comes_last(engine: SearchEngine) -> None:
    put(
        engine,
        option("En ligne", id="0", modes_accueil=REMOTE),
        option("Die", id="1", at=DIE),
        option("Crest", id="2", at=CREST),
    )
    assert names(engine, question(near=near(VALENCE, 100), sort=Sort.DISTANCE)) == [
        "Crest",
        "Die",
        "En ligne",
    ]
