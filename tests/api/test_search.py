"""`GET /api/v1/search`: what each parameter does, and what is refused."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from directory.api.schemas import SearchArguments
from tests.api.asking import ask, faults, ids, stable

VALENCE = "26362"
ALL = {"dora--1", "dora--2", "dora--3", "soliguide--4", "dora--i1", "dora--t1"}


def test_a_search_for_nothing_shows_everything(client: FlaskClient) -> None:
    answer = ask(client, "/search")
    assert set(ids(answer)) == ALL
    assert answer["total"] == len(ALL)
    assert (answer["page"], answer["size"], answer["relaxations"]) == (1, 20, {})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "transport"}, {"soliguide--4"}),
        ({"kind": "immersion"}, {"dora--i1"}),
        ({"kind": ["immersion", "training"]}, {"dora--i1", "dora--t1"}),
        ({"thematiques": "mobilite--preparer-un-permis"}, {"dora--1"}),
        ({"thematiques": "mobilite"}, {"dora--1", "soliguide--4"}),
        ({"types": "atelier", "frais": "payant"}, {"dora--2"}),
        ({"frais": "payant"}, {"dora--2"}),
        ({"modes_accueil": "a-distance"}, {"dora--2"}),
        ({"sources": "soliguide"}, {"soliguide--4"}),
        ({"rome": "D1102"}, {"dora--i1"}),
        ({"kind": "immersion", "available_from": "2026-12-07"}, {"dora--i1"}),
        ({"kind": "immersion", "available_from": "2026-12-08"}, set()),
        ({"code_insee": VALENCE, "radius_km": 5}, {"dora--1", "dora--2", "dora--3"}),
        ({"lat": 44.7531, "lon": 5.3703, "radius_km": 5}, {"dora--2", "soliguide--4", "dora--i1"}),
    ],
    ids=stable,
)
def test_each_parameter_keeps_what_it_names(
    client: FlaskClient, query: dict[str, Any], found: set[str]
) -> None:
    assert set(ids(ask(client, "/search", **query))) == found


def test_open_to_all_and_unspecified_match_whatever_public_is_asked(client: FlaskClient) -> None:
    found = set(ids(ask(client, "/search", publics="femmes", kind="service")))
    assert found == {"dora--2", "dora--3", "soliguide--4"}


def test_every_documented_parameter_is_read(client: FlaskClient) -> None:
    values: dict[str, Any] = {
        "lat": 44.9,
        "lon": 4.9,
        "radius_km": 9,
        "code_insee": VALENCE,
        "q": "code",
        "page": 1,
        "size": 3,
    }
    values |= {"sort": "distance", "facets": "kind", "available_from": "2026-12-01", "sources": "dora"}
    values |= {"kind": "service", "thematiques": "numerique", "publics": "jeunes", "types": "atelier"}
    values |= {"frais": "gratuit", "modes_accueil": "a-distance", "rome": "K1302"}
    assert values.keys() == SearchArguments().fields.keys()
    assert ask(client, "/search", **values)["size"] == 3


def test_a_remote_service_has_no_distance_and_is_counted_apart(client: FlaskClient) -> None:
    answer = ask(client, "/search", code_insee=VALENCE)
    remote = next(one for one in answer["items"] if one["id"] == "dora--2")
    assert remote["distance_km"] is None
    assert not remote["on_site"]
    assert (answer["on_site"], answer["remote"]) == (answer["total"] - 1, 1)


@pytest.mark.parametrize("sort", ["relevance", "distance", "freshness"])
def test_any_sort_shows_the_same_set(client: FlaskClient, sort: str) -> None:
    there: dict[str, Any] = {"code_insee": VALENCE, "radius_km": 100}
    assert set(ids(ask(client, "/search", sort=sort, **there))) == ALL


def test_pages_share_nothing_and_their_union_is_the_whole(client: FlaskClient) -> None:
    pages = [ids(ask(client, "/search", page=page, size=2)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 2, 0]
    assert sorted(one for page in pages for one in page) == sorted(ALL)


def test_facets_are_all_some_or_none(client: FlaskClient) -> None:
    assert len(ask(client, "/search")["facets"]) == 8
    assert ask(client, "/search", facets="true")["facets"] == ask(client, "/search")["facets"]
    assert ask(client, "/search", facets="false")["facets"] == {}
    some = ask(client, "/search", facets=["kind", "frais"])["facets"]
    assert some == {
        "kind": {"service": 4, "immersion": 1, "training": 1},
        "frais": {"gratuit": 3, "payant": 1},
    }


def test_an_empty_list_says_what_each_filter_withholds(client: FlaskClient) -> None:
    answer = ask(client, "/search", q="transport", frais="payant")
    assert answer["total"] == 0
    assert answer["relaxations"] == {"q": 1, "frais": 1}


def test_an_empty_list_says_what_is_found_with_one_thing_less(client: FlaskClient) -> None:
    answer = ask(client, "/search", q="transport montgolfière")
    assert answer["total"] == 0
    assert answer["fewer_words"] == {"transport": ask(client, "/search", q="transport")["total"]}


def test_the_name_of_the_commune_may_be_typed_with_the_words(client: FlaskClient) -> None:
    there = {"code_insee": VALENCE, "radius_km": 60}
    assert ids(ask(client, "/search", q="transport à Valence", **there)) == ids(
        ask(client, "/search", q="transport", **there)
    )


def test_an_unknown_parameter_is_refused_not_ignored(client: FlaskClient) -> None:
    assert faults(client, "/search", thematique="mobilite") == {"thematique": "Ce paramètre n'existe pas."}


def test_a_parameter_that_takes_one_value_is_not_repeated(client: FlaskClient) -> None:
    assert faults(client, "/search", q=["a", "b"]) == {"q": "Ce paramètre ne se répète pas."}


@pytest.mark.parametrize(("given", "missing"), [("lat", "lon"), ("lon", "lat")])
def test_a_latitude_goes_with_a_longitude(client: FlaskClient, given: str, missing: str) -> None:
    assert set(faults(client, "/search", **{given: 4.5})) == {missing}


@pytest.mark.parametrize(
    ("query", "field", "near"),
    [
        ({"thematiques": "mobilit"}, "thematiques", "mobilite"),
        ({"publics": "jeune"}, "publics", "jeunes"),
        ({"types": "ateliers"}, "types", "atelier"),
        ({"frais": "gratuits"}, "frais", "gratuit"),
        ({"modes_accueil": "distance"}, "modes_accueil", "a-distance"),
        ({"kind": "services"}, "kind", "service"),
        ({"facets": "theme"}, "facets", "thematiques"),
        ({"sources": "soliguid"}, "sources", "soliguide"),
        ({"code_insee": "Valance"}, "code_insee", "Valence (26362)"),
        ({"code_insee": "2636"}, "code_insee", "26036"),
    ],
    ids=stable,
)
def test_an_unknown_value_is_refused_with_the_nearest(
    client: FlaskClient, query: dict[str, str], field: str, near: str
) -> None:
    assert near in faults(client, "/search", **query)[field]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"rome": "boulanger"}, "rome"),
        ({"page": 0}, "page"),
        ({"page": "deux"}, "page"),
        ({"page": 501}, "page"),
        ({"size": 0}, "size"),
        ({"size": 101}, "size"),
        ({"radius_km": 5}, "code_insee"),
        ({"sort": "distance"}, "code_insee"),
        ({"sort": "best"}, "sort"),
        ({"code_insee": VALENCE, "radius_km": 0}, "radius_km"),
        ({"code_insee": VALENCE, "radius_km": 1001}, "radius_km"),
        ({"lat": "nan", "lon": 4}, "lat"),
        ({"lat": 91, "lon": 4}, "lat"),
        ({"lat": 4, "lon": "inf"}, "lon"),
        ({"available_from": "demain"}, "available_from"),
        ({"q": "x" * 1001}, "q"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_makes_no_sense_is_refused_by_name(
    client: FlaskClient, query: dict[str, Any], field: str
) -> None:
    assert field in faults(client, "/search", **query)


def test_several_faults_are_told_at_once(client: FlaskClient) -> None:
    told = faults(client, "/search", publics="x", size=0, lat=4, frais="cher")
    assert set(told) == {"publics", "size", "lon", "frais"}


@pytest.mark.parametrize(
    "typed",
    ["l'accès", "\x00", '"', "a & b", "mobilite:", "per*", "(code", "[", "le la les", "é" * 999, "💥"],
)
def test_whatever_is_typed_gives_a_page(client: FlaskClient, typed: str) -> None:
    assert ask(client, "/search", q=typed)["total"] >= 0
