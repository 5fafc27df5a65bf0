"""What a file holds is told by its columns, then by its name."""

from pathlib import Path

import pytest

from directory.imports.errors import NotTakenYet, UnknownKind
from directory.imports.kinds import find_kind
from directory.inventory.records import RecordKind

ALWAYS = ("source", "id", "nom", "date_maj")


@pytest.mark.parametrize(
    ("name", "columns", "kind"),
    [
        ("export.csv", (*ALWAYS, "structure_id", "thematiques"), "service"),
        ("structures.jsonl", (*ALWAYS, "structure_id"), "service"),
        ("export.csv", (*ALWAYS, "siret", "reseaux_porteurs"), "structure"),
        ("export.csv", (*ALWAYS, "siret", "adresse"), "structure"),
        ("export.csv", (*ALWAYS, "siret", "rome", "creneaux"), "immersion"),
        ("export.csv", (*ALWAYS, "siret", "rome", "sessions", "publics"), "training"),
        ("services.jsonl.gz", ALWAYS, "service"),
        ("structures-drome.json", (), "structure"),
    ],
)
def test_the_kind_is_found(name: str, columns: tuple[str, ...], kind: RecordKind) -> None:
    assert find_kind("auto", Path(name), columns) == kind


def test_what_is_asked_is_not_guessed_again() -> None:
    assert find_kind("structures", Path("services.csv"), (*ALWAYS, "structure_id")) == "structure"


def test_columns_that_say_nothing_are_named() -> None:
    with pytest.raises(UnknownKind, match="TYPO_UID"):
        find_kind("auto", Path("angers.json"), ("TYPO_UID", "USER_NOM"))


@pytest.mark.parametrize(("asked", "name"), [("shortages", "x.csv"), ("auto", "dares_tensions.csv")])
def test_shortages_are_for_later(asked: str, name: str) -> None:
    with pytest.raises(NotTakenYet, match="employeurs") as refused:
        find_kind(asked, Path(name), ("fap", "annee"))
    assert refused.value.exit_code == 2
