"""The whole demo territory, on a day that does not pass."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from directory.wiring import Jalon
from tests.databases import blank_url, database_url, sqlite_template
from tests.houses import client_of, close_house, import_demo, open_house

__all__ = ["blank_url", "database_url", "sqlite_template"]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jalon]:
    """The Drôme, for tests that only read."""
    folder = tmp_path_factory.mktemp("demo")
    jalon = open_house(folder / "var")
    import_demo(jalon, folder)
    yield jalon
    close_house(jalon)


@pytest.fixture(scope="session")
def client(demo: Jalon) -> FlaskClient:
    """At the doors of the demo."""
    return client_of(demo)
