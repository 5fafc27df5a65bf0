"""What a cluster keeps of us: names, aliases, stamps, and no index that nobody asked for."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from indexer.engine import EngineError, EngineUnavailable, IndexOutdated
from indexer.opensearch.address import parse_address
from indexer.opensearch.engine import OpenSearchEngine
from indexer.query import Text, Wish
from tests.builders import option, question
from tests.engines.asking import names, put, said
from tests.engines.openers import ENGINES, Openers
from tests.engines.opensearch.nodes import Node

PREFIX = "alone"


@pytest.fixture(params=[engine for engine in ENGINES if engine.values != ("embedded",)])
def node(request: pytest.FixtureRequest, openers: Openers) -> Iterator[Node]:
    one = openers.node(request.param)
    yield one
    one.forget(PREFIX)


@pytest.fixture
def engine(node: Node) -> Iterator[OpenSearchEngine]:
    one = OpenSearchEngine(parse_address(f"{node.url}/{PREFIX}?timeout=20"))
    yield one
    one.close()


def _tell(node: Node, path: str) -> Any:
    return orjson.loads(node.ask("GET", path))


def _indexes(node: Node) -> list[str]:
    return sorted(one["index"] for one in _tell(node, f"/_cat/indices/{PREFIX}-*?format=json"))


def test_reading_makes_no_index(node: Node, engine: OpenSearchEngine) -> None:
    assert engine.count([question()]) == [0]
    engine.refresh()
    assert _indexes(node) == []


def test_rebuilds_keep_the_one_before_and_no_more(node: Node, engine: OpenSearchEngine) -> None:
    put(engine, option("Un", id="a"))
    for _ in range(3):
        with engine.fresh_index() as fresh:
            fresh.put([option("Un", id="a")])
    assert len(_indexes(node)) == 2
    [serving] = _tell(node, f"/_alias/{PREFIX}")
    assert set(_tell(node, f"/{serving}/_alias")[serving]["aliases"]) == {PREFIX}
    kept = _tell(node, f"/{serving}/_settings")[serving]["settings"]["index"]
    assert (kept["refresh_interval"], kept["auto_expand_replicas"]) == ("1s", "0-1")


def test_a_rebuild_that_died_is_swept_by_the_next(node: Node, engine: OpenSearchEngine) -> None:
    put(engine, option("Un", id="a"))
    dead = f"{PREFIX}-v1-20200101000000-abcdef"
    for name in (dead, f"{PREFIX}-v2-not-ours"):
        node.ask("PUT", f"/{name}")
    with engine.fresh_index() as fresh:
        fresh.put([option("Un", id="a")])
    assert dead not in _indexes(node)
    assert f"{PREFIX}-v2-not-ours" in _indexes(node)


def test_what_reaches_the_old_index_after_the_swap_is_carried_over(
    node: Node, engine: OpenSearchEngine
) -> None:
    put(engine, option("Un", id="a"))
    with engine.fresh_index() as fresh:
        fresh.put([option("Un", id="a")])
        engine.put([option(f"Tard {number}", id=f"t{number:04d}") for number in range(1_200)])
        engine.delete({"a": 1})
    engine.refresh()
    assert engine.count([question()]) == [1_200]
    assert engine.get(["a"]) == {}


def test_an_index_of_another_format_is_said_so_until_it_is_rebuilt(
    node: Node, engine: OpenSearchEngine
) -> None:
    made = {"mappings": {"_meta": {"document": 0}}, "aliases": {PREFIX: {}}}
    node.ask("PUT", f"/{PREFIX}-v0-20200101000000-abcdef", orjson.dumps(made))
    for ask in (
        lambda: engine.count([question()]), lambda: engine.get(["a"]), lambda: engine.put([option()]),
        lambda: engine.suggest("a", limit=1), engine.versions, engine.status,
    ):  # fmt: skip
        with pytest.raises(IndexOutdated):
            ask()
    with engine.fresh_index() as fresh:
        fresh.put([option("Neuf")])
    assert names(engine, question()) == ["Neuf"]


def test_a_write_never_makes_an_index_of_guessed_fields(node: Node, engine: OpenSearchEngine) -> None:
    put(engine, option("Un"))
    for name in _indexes(node):
        node.ask("DELETE", f"/{name}")
    put(engine, option("Deux"))
    [serving] = _tell(node, f"/_alias/{PREFIX}")
    assert _tell(node, f"/{serving}/_mapping")[serving]["mappings"]["dynamic"] == "strict"


def test_an_index_that_took_our_name_is_not_written(node: Node, engine: OpenSearchEngine) -> None:
    node.ask("PUT", f"/{PREFIX}")
    try:
        with pytest.raises(EngineError):
            engine.put([option()])
        assert _tell(node, f"/{PREFIX}/_count")["count"] == 0
    finally:
        node.ask("DELETE", f"/{PREFIX}")


def test_versions_outlive_the_view_they_are_read_from(
    node: Node, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.opensearch.walk._STEP", 10)
    put(engine, *(option(id=f"{number:02d}", version=number) for number in range(35)))
    walked = engine.versions()
    read = [next(walked) for _ in range(12)]
    node.ask("DELETE", "/_search/point_in_time/_all")
    read += list(walked)
    assert read == [(f"{number:02d}", number) for number in range(35)]
    assert not _tell(node, "/_search/point_in_time/_all").get("pits")


def test_a_sheet_of_a_hundred_kilobytes_and_words_without_end_are_kept(engine: OpenSearchEngine) -> None:
    huge = option("n" * 40_000, description="x" * 100_000 + " fin", sheet={"texte": "é" * 100_000})
    put(engine, huge)
    assert said(engine, "fin") == [huge.nom]
    assert engine.get([huge.id])[huge.id].sheet == huge.sheet


def test_an_id_that_the_engine_cannot_hold_blames_its_document(engine: OpenSearchEngine) -> None:
    long = "é" * 300
    with pytest.raises(EngineError) as told:
        engine.put([option(id=long)])
    assert not isinstance(told.value, EngineUnavailable)
    engine.delete({long: 1})
    assert engine.get([long]) == {}


def test_typos_are_mended_in_each_of_several_questions_at_once(engine: OpenSearchEngine) -> None:
    put(engine, option("Vestiaire solidaire"), option("Épicerie"), option("Ordinateur"))
    asked = [
        question(wants=[Wish(Text(words))]) for words in ("vestiare", "épicerie", "ordinatuers vestiaire")
    ]
    assert engine.count(asked) == [1, 1, 0]
    either = question(wants=[Wish(Text("vestiare")), Wish(Text("ordinatuers"))])
    assert engine.count([either]) == [2]
