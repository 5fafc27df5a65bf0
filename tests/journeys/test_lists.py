"""Lists over the demo territory: counts, pages, sorts and filters that keep their word."""

from itertools import pairwise
from typing import Any, Final

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.reference.vocabulary import CATEGORIES, FEES, PUBLICS, SERVICE_TYPES, THEMES, WELCOME_MODES

Wish = dict[str, Any]

VALENCE: Final = {"code_insee": "26362"}
DIE: Final = {"code_insee": "26113", "radius_km": 15}
#: Facet → the parameter that a click on it sets.
CLICKS: Final = {"categories": "thematiques"}

#: Parameter → values a reader may ask.
FILTERS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "q": st.sampled_from(["permis", "garde d'enfants", "cours de français", "vélo", "zygomatique"]),
    "kind": st.lists(st.sampled_from(["service", "immersion", "training"]), min_size=1, max_size=2),
    "thematiques": st.lists(st.sampled_from((*CATEGORIES.codes, *THEMES.codes)), min_size=1, max_size=3),
    "publics": st.lists(st.sampled_from(PUBLICS.codes), min_size=1, max_size=2),
    "types": st.lists(st.sampled_from(SERVICE_TYPES.codes), min_size=1, max_size=2),
    "frais": st.lists(st.sampled_from(FEES.codes), min_size=1, max_size=2),
    "modes_accueil": st.lists(st.sampled_from(WELCOME_MODES.codes), min_size=1, max_size=1),
    "sources": st.lists(st.sampled_from(["demo-dora", "demo-drome", "demo-soliguide"]), max_size=1),
    "available_from": st.sampled_from(["2026-12-01", "2027-02-01", "2030-01-01"]),
}
PLACES: Final = st.sampled_from([{}, VALENCE, DIE, {"lat": 44.36, "lon": 5.14, "radius_km": 40}])
WISHES: Final = st.builds(
    lambda place, filters: {**place, **filters}, PLACES, st.fixed_dictionaries({}, optional=FILTERS)
)
QUICK: Final = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def search(client: FlaskClient, wish: Wish) -> Any:
    answer = client.get("/api/v1/search", query_string=wish)
    assert answer.status_code == 200, answer.text
    return answer.json


def total(client: FlaskClient, wish: Wish) -> int:
    count = search(client, {**wish, "facets": "false", "size": 1})["total"]
    assert isinstance(count, int)
    return count


def whole(client: FlaskClient, wish: Wish) -> list[str]:
    """Every id of a list, page after page."""
    ids: list[str] = []
    for page in range(1, 101):
        items = search(client, {**wish, "facets": "false", "size": 37, "page": page})["items"]
        ids += [one["id"] for one in items]
        if len(items) < 37:
            break
    return ids


@pytest.mark.parametrize(
    "wish",
    [
        {},
        VALENCE,
        DIE,
        {"q": "permis", **VALENCE},
        {"thematiques": ["mobilite"], **VALENCE},
        {"thematiques": ["numerique--maitriser-les-fondamentaux-du-numerique", "famille"]},
        {"publics": ["jeunes"], "frais": ["gratuit"], **VALENCE},
        {"kind": ["service"], "modes_accueil": ["a-distance"], **DIE},
        {"types": ["formation"], "available_from": "2026-12-01"},
    ],
    ids=str,
)
def test_a_facet_counts_what_a_click_then_shows(client: FlaskClient, wish: Wish) -> None:
    facets = search(client, wish)["facets"]
    assert facets
    for facet, counts in facets.items():
        parameter = CLICKS.get(facet, facet)
        shown = {value: total(client, {**wish, parameter: [value]}) for value in counts}
        assert counts == shown, facet


def test_a_value_that_is_not_counted_shows_nothing(client: FlaskClient) -> None:
    facets = search(client, DIE)["facets"]
    for parameter, vocabulary in (("thematiques", THEMES), ("types", SERVICE_TYPES), ("frais", FEES)):
        for code in set(vocabulary.codes) - facets[parameter].keys():
            assert total(client, {**DIE, parameter: [code]}) == 0, code


@pytest.mark.parametrize("sort", ["relevance", "distance", "freshness"])
@pytest.mark.parametrize("wish", [VALENCE, DIE, {"q": "permis", **VALENCE}], ids=str)
def test_pages_share_nothing_whatever_the_sort_and_make_one_set(
    client: FlaskClient, wish: Wish, sort: str
) -> None:
    ids = whole(client, {**wish, "sort": sort})
    assert len(ids) == len(set(ids)) == total(client, wish)
    assert set(ids) == set(whole(client, wish))
    assert ids == whole(client, {**wish, "sort": sort})


def test_distance_grows_along_a_list_sorted_by_it(client: FlaskClient) -> None:
    items = search(client, {**VALENCE, "sort": "distance", "size": 100, "facets": "false"})["items"]
    there = [one["distance_km"] for one in items if one["distance_km"] is not None]
    assert there == sorted(there)
    assert max(there) <= 30


def test_a_wider_radius_never_loses_an_option(client: FlaskClient) -> None:
    near = {"code_insee": "26113"}
    found = [set(whole(client, {**near, "radius_km": radius})) for radius in (2, 10, 30, 100)]
    assert all(smaller <= larger for smaller, larger in pairwise(found))


@QUICK
@given(wish=WISHES, more=st.sampled_from(sorted(FILTERS)), data=st.data())
def test_a_filter_never_adds(client: FlaskClient, wish: Wish, more: str, data: st.DataObject) -> None:
    loose = {name: value for name, value in wish.items() if name != more}
    tight = {**loose, more: data.draw(FILTERS[more])}
    assert set(whole(client, tight)) <= set(whole(client, loose))


@QUICK
@given(wish=WISHES)
def test_totals_add_up_and_relaxations_are_exact(client: FlaskClient, wish: Wish) -> None:
    answer = search(client, wish)
    assert answer["total"] == answer["on_site"] + answer["remote"]
    assert len(answer["items"]) == min(answer["total"], answer["size"])
    if answer["total"]:
        assert answer["relaxations"] == {}
        return
    active = [name for name in FILTERS if wish.get(name)]
    exact = {name: total(client, {key: one for key, one in wish.items() if key != name}) for name in active}
    if wish.keys() & {"code_insee", "lat"}:
        anywhere = {"code_insee", "lat", "lon", "radius_km"}
        exact["radius_km"] = total(client, {key: one for key, one in wish.items() if key not in anywhere})
    assert answer["relaxations"] == {name: count for name, count in exact.items() if count}


def test_same_question_same_answer(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=permis&code_insee=26362")
    assert first.data == client.get("/api/v1/search?q=permis&code_insee=26362").data
