"""What opens each engine for tests. To plug another in, name it in `ENGINES` and open it in `Openers`."""

from collections.abc import Callable
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

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._nodes: dict[str, Node] = {}
        self._numbers = count(1)

    def open(self, name: str, folder: Path) -> tuple[Opener, Callable[[], None]]:
        """What opens the engine of that name over an index of the folder's own, and what forgets it."""
        url, forget = self.url(name, folder)
        return lambda: open_engine(url, data_dir=folder), forget

    def url(self, name: str, folder: Path) -> tuple[str, Callable[[], None]]:
        """The address of an index of the folder's own, and what forgets it."""
        if name not in VERSIONS:
            return f"embedded:{folder / 'index'}", lambda: None
        node = self.node(name)
        prefix = f"test-{next(self._numbers)}"
        return f"{node.url}/{prefix}?timeout=20", lambda: node.forget(prefix)

    def node(self, version: str) -> Node:
        """A node of that version."""
        if version not in self._nodes:
            self._nodes[version] = start(version, self._folders.mktemp(version))
        return self._nodes[version]

    def close(self) -> None:
        """Stop the nodes."""
        for node in self._nodes.values():
            node.stop()
