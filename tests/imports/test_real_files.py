"""Real inventories go in by their shipped mappings, when the folder that holds them is given."""

import os
from pathlib import Path

import pytest

from directory.imports.mapping_files import load_mapping
from tests.imports.conftest import Import

FOLDER = Path(os.environ.get("REAL_FILES", "../shared/data"))

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no folder of real files (REAL_FILES)")


@pytest.mark.parametrize(
    ("name", "mapping", "created", "refused"),
    [
        ("mednum/aix-en-provence.json", "mednum-aix-en-provence", 76, 0),
        ("mednum/angers.json", "mednum-angers", 126, 0),
        ("mednum/etapes-numerique.json", "mednum-etapes-numerique", 95, 0),
        ("companies/siae_structures.csv", "siae", 3853, 0),
        # One line of that list lost a cell in its middle: its values stand under the wrong columns.
        ("companies/france_travail_regional.csv", "france-travail-directions", 94, 1),
    ],
)
def test_a_real_file_goes_in_twice(take: Import, name: str, mapping: str, created: int, refused: int) -> None:
    first = take(FOLDER / name, mapping=load_mapping(mapping))
    assert (first["created"], first["refused"]) == (created, refused)
    again = take(FOLDER / name, mapping=load_mapping(mapping))
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, created)
