"""Where a text says that one must live, beside where the person does."""

import pytest

from matching.residence import residences
from tests.unit.matching.builders import communes

DIE = communes.zones_of("26113")


def covers(text: str) -> list[str]:
    return [one.covers(DIE, communes) for one in residences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Habiter Die",
        "Habitants de Die",
        "Résider à Die ou à Crest",
        "Être habitant ou domicilié à Die",
        "Habiter Die depuis trois mois, ou y être domicilié",
        "domiciliés dans la Drôme",
        "Habitant·es de la Drôme".replace("·es", "s"),
        "Résidents d’Auvergne-Rhône-Alpes",
        "Vivre dans la communauté de communes du Diois",
    ],
)
def test_the_commune_its_intercommunality_its_departement_or_its_region(text: str) -> None:
    assert covers(text) == ["in"]


@pytest.mark.parametrize(
    "text",
    ["Habiter Valence", "16-25 ans domiciliés en Ardèche", "habitants de l'Ardèche exclusivement",
     "Résider dans Montélimar Agglomération", "Habiter Pierrelatte depuis six mois",
     "Habiter Tain-l’Hermitage ; reste à vivre inférieur à 9 €"],
)  # fmt: skip
def test_elsewhere(text: str) -> None:
    assert covers(text) == ["out"]


@pytest.mark.parametrize(
    "text",
    ["Habiter Crest et ses environs", "Habitants de Crest en priorité", "Habiter les Baronnies",
     "Habiter le bassin de Crest", "habiter les quartiers est de Die"],
)  # fmt: skip
def test_a_hedge_a_part_or_a_name_in_no_list_is_to_check(text: str) -> None:
    assert covers(text) == ["unknown"]


@pytest.mark.parametrize(
    "text",
    ["Résidents du CADA", "Habitants des quartiers prioritaires", "Habitat Drômois", "HABITER DIE",
     "Résider sur le territoire", "Vivre seul", "Résidence Les Cèdres", "Habiter à plus de 40 minutes"],
)  # fmt: skip
def test_what_names_no_place_asks_none(text: str) -> None:
    assert covers(text) == []


def test_homonyms_are_all_meant() -> None:
    (one,) = residences("Habiter Beauvallon")
    assert one.covers(communes.zones_of("26042"), communes) == "in"


def test_the_clause_is_kept_as_written_up_to_its_last_name() -> None:
    (one,) = residences("Habiter une commune d'Ardèche Rhône Coiron, orientation assistante sociale")
    assert one.clause == "Habiter une commune d'Ardèche Rhône Coiron"
    assert one.names == ("Ardèche Rhône Coiron",)
