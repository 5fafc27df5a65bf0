"""The national method as data: everything lands somewhere, everything is reached."""

import pytest

from indexer.reference.vocabulary import THEMES
from matching.diagnostic.mapping import Entry, Mapping, default_mapping, read_mapping
from matching.diagnostic.nomenclature import SECTIONS
from matching.errors import InvalidMapping

MAPPING: Mapping = default_mapping()
ENTRIES = tuple(MAPPING.entries.values())

SMALL = """
version = "1"
status = "proposé"
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
    for told in (entry.label, *entry.item.aliases, *entry.codes):
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
        ("35", "logement-hebergement", "Réduire les impayés"),
        ("Recherche de mode de garde", "famille", "Trouver des solutions de garde d’enfant"),
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


def test_one_code_is_read_as_the_version_of_the_api_that_told_it() -> None:
    newer = MAPPING.find("objectives", "20", under="logement-hebergement")
    older = MAPPING.find("objectives", "20", under="logement-hebergement", api="v1")
    assert newer is not None
    assert older is not None
    assert (newer.label, older.label) == ("Changer de logement", "Accéder à un logement")


def test_every_item_lands_or_says_why_not() -> None:
    nowhere = [entry.label for entry in ENTRIES if not (entry.lines or entry.indicators or entry.nowhere)]
    assert nowhere == []
    assert {section for section in SECTIONS if MAPPING.of(section)} == set(SECTIONS)


def test_every_line_has_a_status_and_an_author() -> None:
    lines = [line for entry in ENTRIES for line in entry.lines]
    assert {(line.status, line.author) for line in lines} == {("proposé", "Jalon")}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("contrainte_sante", "IMPACT_FORT_RECHERCHE_EMPLOI"),
        ("contrainteSante", "impact fort recherche emploi"),
    ],
)
def test_a_criterion_is_known_in_either_spelling(code: str, value: str) -> None:
    found = MAPPING.find_criterion(code, value)
    assert found is not None
    assert (found.under, found.themes["sante--acces-aux-soins"]) == ("sante", 1.0)


def test_a_criterion_that_does_not_exist_is_none() -> None:
    assert MAPPING.find_criterion("contrainte_sante", "SANS_LOGEMENT") is None
    assert not MAPPING.nomenclature.knows_criterion("contrainte_astrale")


LOCAL = """
version = "drome-3"
status = "validé"
author = "Département de la Drôme"
extends = "jalon"
"""


def test_a_territory_changes_the_lines_it_names_and_keeps_the_rest() -> None:
    mine = read_mapping(
        LOCAL
        + """
[situations.mobilite."aucun moyen de transport"]
aliases = ["Pas de voiture du tout"]
themes.mobilite--acceder-a-un-vehicule = { weight = 0.9, author = "Diois" }
themes.mobilite--mobilite-douce-partagee-collective = 0
"""
    )
    found = mine.find_situation("pas de voiture du tout", under="mobilite")
    packaged = MAPPING.find_situation("6", under="mobilite")
    assert found is not None
    assert packaged is not None
    assert mine.find_situation("6", under="mobilite") is found
    assert [(line.theme, line.weight, line.status, line.author) for line in found.lines] == [
        ("mobilite--etre-accompagne-dans-son-parcours-mobilite", 1.0, "proposé", "Jalon"),
        ("mobilite--acceder-a-un-vehicule", 0.9, "validé", "Diois"),
    ]
    assert found.indicators == packaged.indicators
    assert mine.constraints == MAPPING.constraints
    assert mine.version == f"drome-3 sur {MAPPING.version}"


def test_a_file_with_faults_tells_them_all_with_the_nearest_words() -> None:
    told = faults(
        LOCAL.replace("validé", "valide")
        + """
color = "red"
[constraints.mobilite]
themes.mobilite--preparer-un-permi = 1.0
themes.mobilite--preparer-un-permis = 3.0
themes.mobilite--acceder-a-un-vehicule = { weight = 0.5, poids = 1 }
themes.mobilite--financer-ma-mobilite = true
indicators.urgent = true
indicators.rayon_max_km = -3
indicators.faits = ["riche"]
[needs.99]
themes.sante--addictions = 1.0
[situations.mobilite."Aucun moyen de transports"]
[objectives.sante."Obtenir le permis de conduire"]
[objectives.lune."x"]
[criteria.boe]
OUI = 3
[criteria.contrainte_sante.PEUT_ETRE]
[cnaf.0402]
aliases = "x"
"""
    )
    for fault in (
        "« color » n’est pas une partie", "statut « valide »", "le poids « 3.0 »", "le poids « True »",
        "vouliez-vous dire « mobilite--preparer-un-permis »", "clé inconnue « poids »",
        "vouliez-vous dire « urgence »", "rayon_max_km ne peut", "faits ne peut pas",
        "needs.99 : n’est pas dans", "vouliez-vous dire « Aucun moyen de transport à disposition »",
        "se range sous mobilite", "« lune » n’est pas une catégorie", "criteria.boe.« OUI » : une table",
        "PEUT_ETRE » : n’est pas dans la méthode", "cnaf.0402.aliases",
    ):  # fmt: skip
        assert fault in told


def test_a_whole_file_must_land_everything_and_reach_everything() -> None:
    told = faults(SMALL)
    assert "needs.9 : ne mène à aucune thématique" in told
    assert "sante--addictions : rien n’y mène" in told


def test_taking_the_last_line_away_is_told() -> None:
    last = "[needs.10]\nthemes.preparer-sa-candidature--developper-son-reseau = 0\n"
    assert "needs.10 : ne mène à aucune thématique" in faults(LOCAL + last)


def test_a_file_without_headings_or_not_toml_or_on_another_base_is_refused() -> None:
    assert "version : manque" in faults("")
    assert "ce n’est pas un fichier TOML" in faults("= 3")
    assert "seul « jalon »" in faults(LOCAL.replace('"jalon"', '"isere"'))
