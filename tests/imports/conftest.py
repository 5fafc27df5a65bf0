"""An inventory on either database, and an importer over it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from directory.database import Database
from directory.imports.load import Importer, Wishes
from directory.inventory.entries import Entry, read_entries
from directory.inventory.records import RecordKind
from indexer.reference.communes import load_communes
from tests.databases import database, database_url, sqlite_template

__all__ = ["database", "database_url", "sqlite_template"]

TODAY = date(2026, 11, 23)

Import = Callable[..., dict[str, Any]]


@pytest.fixture
def importer(database: Database) -> Importer:
    return Importer(sessions=database.sessions, communes=load_communes(), today=TODAY)


@pytest.fixture
def take(importer: Importer) -> Import:
    """Import one file and give its report."""

    def take_file(path: Path, **wishes: Any) -> dict[str, Any]:
        (report,) = importer.run([path], Wishes(**wishes))
        return report.as_json()

    return take_file


@pytest.fixture
def stored(database: Database) -> Callable[[RecordKind], dict[str, Entry]]:
    """What the inventory holds of a kind, by id."""

    def read(kind: RecordKind) -> dict[str, Entry]:
        with database.sessions() as session:
            return {entry.id: entry for entry in read_entries(session, kind)}

    return read


def service(number: int, **values: Any) -> dict[str, Any]:
    return {
        "source": "essai",
        "structure_id": "essai--1",
        "id": f"essai--s{number}",
        "nom": f"Aide au permis {number}",
        "description": "Une aide pour financer le permis.",
        "date_maj": "2026-01-15",
        **values,
    }


def structure(number: int, **values: Any) -> dict[str, Any]:
    nom = f"Maison des services {number}"
    return {"source": "essai", "id": f"essai--{number}", "nom": nom, "date_maj": "2026-01-15", **values}


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Rows as JSON Lines."""
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return path
