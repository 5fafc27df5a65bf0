"""Hits as columns, and wishes graded by the best value held: alike on every engine."""

from datetime import timedelta

import numpy as np
import pytest

from indexer.document import REMOTE, OptionDocument
from indexer.engine import SearchEngine, Window
from indexer.query import AnyOf, Graded, Query, Sort, Wish
from indexer.row import FIELDS, row_of
from indexer.table import Table
from tests.builders import CREST, DIE, LILLE, TODAY, VALENCE, near, option, question, slot
from tests.engines.asking import put

PERMIS, VEHICLE = "mobilite--preparer-un-permis", "mobilite--acceder-a-un-vehicule"
SURE = Graded("topics", ((f"{PERMIS}+named", 1.0), (f"{PERMIS}~named", 0.8), (f"{PERMIS}+silent", 0.5)))


def _corpus() -> list[OptionDocument]:
    days = [TODAY + timedelta(days=number) for number in (3, 40)]
    return [
        option("Auto-école", id="declared", at=CREST, thematiques=[PERMIS], publics=["femmes", "jeunes"]),
        option("Le Volant", id="silent", at=CREST, thematiques=[PERMIS], completeness=0.5),
        option("Auto-école", id="told", at=[DIE, VALENCE], zone_eligibilite=["26"]),
        option("Auto-école", id="far", at=LILLE, thematiques=[PERMIS]),
        option("Code de la route", id="remote", modes_accueil=[REMOTE], thematiques=[PERMIS]),
        option(
            "Moniteur", id="dated", kind="immersion", at=VALENCE, rome=["K2110"], thematiques=[PERMIS],
            occurrences=[slot(days[1], times=("soir", "jour")), slot(days[0], places_left=0), slot(days[0])],
        ),
        option("Vestiaire", id="other", at=CREST, frais="gratuit"),
    ]  # fmt: skip


def _lines(table: Table) -> dict[str, int]:
    return {option_id: line for line, option_id in enumerate(table.ids)}


def _asked(radius_km: float = 60) -> Query:
    return question(wants=[Wish(SURE)], near=near(VALENCE, radius_km))


def test_a_graded_wish_lets_in_what_holds_a_value_and_scores_its_best_one(engine: SearchEngine) -> None:
    put(engine, *_corpus())
    page = engine.search(question(wants=[Wish(SURE)]), limit=10)
    scores = {hit.document.id: hit.score for hit in page.hits}
    assert scores == {"declared": 1.0, "far": 1.0, "remote": 1.0, "told": 0.8, "silent": 0.5, "dated": 0.5}
    assert engine.count([question(wants=[Wish(SURE)])]) == [6]


def test_several_values_never_add_up(engine: SearchEngine) -> None:
    put(engine, option("Bus et auto-école", id="both", thematiques=[PERMIS, VEHICLE]))
    both = Graded("thematiques", ((PERMIS, 0.6), (VEHICLE, 0.4)))
    (hit,) = engine.search(question(wants=[Wish(both, 0.5)]), limit=10).hits
    assert hit.score == pytest.approx(0.3)


def test_a_graded_wish_for_values_that_nobody_holds_finds_nothing(engine: SearchEngine) -> None:
    put(engine, *_corpus())
    nobody = Graded("topics", (("sante--addictions+named", 1.0),))
    assert engine.search(question(wants=[Wish(nobody)]), limit=10).total == 0
    assert engine.search(question(wants=[Wish(Graded("topics", ()))]), limit=10).total == 0


def test_a_table_holds_the_hits_of_all_its_windows_once(engine: SearchEngine) -> None:
    put(engine, *_corpus())
    asked = [_asked(), question(near=near(VALENCE, 60)), question(near=near(VALENCE, 60), sort=Sort.DISTANCE)]
    windows = [Window(query=query, limit=limit) for query, limit in zip(asked, (3, 10, 2), strict=True)]
    pages = engine.search_many(windows)
    expected = {hit.document.id for page in pages for hit in page.hits}
    table = engine.table(windows)
    assert len(table.ids) == table.rows == len(expected)
    assert set(table.ids) == expected


def test_a_table_tells_what_the_rows_of_its_documents_tell(engine: SearchEngine) -> None:
    documents = {one.id: one for one in _corpus()}
    put(engine, *documents.values())
    table = engine.table([Window(query=question(near=near(VALENCE, 60)), limit=10)])
    for option_id, line in _lines(table).items():
        row = row_of(documents[option_id])
        for name, values in zip(FIELDS, row.values, strict=True):
            assert sorted(table.fields[name].of(line)) == sorted(values)
        assert (table.remote[line], table.dated[line]) == (row.remote, row.dated)
        assert table.updated[line] == row.updated
        assert table.completeness[line] == pytest.approx(row.completeness)
        held = table.slots.whose == line
        told = zip(
            table.slots.starts[held].tolist(), table.slots.ask_by[held].tolist(),
            table.slots.times[held].tolist(), strict=True,
        )  # fmt: skip
        assert sorted(told) == sorted(row.occurrences)


def test_a_table_measures_to_the_nearest_point_and_only_on_site(engine: SearchEngine) -> None:
    put(engine, *_corpus())
    hits = {hit.document.id: hit for hit in engine.search(_asked(), limit=10).hits}
    table = engine.table([Window(query=_asked(), limit=10)])
    for option_id, line in _lines(table).items():
        km = hits[option_id].distance_km
        assert bool(table.on_site[line]) is hits[option_id].on_site
        assert np.isnan(table.km[line]) if km is None else table.km[line] == pytest.approx(km, abs=1e-6)
    assert np.isnan(table.km[_lines(table)["remote"]])


def test_lines_taken_from_a_table_keep_what_is_theirs(engine: SearchEngine) -> None:
    put(engine, *_corpus())
    table = engine.table([Window(query=question(near=near(VALENCE, 60)), limit=10)])
    places = _lines(table)
    some = table.take(np.array([places["dated"], places["declared"]]))
    assert some.ids == ("dated", "declared")
    assert some.fields["publics"].of(0) == []
    assert sorted(some.fields["publics"].of(1)) == ["femmes", "jeunes"]
    assert some.slots.whose.tolist() == [0, 0]
    assert some.fields["frais"].missing().tolist() == [True, True]


def test_no_window_and_an_empty_index_give_an_empty_table(engine: SearchEngine) -> None:
    assert engine.table([]).rows == 0
    assert engine.table([Window(query=_asked(), limit=10)]).rows == 0


def test_a_field_held_by_line_answers_like_a_filter(engine: SearchEngine) -> None:
    put(engine, *_corpus())
    asked = question(near=near(VALENCE, 60))
    table = engine.table([Window(query=asked, limit=10)])
    wanted = AnyOf("publics", ("femmes", "seniors"), or_missing=True)
    kept = table.fields["publics"].any_of(wanted.values) | table.fields["publics"].missing()
    filtered = engine.search(question(near=near(VALENCE, 60), where=[wanted]), limit=10).hits
    assert {table.ids[line] for line in np.flatnonzero(kept)} == {hit.document.id for hit in filtered}
