"""kill -9 of a node of three, while people search and edit and a relay writes: the one that holds the primary
copy, then the one that manages the cluster."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from indexer.engine import EngineUnavailable, SearchEngine
from indexer.opensearch.address import parse_address
from indexer.opensearch.engine import OpenSearchEngine
from tests.builders import option, question
from tests.cluster.relays import Relays
from tests.cluster.towns import Editors, assert_nothing_lost_twice_or_stale, town
from tests.cluster.trio import Trio, start_trio

pytestmark = pytest.mark.needs("jdk21", "maven", "postgres")

#: Of technology.md's checks, with room for a processor that is shared: searches fail for so long at most.
SEARCH_ERRORS_SECONDS: Final = 30


@pytest.fixture(scope="module")
def trio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trio]:
    one = start_trio(tmp_path_factory.mktemp("trio"))
    yield one
    one.stop()


class Searchers(threading.Thread):
    """People who ask all the time. `failures`: when a question had no answer."""

    def __init__(self, engine: SearchEngine) -> None:
        super().__init__(daemon=True)
        self._engine = engine
        self._ended = threading.Event()
        self.failures: list[float] = []
        self.answers: list[float] = []
        self.error: BaseException | None = None

    def __enter__(self) -> "Searchers":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join(30)
        assert self.error is None, self.error

    def run(self) -> None:
        while not self._ended.wait(0.02):
            try:
                self._engine.search(question(), limit=10)
            except EngineUnavailable:
                self.failures.append(time.monotonic())
            except BaseException as error:
                self.error = error
                return
            else:
                self.answers.append(time.monotonic())


class Writers(threading.Thread):
    """Puts the next version of forty options, again and again. `acknowledged`: the last that the engine said
    was stored."""

    def __init__(self, engine: SearchEngine) -> None:
        super().__init__(daemon=True)
        self._engine = engine
        self._ended = threading.Event()
        self.acknowledged = 0
        self.refused = 0

    def __enter__(self) -> "Writers":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join(90)
        assert not self.is_alive()

    def run(self) -> None:
        forty = [option("Service", id=f"o{number:02}") for number in range(40)]
        while not self._ended.wait(0.005):
            version = self.acknowledged + 1
            try:
                self._engine.put([replace(one, version=version) for one in forty])
            except EngineUnavailable:
                self.refused += 1
            else:
                self.acknowledged = version


def test_what_was_acknowledged_outlives_the_node_that_held_it(trio: Trio) -> None:
    engine = OpenSearchEngine(parse_address(f"{trio.url}/acked?timeout=5"))
    with Writers(engine) as writers:
        _until(lambda: writers.acknowledged > 5)
        trio.wait_for(nodes=3, status="green")
        for killed in (trio.holder("acked"), None):
            which = trio.manager() if killed is None else killed
            trio.nodes[which].stop()
            before = writers.acknowledged
            _until(lambda before=before: writers.acknowledged > before + 5)  # type: ignore[misc]
            held = {
                one: document.version for one, document in engine.get(f"o{n:02}" for n in range(40)).items()
            }
            assert min(held.values()) > before
            trio.come_back(which)
            trio.wait_for(nodes=3, status="green")
    engine.refresh()
    held = dict(engine.versions())
    assert len(held) == 40
    assert min(held.values()) >= writers.acknowledged
    engine.close()


def test_rows_and_index_are_the_same_after_a_node_is_killed_in_the_middle(
    trio: Trio, postgres_url: str, tmp_path: Path
) -> None:
    with town(postgres_url, f"{trio.url}/town?timeout=5", tmp_path) as here:
        engine, reader = here.engine(), here.engine()
        here.drain(engine)
        trio.wait_for(nodes=3, status="green")
        with (
            Relays(here.environ, tmp_path / "relays.log") as relays,
            Editors(here, 31, pause=0.02) as editors,
            Searchers(reader) as people,
        ):
            relays.start()
            _until(lambda: editors.commits > 30)
            for killed in (trio.holder("town"), None):
                which = trio.manager() if killed is None else killed
                trio.nodes[which].stop()
                at = time.monotonic()
                _until(lambda at=at: any(one > at for one in people.answers))  # type: ignore[misc]
                before = editors.commits
                _until(lambda before=before: editors.commits > before + 50)  # type: ignore[misc]
                late = [one - at for one in people.failures if one > at]
                assert max(late, default=0) < SEARCH_ERRORS_SECONDS
                trio.come_back(which)
                trio.wait_for(nodes=3, status="green")
            before = editors.commits
            _until(lambda: editors.commits > before + 20)
            relays.start()  # whatever became of the first, nobody is waited for
        with Relays(here.environ, tmp_path / "relays.log") as relays:
            relays.start()
            here.wait_until_drained(120)
        assert len(people.answers) > 10 * len(people.failures)
        assert_nothing_lost_twice_or_stale(here, engine)
        engine.close()
        reader.close()


def _until(holds: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
