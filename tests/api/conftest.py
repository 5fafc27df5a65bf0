"""A house with a handful of options, its doors open."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from directory.wiring import Jalon
from tests.databases import database_url, sqlite_template
from tests.houses import client_of, close_house, furnish, handful, open_house

__all__ = ["database_url", "sqlite_template"]


@pytest.fixture(scope="session")
def reading_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jalon]:
    """A handful of options that nobody changes."""
    jalon = open_house(tmp_path_factory.mktemp("house"))
    furnish(jalon, handful())
    yield jalon
    close_house(jalon)


@pytest.fixture(scope="session")
def client(reading_house: Jalon) -> FlaskClient:
    """At the doors of the house that nobody changes."""
    return client_of(reading_house)


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Jalon]:
    """The same handful, on either database, for a test that changes it."""
    jalon = open_house(tmp_path_factory.mktemp("house"), database_url=database_url)
    furnish(jalon, handful())
    yield jalon
    close_house(jalon)
