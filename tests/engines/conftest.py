"""One suite for every engine. To plug another in, add its opener to `OPENERS`: a function that, given
a folder of the test's own, returns what opens an engine over one same index, as often as asked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.backends import open_engine
from indexer.engine import SearchEngine

Opener = Callable[[], SearchEngine]


def _embedded(folder: Path) -> Opener:
    return lambda: open_engine("embedded:", data_dir=folder)


OPENERS: dict[str, Callable[[Path], Opener]] = {"embedded": _embedded}


@pytest.fixture(params=list(OPENERS))
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens one more engine over the index of the test, as another process would."""
    opened: list[SearchEngine] = []
    opener = OPENERS[request.param](tmp_path)

    def tracked() -> SearchEngine:
        opened.append(opener())
        return opened[-1]

    yield tracked
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(another: Opener) -> SearchEngine:
    """An engine over an empty index."""
    return another()
