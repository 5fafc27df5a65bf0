"""The engine away for a minute: frozen, killed, back with its files. Nothing is lost, nothing is mended."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from indexer.engine import EngineUnavailable
from tests.builders import question
from tests.cluster.relays import Relays
from tests.cluster.towns import Editors, Town, assert_nothing_lost_twice_or_stale, town
from tests.engines.opensearch.nodes import Node, answers, launch, start

pytestmark = pytest.mark.needs("jdk", "maven", "postgres")

VERSION: Final = "opensearch-2.19"
FROZEN_SECONDS: Final = 20
DEAD_SECONDS: Final = 40
#: What a reader waits for an engine that answers nothing, and a processor that is shared.
PATIENCE_SECONDS: Final = 2 + 3


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """One of our own, since it is to be killed."""
    one = start(VERSION, tmp_path / "node")
    yield one
    one.stop()


def test_an_engine_away_for_a_minute_misses_nothing_when_it_is_back(
    node: Node, postgres_url: str, tmp_path: Path
) -> None:
    search_url = f"{node.url}/away?timeout=2"
    with town(postgres_url, search_url, tmp_path) as here:
        engine = here.engine()
        here.drain(engine)
        with (
            Relays(here.environ, tmp_path / "relays.log") as relays,
            Editors(here, 29, pause=0.05) as editors,
        ):
            relays.start()
            node.freeze()
            _stays_away(here, FROZEN_SECONDS)
            node.stop()
            _stays_away(here, DEAD_SECONDS)
            before = editors.commits
            back = _comes_back(node, tmp_path / "node")
            while editors.commits < before + 20:
                time.sleep(0.05)
        try:
            with Relays(here.environ, tmp_path / "relays.log") as relays:
                relays.start()
                here.wait_until_drained(120)
            assert editors.commits > 200
            assert_nothing_lost_twice_or_stale(here, engine)
        finally:
            back.stop()
        engine.close()


def _stays_away(here: Town, seconds: float) -> None:
    """For so long, each question says quickly that nobody answers."""
    engine = here.engine()
    deadline = time.monotonic() + seconds
    while (asked := time.monotonic()) < deadline:
        with pytest.raises(EngineUnavailable):
            engine.count([question()])
        assert time.monotonic() - asked < PATIENCE_SECONDS
        time.sleep(0.5)
    engine.close()


def _comes_back(node: Node, folder: Path) -> Node:
    back = launch(VERSION, folder, node.port, cluster=f"jalon-test-{node.port}")
    assert answers(back)
    return back
