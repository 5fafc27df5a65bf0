"""The list the project ships, read once for all the tests of reference lists."""

import pytest

from indexer.reference.communes import Communes, load_communes


@pytest.fixture(scope="session")
def communes() -> Communes:
    return load_communes()
