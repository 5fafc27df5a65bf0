"""What the embedded engine leaves on disk, and what it makes of what it finds there."""

from pathlib import Path

import orjson
import pytest

from indexer.backends import InvalidSearchUrl, open_engine
from indexer.embedded import EmbeddedEngine
from indexer.engine import EngineBusy, EngineUnavailable, IndexOutdated
from indexer.query import Facet
from tests.builders import TODAY, VALENCE, near, option, question, slot
from tests.engines.asking import names, put


def _generations(root: Path) -> list[Path]:
    return sorted(root.glob("g-*"))


def test_reading_makes_no_folder(tmp_path: Path) -> None:
    root = tmp_path / "absent"
    engine = EmbeddedEngine(root)
    assert engine.count([question()]) == [0]
    assert not root.exists()


def test_an_index_of_another_format_asks_for_a_rebuild_and_takes_it(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    put(engine, *(option() for _ in range(9)))
    engine.close()
    stamp = _generations(tmp_path)[0] / "stamp.json"
    stamp.write_bytes(orjson.dumps(orjson.loads(stamp.read_bytes()) | {"document": 0}))
    engine = EmbeddedEngine(tmp_path)
    for attempt in (lambda: engine.count([question()]), lambda: engine.put([option()]), engine.status):
        with pytest.raises(IndexOutdated):
            attempt()
    with engine.fresh_index() as fresh:
        fresh.put([option("Nouveau")])
    assert names(engine, question()) == ["Nouveau"]
    put(engine, option("Suivant"))
    assert engine.count([question()]) == [2]
    engine.close()


def test_a_stamp_cut_short_asks_for_a_rebuild(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    put(engine, option())
    engine.close()
    (_generations(tmp_path)[0] / "stamp.json").write_bytes(b'{"tanti')
    with pytest.raises(IndexOutdated):
        EmbeddedEngine(tmp_path).count([question()])


def test_a_pointer_to_nothing_is_told_as_unavailable(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("g-gone", encoding="ascii")
    with pytest.raises(EngineUnavailable):
        EmbeddedEngine(tmp_path).count([question()])


def test_old_generations_go_one_is_kept_back(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    put(engine, option())
    (tmp_path / "g-left-by-a-killed-rebuild").mkdir()
    for expected in (2, 2, 2):
        with engine.fresh_index() as fresh:
            fresh.put([option()])
        assert len(_generations(tmp_path)) == expected
    assert not (tmp_path / "g-left-by-a-killed-rebuild").exists()
    engine.close()


def test_the_index_can_be_deleted_at_any_time(tmp_path: Path) -> None:
    root = tmp_path / "index"
    engine = EmbeddedEngine(root)
    put(engine, option("Avant"))
    engine.close()
    root.rename(tmp_path / "away")
    assert EmbeddedEngine(root).count([question()]) == [0]
    engine.refresh()
    assert engine.count([question()]) == [0]
    put(engine, option("Après"))
    assert names(engine, question()) == ["Après"]
    engine.close()


def test_addresses_of_engines(tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs"
    for url, folder in ((f"embedded:{elsewhere}", elsewhere), ("embedded:", tmp_path / "index")):
        engine = open_engine(url, data_dir=tmp_path)
        put(engine, option())
        engine.close()
        assert (folder / "current").exists()
    for wrong in ("opensearch+https://user:secret@host:9200", "elastic://host", ""):
        with pytest.raises(InvalidSearchUrl) as told:
            open_engine(wrong, data_dir=tmp_path)
        assert "secret" not in f"{told.value} {told.value.facts}"


def test_saved_columns_or_rows_give_the_same_index(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    first = [
        option(f"Atelier {n}", id=f"{n}", at=VALENCE, thematiques=["sante--addictions"]) for n in range(9)
    ]
    with engine.fresh_index() as fresh:
        fresh.put(first)
        fresh.delete({"gone": 5})
    put(engine, option("Changé", id="3", version=2), option("Nouveau", id="x", occurrences=[slot(TODAY)]))
    engine.delete({"5": 1})
    engine.close()
    asked = question(near=near(VALENCE), facets=[Facet("thematiques"), Facet("kind")])
    saved = EmbeddedEngine(tmp_path).search(asked, limit=20)
    assert saved.total == 9
    for damaged in (b"", b"PK not a zip", None):
        file = next(tmp_path.glob("g-*/columns.npz"), None)
        assert file is not None
        if damaged is None:
            file.unlink()
        else:
            file.write_bytes(damaged)
        reader = EmbeddedEngine(tmp_path)
        assert reader.search(asked, limit=20) == saved
        assert [label.label for label in reader.suggest("ate", limit=2)] == ["Atelier 0", "Atelier 1"]


def test_only_one_process_writes(tmp_path: Path) -> None:
    engine, other = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    engine.put([option("a")])
    with pytest.raises(EngineBusy):
        other.put([option("b")])
    with pytest.raises(EngineBusy):
        other.delete({"a": 1})
    engine.close()
    put(other, option("b"))
    assert sorted(names(other, question())) == ["a", "b"]
    other.close()
