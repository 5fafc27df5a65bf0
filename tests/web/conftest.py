"""The pages of a house that holds the whole demo territory."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from directory.wiring import Jalon
from tests.houses import client_of, close_house, import_demo, open_house


@pytest.fixture(scope="session")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jalon]:
    """The demo territory, read only."""
    jalon = open_house(tmp_path_factory.mktemp("demo"))
    import_demo(jalon, tmp_path_factory.mktemp("files"))
    yield jalon
    close_house(jalon)


@pytest.fixture
def browser(demo_house: Jalon) -> FlaskClient:
    """Somebody at the doors, with no cookie yet."""
    return client_of(demo_house)
