"""Late, repeated, reordered events: whatever arrives when, an index ends as the fold of the log.

The fold: of each option, the event of the highest version; of two of one version, the last. Each example is a
hundred logs at once, each under an id of its own, so that an engine takes them in a few writes.
"""

from pathlib import Path
from typing import Final

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.backends import open_engine
from indexer.document import OptionDocument
from indexer.engine import SearchEngine
from tests.builders import option, question
from tests.engines.asking import put
from tests.engines.openers import ENGINES, Openers

LOGS: Final = 100

#: What happened to an option: at a version, it was shown or withdrawn.
Event = tuple[int, bool]


@st.composite
def arrivals(draw: st.DrawFn) -> list[list[Event]]:
    """Logs of rising versions, each event arriving once or twice, in any order."""
    dice = draw(st.randoms(use_true_random=False))
    logs = []
    for _ in range(LOGS):
        log = [(version, dice.random() < 0.6) for version in range(1, dice.randint(2, 7))]
        arriving = log + dice.sample(log, dice.randint(0, len(log)))
        dice.shuffle(arriving)
        logs.append(arriving)
    return logs


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(logs=arrivals())
def test_whatever_arrives_when_the_index_is_the_fold_of_the_log(
    engine: SearchEngine, logs: list[list[Event]]
) -> None:
    _forget(engine)
    for step in range(max(map(len, logs))):
        arriving = [(f"o{number:03}", log[step]) for number, log in enumerate(logs) if step < len(log)]
        engine.put([_document(id_, version) for id_, (version, shown) in arriving if shown])
        engine.delete({id_: version for id_, (version, shown) in arriving if not shown})
    engine.refresh()
    folded = {f"o{number:03}": max(log) for number, log in enumerate(logs)}
    expected = [(id_, version) for id_, (version, shown) in folded.items() if shown]
    assert list(engine.versions()) == expected
    assert engine.count([question()]) == [len(expected)]
    held = engine.get(folded)
    assert {id_: held[id_].nom for id_ in held} == {id_: f"v{version}" for id_, version in expected}


@pytest.mark.parametrize("version", [one for one in ENGINES if one.values != ("embedded",)])
def test_a_deletion_holds_long_after_opensearch_forgot_the_version_of_what_it_deleted(
    openers: Openers, tmp_path: Path, version: str
) -> None:
    node = openers.node(version)
    engine = open_engine(f"{node.url}/tombs?timeout=20", data_dir=tmp_path)
    put(engine, option("Un", id="a"), option("Deux", id="b"))
    [name] = orjson.loads(node.ask("GET", "/tombs/_alias"))
    node.ask("PUT", f"/{name}/_settings", b'{"index": {"gc_deletes": "1ms"}}')
    engine.delete({"a": 3})
    for path in ("_refresh", "_flush?force=true", "_forcemerge?max_num_segments=1", "_refresh"):
        node.ask("POST", f"/{name}/{path}")
    put(engine, option("Trop tard", id="a", version=2))
    assert engine.get(["a"]) == {}
    assert list(engine.versions()) == [("b", 1)]
    engine.close()
    node.forget("tombs")


def _document(option_id: str, version: int) -> OptionDocument:
    return option(f"v{version}", id=option_id, version=version)


def _forget(engine: SearchEngine) -> None:
    """An empty index, tombstones and all."""
    with engine.fresh_index(force=True) as fresh:
        fresh.put([option(id="nobody")])
        fresh.delete({"nobody": 1})
    engine.refresh()
