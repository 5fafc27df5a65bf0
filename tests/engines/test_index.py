"""What is written is found, late writers lose, and a rebuild is not seen."""

import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from indexer.document import DOCUMENT_VERSION, Occurrence, Point
from indexer.engine import (
    EngineBusy,
    EngineError,
    EngineUnavailable,
    IndexOutdated,
    RebuildRefused,
    SearchEngine,
)
from indexer.query import Facet, Text, Wish
from tests.builders import TODAY, VALENCE, ids, near, option, question, slot
from tests.engines.asking import names, put, said, stored

Opener = Callable[[], SearchEngine]


def test_a_document_comes_back_as_it_was_put(engine: SearchEngine) -> None:
    whole = option(
        "Épicerie « Le Pont »",
        id="é--1",
        kind="training",
        version=7,
        description="Ligne\nautre\0 ligne",
        structure_id="s",
        structure_nom="S",
        thematiques=["b", "a"],
        publics=["x"],
        type="atelier",
        frais="gratuit",
        modes_accueil=["a-distance", "en-presentiel"],
        mobilisable_par=["usagers"],
        zone_eligibilite=["26"],
        commune="Die",
        code_insee="26113",
        at=(VALENCE, Point(-20.9, 55.4)),
        rome=["K1302"],
        occupations=["Aide"],
        completeness=0.5,
        sheet={"nom": "x", "n": [1, None, {"é": True}]},
        occurrences=[
            Occurrence(
                id="o",
                starts=TODAY,
                ends=TODAY,
                ask_by=TODAY,
                places_left=2,
                times=("jour",),
                hours_per_week=12.5,
                remote=True,
            )
        ],
    )
    put(engine, whole)
    found = engine.get(["é--1", "nulle part"])
    assert found == {"é--1": whole}
    assert found["é--1"].sheet == whole.sheet


def test_a_change_replaces_and_leaves_nothing_of_the_old(engine: SearchEngine) -> None:
    put(engine, option("Vestiaire", id="a", at=VALENCE, publics=["jeunes"], occurrences=[slot(TODAY)]))
    put(engine, option("Épicerie", id="a", version=2))
    assert said(engine, "vestiaire") == []
    assert said(engine, "épicerie") == ["Épicerie"]
    page = engine.search(question(near=near(VALENCE), facets=[Facet("publics")]), limit=5)
    assert (page.total, page.on_site, page.facets["publics"]) == (1, 0, {})
    assert engine.suggest("vest", limit=5) == []
    assert list(engine.versions()) == [("a", 2)]
    assert engine.status().documents == 1
    assert engine.status().document_version == DOCUMENT_VERSION


def test_a_deletion_hides_from_everything(engine: SearchEngine) -> None:
    put(engine, option("Vestiaire", id="a"), option("Épicerie", id="b"))
    engine.delete({"a": 1, "jamais vue": 3})
    engine.refresh()
    assert names(engine, question()) == ["Épicerie"]
    assert said(engine, "vestiaire") == []
    assert engine.suggest("v", limit=5) == []
    assert engine.get(["a"]) == {}
    assert engine.count([question()]) == [1]
    assert list(engine.versions()) == [("b", 1)]
    assert engine.status().documents == 1


def test_a_late_writer_loses_whatever_the_order(engine: SearchEngine) -> None:
    for number, order in enumerate(permutations([("put", 1), ("put", 2), ("delete", 3), ("put", 4)])):
        option_id = f"o{number}"
        for verb, version in order:
            if verb == "put":
                engine.put([option("Service", id=option_id, version=version)])
            else:
                engine.delete({option_id: version})
        engine.refresh()
        assert stored(engine, [option_id]) == {option_id: 4}


def test_an_old_write_never_brings_back_what_was_deleted(engine: SearchEngine) -> None:
    engine.delete({"a": 3})
    put(engine, option(id="a", version=2))
    assert stored(engine, ["a"]) == {}
    put(engine, option(id="a", version=3))
    assert stored(engine, ["a"]) == {"a": 3}
    engine.delete({"a": 2})
    engine.refresh()
    assert stored(engine, ["a"]) == {"a": 3}


def test_in_one_batch_the_highest_version_stays_and_of_equals_the_last(engine: SearchEngine) -> None:
    put(engine, option("v3", id="a", version=3), option("v1", id="a"), option("v3 bis", id="a", version=3))
    assert names(engine, question()) == ["v3 bis"]


def test_writing_the_same_again_changes_nothing(engine: SearchEngine) -> None:
    documents = [option(f"Service {number}") for number in range(20)]
    put(engine, *documents)
    put(engine, *documents)
    assert engine.count([question()]) == [20]
    assert [option_id for option_id, _ in engine.versions()] == ids(documents)


def test_versions_come_by_id(engine: SearchEngine) -> None:
    put(engine, option(id="b", version=5), option(id="a", version=3), option(id="Z"))
    put(engine, option(id="aa", version=9), option(id="a", version=4))
    assert list(engine.versions()) == [("Z", 1), ("a", 4), ("aa", 9), ("b", 5)]


def test_many_small_changes_amount_to_the_last_of_each(engine: SearchEngine) -> None:
    for version in range(1, 6):
        engine.put(
            option(f"v{version}", id=f"{number:02d}", version=version) for number in range(version, 30)
        )
    engine.refresh()
    expected = [(f"{number:02d}", min(5, number)) for number in range(1, 30)]
    assert list(engine.versions()) == expected
    assert engine.count([question()]) == [29]


def test_another_process_reads_what_was_written(engine: SearchEngine, another: Opener) -> None:
    reader = another()
    assert reader.count([question()]) == [0]
    put(engine, option("Épicerie"))
    reader.refresh()
    assert said(reader, "épicerie") == ["Épicerie"]
    engine.put([option("Vestiaire")])
    reader.refresh()
    assert reader.count([question()]) == [2]


def test_a_rebuild_comes_into_service_whole_and_forgets_tombstones(
    engine: SearchEngine, another: Opener
) -> None:
    reader = another()
    put(engine, option("Ancien", id="a", version=2), option("Gardé", id="b"))
    engine.delete({"z": 9})
    assert reader.count([question()]) == [2]
    with engine.fresh_index() as fresh:
        fresh.put([option("Gardé", id="b"), option("Nouveau", id="c"), option("Parti", id="d")])
        fresh.delete({"d": 1})
        engine.refresh()
        assert sorted(names(engine, question())) == ["Ancien", "Gardé"]
    for each in (engine, reader):
        each.refresh()
        assert names(each, question()) == ["Gardé", "Nouveau"]
    put(engine, option("Revenu", id="z"))
    assert names(engine, question()) == ["Gardé", "Nouveau", "Revenu"]


def test_what_is_written_during_a_rebuild_is_in_it(engine: SearchEngine, another: Opener) -> None:
    put(engine, option("a1", id="a"), option("b1", id="b"), option("c1", id="c"))
    builder = another()
    with builder.fresh_index() as fresh:
        fresh.put([option("a1", id="a"), option("b1", id="b"), option("c1", id="c")])
        engine.put([option("a2", id="a", version=2), option("d1", id="d")])
        engine.delete({"b": 2})
    for each in (engine, builder):
        each.refresh()
        assert names(each, question()) == ["a2", "c1", "d1"]
    engine.put([option("b1", id="b")])
    engine.refresh()
    assert names(engine, question()) == ["a2", "c1", "d1"]


def test_a_rebuild_that_fails_leaves_the_old_index(engine: SearchEngine) -> None:
    put(engine, option("Ancien"))

    def fail() -> None:
        with engine.fresh_index() as fresh:
            fresh.put([option("Nouveau")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(engine, question()) == ["Ancien"]
    put(engine, option("Encore"))
    assert names(engine, question()) == ["Ancien", "Encore"]


def test_a_rebuild_suspiciously_small_is_refused_unless_forced(engine: SearchEngine) -> None:
    put(engine, *(option(f"Service {number}") for number in range(5)))

    def rebuild(*, force: bool) -> None:
        with engine.fresh_index(force=force) as fresh:
            fresh.put([option("Un"), option("Deux")])

    with pytest.raises(RebuildRefused):
        rebuild(force=False)
    assert engine.count([question()]) == [5]
    rebuild(force=True)
    assert engine.count([question()]) == [2]


def test_searches_see_the_whole_index_while_it_is_rebuilt_and_written(
    engine: SearchEngine, another: Opener
) -> None:
    documents = [option("Atelier", id=f"{number:03d}") for number in range(60)]
    put(engine, *documents)
    reader, stop, wrong = another(), threading.Event(), list[object]()

    def search() -> None:
        while not stop.is_set():
            page = reader.search(question(wants=[Wish(Text("atelier"))]), limit=100)
            seen = [hit.document.id for hit in page.hits]
            if page.total != 60 or seen != ids(documents):
                wrong.append(seen)

    readers = [threading.Thread(target=search) for _ in range(3)]
    for thread in readers:
        thread.start()
    for version in range(2, 6):
        engine.put([replace(document, version=version) for document in documents])
        with another().fresh_index() as fresh:
            fresh.put([replace(document, version=version) for document in documents])
    stop.set()
    for thread in readers:
        thread.join()
    assert wrong == []


def test_a_document_that_cannot_be_stored_is_to_blame_and_not_the_engine(engine: SearchEngine) -> None:
    poison = option("\ud800", id="bad")
    with pytest.raises(EngineError) as told:
        engine.put([option("Bon", id="a"), poison])
    assert not isinstance(told.value, EngineUnavailable | EngineBusy | IndexOutdated)
    put(engine, option("Bon", id="b"))
    assert engine.get(["bad"]) == {}
    with engine.fresh_index() as fresh:
        with pytest.raises(EngineError):
            fresh.put([poison])
        fresh.put([option("Bon", id="c")])
    assert list(engine.versions()) == [("c", 1)]
