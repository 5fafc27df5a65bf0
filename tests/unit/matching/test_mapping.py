"""The national method as data: everything lands somewhere, everything is reached."""

import pytest

from indexer.reference.vocabulary import THEMES
from matching.diagnostic.evidence import read_wordings, wordings
from matching.diagnostic.mapping import Entry, Mapping, default_mapping, read_mapping
from matching.errors import InvalidMapping

MAPPING: Mapping = default_mapping()
ENTRIES = (*MAPPING.constraints, *MAPPING.needs, *MAPPING.objectives, *MAPPING.situations)

SMALL = """
version = "1"
status = "proposed"
author = "x"
"""


def faults(toml: str) -> str:
    with pytest.raises(InvalidMapping) as refused:
        read_mapping(toml)
    return " ".join(refused.value.faults)


def test_the_method_is_whole() -> None:
    assert len(MAPPING.constraints) == 8
    assert [need.codes[0] for need in MAPPING.needs] == [str(number) for number in range(1, 22)]
    assert [one.codes[1] for one in MAPPING.constraints] == [str(code) for code in range(22, 30)]


def test_every_thematique_is_reached() -> None:
    assert {theme for entry in ENTRIES for theme in entry.themes} == set(THEMES.codes)


def test_every_objective_lands_somewhere() -> None:
    assert [entry.label for entry in MAPPING.objectives if not entry.themes] == []


def test_every_need_in_the_sense_of_the_method_lands_somewhere() -> None:
    assert [one.label for one in MAPPING.situations if one.polarity == "need" and not one.themes] == []


@pytest.mark.parametrize("entry", MAPPING.situations, ids=lambda one: one.label[:40])
def test_every_situation_is_found_again_under_its_constraint(entry: Entry) -> None:
    for told in (entry.label, *entry.aliases, *entry.codes):
        found = MAPPING.find_situation(told, under=entry.under)
        assert found is not None
        assert found.under == entry.under


@pytest.mark.parametrize(
    ("told", "under", "label"),
    [
        ("obtenir le permis de conduire (code/conduite)", "mobilite", "Obtenir le permis de conduire"),
        ("Trouver des solutions de garde d'enfant", "famille", "Trouver des solutions de garde d’enfant"),
        ("TROUVER DES SOLUTIONS DE GARDE D’ENFANT", "famille", "Trouver des solutions de garde d’enfant"),
        ("28", "mobilite", "Obtenir le permis de conduire"),
        ("6", "mobilite", "Obtenir le permis de conduire"),
        ("29", "mobilite", "Accéder à un véhicule"),
        ("7", "mobilite", "Trouver une solution de transport"),
        ("4", "famille", "Faire face à un conflit familial"),
        ("4", "mobilite", "Faire un point complet"),
        ("42", "logement-hebergement", "Accéder à un logement"),
    ],
)
def test_an_objective_reworded_or_by_an_older_code_still_lands(told: str, under: str, label: str) -> None:
    found = MAPPING.find_objective(told, under=under)
    assert found is not None
    assert found.label.startswith(label)


def test_an_objective_told_under_the_wrong_constraint_still_lands() -> None:
    assert MAPPING.find_objective("Rompre l'isolement", under="mobilite") is not None


@pytest.mark.parametrize("told", ["mobilite", "23", "Développer sa mobilité", "developper sa mobilite"])
def test_a_constraint_is_known_by_category_code_and_label(told: str) -> None:
    found = MAPPING.find_constraint(told)
    assert found is not None
    assert found.under == "mobilite"


def test_what_is_unknown_is_none() -> None:
    assert MAPPING.find_constraint("30") is None
    assert MAPPING.find_objective("Devenir astronaute", under="mobilite") is None
    assert MAPPING.find_situation("999", under="mobilite") is None


def test_every_entry_has_a_status_and_an_author() -> None:
    assert {(entry.status, entry.author) for entry in ENTRIES} == {("proposed", "Jalon")}


def test_a_file_with_faults_tells_them_all() -> None:
    told = faults(
        SMALL
        + """
[[constraints]]
code = "mobilite"
label = "x"
themes = { nowhere = 1.0, mobilite--preparer-un-permis = 3.0 }
[[needs]]
code = "1"
label = "y"
[[objectives]]
under = "x"
[[situations]]
under = "x"
label = "z"
polarity = "good"
"""
    )
    for fault in (
        "nowhere is not", "weight 3.0", "leads nowhere", "no label", "polarity",
        "sante--addictions: no constraint",
    ):  # fmt: skip
        assert fault in told


def test_a_file_without_its_parts_or_not_toml_is_refused() -> None:
    assert "constraints: missing" in faults(SMALL)
    assert "not a TOML file" in faults("= 3")


def test_every_thematique_has_its_everyday_words() -> None:
    assert set(wordings()) == set(THEMES.codes)


def test_words_of_no_thematique_and_a_thematique_without_words_are_refused() -> None:
    with pytest.raises(InvalidMapping) as refused:
        read_wordings('[wordings]\nnowhere = ["x"]\nsante--addictions = []')
    assert {"nowhere: not a thématique", "sante--addictions: no wording"} <= set(refused.value.faults)
