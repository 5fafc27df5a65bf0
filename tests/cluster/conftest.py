"""Towns on both settings: one machine (SQLite, the embedded engine), and several (PostgreSQL, OpenSearch)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.cluster.towns import Town, town
from tests.clusters import Cluster
from tests.databases import sqlite_template
from tests.engines.openers import Openers

__all__ = ["sqlite_template"]

SEVERAL: Final = pytest.param("opensearch-2.19", marks=pytest.mark.needs("jdk", "maven", "postgres"))


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """A migrated database of PostgreSQL that holds nothing."""
    with postgres_cluster.slate() as url:
        yield url


@pytest.fixture(params=["embedded", SEVERAL])
def here(request: pytest.FixtureRequest, openers: Openers, tmp_path: Path) -> Iterator[Town]:
    """A town of one machine, then of several."""
    if request.param == "embedded":
        file = tmp_path / "jalon.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        database_url = f"sqlite:///{file}"
    else:
        database_url = request.getfixturevalue("postgres_url")
    search_url, forget = openers.url(request.param, tmp_path)
    with town(database_url, search_url, tmp_path) as made:
        yield made
    forget()


@pytest.fixture
def several(openers: Openers, postgres_url: str, tmp_path: Path) -> Iterator[Town]:
    """A town of several machines."""
    search_url, forget = openers.url("opensearch-2.19", tmp_path)
    with town(postgres_url, search_url, tmp_path) as made:
        yield made
    forget()
