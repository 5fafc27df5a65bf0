"""One suite for every engine. To plug another in, name it in `ENGINES` and open it in `openers`."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from indexer.backends import open_engine
from indexer.engine import SearchEngine
from tests.engines.opensearch.nodes import VERSIONS, Node, start

Opener = Callable[[], SearchEngine]

#: By name, and what of this machine each needs.
ENGINES: Final = [
    pytest.param("embedded"),
    pytest.param("opensearch-2.19", marks=pytest.mark.needs("jdk", "maven")),
    pytest.param("opensearch-3", marks=pytest.mark.needs("jdk21", "maven")),
]


class Openers:
    """What opens engines over one same index, as often as asked; a node is started for the first that needs
    it. Tests are patient: a node just started takes seconds to answer its first question."""

    def __init__(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        self._folders = tmp_path_factory
        self._nodes: dict[str, Node] = {}
        self._numbers = count(1)

    def open(self, name: str, folder: Path) -> tuple[Opener, Callable[[], None]]:
        """What opens the engine of that name over an index of the folder's own, and what forgets it."""
        if name not in VERSIONS:
            return lambda: open_engine("embedded:", data_dir=folder), lambda: None
        node = self.node(name)
        prefix = f"test-{next(self._numbers)}"
        url = f"{node.url}/{prefix}?timeout=20"
        return lambda: open_engine(url, data_dir=folder), lambda: node.forget(prefix)

    def node(self, version: str) -> Node:
        """A node of that version."""
        if version not in self._nodes:
            self._nodes[version] = start(version, self._folders.mktemp(version))
        return self._nodes[version]

    def close(self) -> None:
        """Stop the nodes."""
        for node in self._nodes.values():
            node.stop()


@pytest.fixture(scope="session")
def openers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Openers]:
    """Every engine of this machine."""
    opened = Openers(tmp_path_factory)
    yield opened
    opened.close()


@pytest.fixture(params=ENGINES)
def another(request: pytest.FixtureRequest, openers: Openers, tmp_path: Path) -> Iterator[Opener]:
    """Opens one more engine over the index of the test, as another process would."""
    opened: list[SearchEngine] = []
    opener, forget = openers.open(request.param, tmp_path)

    def tracked() -> SearchEngine:
        opened.append(opener())
        return opened[-1]

    yield tracked
    for engine in opened:
        engine.close()
    forget()


@pytest.fixture
def engine(another: Opener) -> SearchEngine:
    """An engine over an empty index."""
    return another()
