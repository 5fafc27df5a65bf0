"""Lists, counts and filters that agree with one another."""

from datetime import date, timedelta

import pytest

from indexer.document import OptionDocument
from indexer.engine import SearchEngine, Window
from indexer.query import AnyOf, AvailableFrom, Facet, Field, NoneOf, Query, Sort, Text, Wish
from tests.builders import CREST, DIE, LILLE, TODAY, VALENCE, near, option, question, slot
from tests.engines.asking import ALL, ids_found, names, put

MENTAL, CARE = "sante--sante-mentale", "sante--acces-aux-soins"
FOOD = "equipement-et-alimentation--alimentation"
TOMORROW = TODAY + timedelta(days=1)


def _several() -> list[OptionDocument]:
    places = (VALENCE, CREST, DIE, LILLE)
    return [
        option(
            f"Atelier {number % 3}",
            id=f"s--{number:02d}",
            at=places[number % 4],
            date_maj=TODAY - timedelta(days=number % 5),
            thematiques=[(MENTAL, CARE, FOOD)[number % 3]],
        )
        for number in range(40)
    ]


@pytest.mark.parametrize("sort", list(Sort))
def test_any_sort_gives_the_same_set(engine: SearchEngine, sort: Sort) -> None:
    put(engine, *_several())
    asked = question(near=near(VALENCE, 100), sort=sort)
    assert sorted(ids_found(engine, asked)) == sorted(ids_found(engine, question(near=near(VALENCE, 100))))
    assert len(ids_found(engine, asked)) == 30


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_pages_share_nothing_and_make_the_whole(engine: SearchEngine, sort: Sort, size: int) -> None:
    put(engine, *_several())
    asked = question(near=near(VALENCE, 100), sort=sort)
    windows = [Window(query=asked, limit=size, offset=start) for start in range(0, 60, size)]
    pages = engine.search_many(windows)
    paged = [hit.document.id for page in pages for hit in page.hits]
    assert paged == ids_found(engine, asked)
    assert {page.total for page in pages} == {30}


def test_ties_end_on_id_whatever_the_order_of_arrival(engine: SearchEngine) -> None:
    put(engine, *(option("Atelier", id=one) for one in ("é", "b", "a-2", "a", "Z", "a-10")))
    in_order = ["Z", "a", "a-10", "a-2", "b", "é"]
    for sort in Sort:
        assert ids_found(engine, question(sort=sort)) == in_order
    put(engine, option("Atelier", id="a", version=2))
    assert ids_found(engine, question(wants=[Wish(Text("atelier"))])) == in_order


def test_the_freshest_first_and_in_relevance_only_between_equals(engine: SearchEngine) -> None:
    put(
        engine,
        option("Épicerie", id="a", date_maj=TODAY - timedelta(days=2000)),
        option("Épicerie", id="b", date_maj=TODAY),
        option("Boutique", id="c", thematiques=[FOOD], date_maj=TODAY),
    )
    by_date = ids_found(engine, question(sort=Sort.FRESHNESS))
    assert by_date == ["b", "c", "a"]
    assert ids_found(engine, question(wants=[Wish(Text("épicerie"))])) == ["b", "a", "c"]


def test_a_date_to_come_is_no_fresher_than_today(engine: SearchEngine) -> None:
    put(engine, option(id="b", date_maj=TODAY + timedelta(days=900)), option(id="a", date_maj=TODAY))
    assert ids_found(engine, question()) == ["a", "b"]


def test_wishes_add_up_and_one_is_enough(engine: SearchEngine) -> None:
    put(
        engine,
        option("Un", thematiques=[MENTAL]),
        option("Deux", thematiques=[CARE]),
        option("Les deux", thematiques=[CARE, MENTAL]),
        option("Aucun", thematiques=[FOOD]),
    )
    wants = [Wish(AnyOf("thematiques", (MENTAL,)), 0.5), Wish(AnyOf("thematiques", (CARE,)), 0.4)]
    page = engine.search(question(wants=wants), limit=5)
    assert [(hit.document.nom, hit.score) for hit in page.hits] == [
        ("Les deux", 0.9),
        ("Un", 0.5),
        ("Deux", 0.4),
    ]


def test_a_second_theme_counts_as_much_as_the_first(engine: SearchEngine) -> None:
    put(
        engine, option("Un", id="b", thematiques=[FOOD, MENTAL]), option("Deux", id="a", thematiques=[MENTAL])
    )
    page = engine.search(question(wants=[Wish(AnyOf("thematiques", (MENTAL,)))]), limit=5)
    assert [hit.score for hit in page.hits] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("field", "value", "given"),
    [
        ("id", "x", {"id": "x"}),
        ("kind", "training", {"kind": "training"}),
        ("source", "dora", {"source": "dora"}),
        ("structure_id", "dora--1", {"structure_id": "dora--1"}),
        ("thematiques", MENTAL, {"thematiques": [FOOD, MENTAL]}),
        ("categories", "sante", {"thematiques": [MENTAL, CARE]}),
        ("publics", "jeunes", {"publics": ["jeunes", "seniors"]}),
        ("type", "atelier", {"type": "atelier"}),
        ("frais", "gratuit", {"frais": "gratuit"}),
        ("modes_accueil", "a-distance", {"modes_accueil": ["a-distance"]}),
        ("mobilisable_par", "usagers", {"mobilisable_par": ["usagers"]}),
        ("rome", "K1302", {"rome": ["K1302", "G1602"]}),
        ("code_insee", "26362", {"code_insee": "26362"}),
    ],
)
def test_every_field_filters_excludes_and_counts(
    engine: SearchEngine, field: str, value: str, given: dict[str, object]
) -> None:
    put(engine, option("Oui", **given), option("Non"))
    name: Field = field  # type: ignore[assignment]
    assert names(engine, question(where=[AnyOf(name, (value, "jamais-vu"))])) == ["Oui"]
    assert names(engine, question(where=[NoneOf(name, (value, "jamais-vu"))])) == ["Non"]
    assert names(engine, question(where=[AnyOf(name, ("jamais-vu",))])) == []
    assert names(engine, question(where=[AnyOf(name, ())])) == []
    counts = engine.search(question(facets=[Facet(name)]), limit=0).facets[name]
    assert counts[value] == 1


def test_unknown_joins_when_asked(engine: SearchEngine) -> None:
    put(
        engine,
        option("Jeunes", publics=["jeunes"]),
        option("Non dit"),
        option("Seniors", publics=["seniors"]),
    )
    asked = AnyOf("publics", ("jeunes",), or_missing=True)
    assert sorted(names(engine, question(where=[asked]))) == ["Jeunes", "Non dit"]


def test_facets_leave_their_own_filter_out_and_equal_what_a_click_shows(engine: SearchEngine) -> None:
    put(
        engine,
        option("a", publics=["jeunes"], frais="gratuit"),
        option("b", publics=["seniors"], frais="gratuit"),
        option("c", publics=["tous-publics"], frais="payant"),
        option("d", frais="gratuit"),
        option("e", publics=["femmes", "jeunes"], frais="payant"),
    )
    facets = [Facet("publics", also=("tous-publics",), or_missing=True), Facet("frais")]
    chosen = AnyOf("publics", ("jeunes", "tous-publics"), or_missing=True)
    page = engine.search(question(where=[chosen], facets=facets), limit=0)
    assert page.total == 4
    assert page.facets["frais"] == {"gratuit": 2, "payant": 2}
    assert page.facets["publics"] == {"jeunes": 4, "seniors": 3, "femmes": 3, "tous-publics": 2}
    for value, count in page.facets["publics"].items():
        click = AnyOf("publics", (value, "tous-publics"), or_missing=True)
        assert engine.count([question(where=[click])]) == [count]


def test_list_and_count_agree(engine: SearchEngine) -> None:
    put(engine, *_several())
    queries = [
        question(near=near(VALENCE, radius), where=[NoneOf("thematiques", (FOOD,))])
        for radius in (1, 40, 900)
    ]
    totals = [engine.search(query, limit=0).total for query in queries]
    assert engine.count(queries) == totals == [len(ids_found(engine, query)) for query in queries]


def test_dated_options_stay_while_one_occurrence_is_open(engine: SearchEngine) -> None:
    put(
        engine,
        option("Sans date", id="0"),
        option("Demain", id="1", occurrences=[slot(TOMORROW)]),
        option("Hier", id="2", occurrences=[slot(TODAY - timedelta(days=1))]),
        option("Aujourd’hui", id="3", occurrences=[slot(TODAY)]),
        option("Complet", id="4", occurrences=[slot(TOMORROW, places_left=0)]),
        option("Clos", id="5", occurrences=[slot(TOMORROW, ask_by=TODAY - timedelta(days=1))]),
        option(
            "Plein puis libre",
            id="6",
            occurrences=[slot(TODAY, places_left=0), slot(TOMORROW, places_left=1)],
        ),
    )

    def open_from(day: date, today: date = TODAY) -> list[str]:
        return names(engine, Query(today=today, where=(AvailableFrom(day),)))

    assert open_from(TODAY) == ["Sans date", "Demain", "Aujourd’hui", "Plein puis libre"]
    assert open_from(TOMORROW) == ["Sans date", "Demain", "Plein puis libre"]
    assert open_from(TODAY, today=TOMORROW) == ["Sans date", "Demain", "Plein puis libre"]
    assert open_from(TOMORROW + timedelta(days=1)) == ["Sans date"]


def test_a_window_past_the_end_shows_nothing_but_tells_the_total(engine: SearchEngine) -> None:
    put(engine, option("a"), option("b"))
    page = engine.search(question(), limit=5, offset=2)
    assert (page.hits, page.total) == ((), 2)


def test_an_empty_index_answers_everything(engine: SearchEngine) -> None:
    asked = question(
        wants=[Wish(Text("emploi"))], near=near(VALENCE), facets=[Facet("frais")], zones=frozenset("1")
    )
    page = engine.search(asked, limit=5)
    assert (page.hits, page.total, page.facets) == ((), 0, {"frais": {}})
    assert engine.count([asked]) == [0]
    assert engine.get(["a"]) == {}
    assert engine.suggest("a", limit=3) == []
    assert list(engine.versions()) == []
    assert engine.status().documents == 0
    engine.delete({})
    engine.refresh()


def test_the_same_question_asked_twice_is_answered_the_same(engine: SearchEngine) -> None:
    put(engine, *_several())
    asked = question(wants=[Wish(Text("atelier"))], near=near(CREST, 80), facets=[Facet("thematiques")])
    assert engine.search(asked, limit=ALL) == engine.search(asked, limit=ALL)
