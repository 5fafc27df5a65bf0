"""A checker over the real communes, and rows that are right until a test spoils one value."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from directory.imports.checks.row import RowChecker
from directory.imports.findings import Verdict
from directory.inventory.records import RecordKind
from indexer.reference.communes import load_communes

TODAY = date(2026, 11, 23)

Check = Callable[..., Verdict]

ROWS: Mapping[RecordKind, Mapping[str, Any]] = {
    "structure": {
        "source": "essai",
        "id": "essai--1",
        "nom": "Maison des services de Die",
        "date_maj": "2026-01-15",
    },
    "service": {
        "source": "essai",
        "structure_id": "essai--1",
        "id": "essai--s1",
        "nom": "Aide au permis de conduire",
        "description": "Une aide pour financer le permis.",
        "date_maj": "2026-01-15",
    },
    "immersion": {
        "source": "essai",
        "id": "essai--i1",
        "date_maj": "2026-01-15",
        "siret": "73282932000074",
        "nom": "Boulangerie du Glandasse",
        "rome": "D1104",
    },
    "training": {
        "source": "essai",
        "id": "essai--f1",
        "date_maj": "2026-01-15",
        "nom": "Agent de propreté",
    },
}


@pytest.fixture(scope="session")
def checker() -> RowChecker:
    return RowChecker(load_communes(), today=TODAY)


@pytest.fixture
def check(checker: RowChecker) -> Check:
    """Check a right row of that kind with some values of its own."""

    def check_row(kind: RecordKind, *, flat: bool = False, **values: Any) -> Verdict:
        return checker.check(kind, 7, {**ROWS[kind], **values}, flat=flat)

    return check_row
