"""One suite for every engine (`openers` says which, and opens them)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engine import SearchEngine
from tests.engines.openers import ENGINES, Opener, Openers


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
