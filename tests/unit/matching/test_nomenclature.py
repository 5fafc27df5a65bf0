"""The list of the method: read whole, its faults told together."""

import pytest

from matching.diagnostic.nomenclature import default_nomenclature, read_nomenclature, squash
from matching.errors import InvalidMapping

LIST = default_nomenclature()


def test_every_wording_and_every_code_leads_back_to_its_item() -> None:
    for item in LIST.items:
        if item.section == "criteria":
            assert LIST.find_criterion(item.code, item.value) is item
            continue
        for told in (item.label, *item.aliases):
            assert LIST.find(item.section, told, under=item.under) is item
        for code in item.codes:
            assert LIST.find(item.section, code, under=item.under, api="v4") is item
        for code in item.older_codes:
            assert LIST.find(item.section, code, under=item.under, api="v1") is item


@pytest.mark.parametrize(
    "told",
    [
        "Besoin d'être guidé dans le cadre d'un accès aux droits",
        "besoin d’etre guidé dans le cadre d’un accès aux droits ",
        "BESOIN D`ÊTRE GUIDÉ DANS LE CADRE D´UN ACCÈS AUX DROITS",
        "36",
    ],
)
def test_apostrophes_accents_capitals_and_codes_are_one(told: str) -> None:
    found = LIST.find("situations", told, under="difficultes-administratives-ou-juridiques")
    assert found is not None
    assert found.codes == ("36",)


def test_a_situation_lands_even_under_the_wrong_constraint() -> None:
    found = LIST.find("situations", "13", under="sante")
    assert found is not None
    assert found.under == "famille"


def test_an_objective_by_code_stays_inside_its_constraint() -> None:
    assert LIST.find("objectives", "13", under="numerique") is None


def test_codes_without_a_public_label_are_known_to_have_been_seen() -> None:
    assert ("situations", "mobilite", "2314") in LIST.unnamed


def test_names_written_in_several_ways_are_one() -> None:
    assert squash("contrainteSante") == squash("contrainte_sante") == squash("Contrainte santé")


def test_every_fault_of_a_list_is_told() -> None:
    with pytest.raises(InvalidMapping) as refused:
        read_nomenclature(
            """
[[situations]]
under = "mobilite"
label = "À pied"
codes = ["1"]
[[situations]]
under = "mobilite"
label = "a pied"
codes = ["1"]
[[situations]]
under = "lune"
polarity = "bonne"
couleur = "bleu"
"""
        )
    told = " ".join(refused.value.faults)
    for fault in (
        "version", "« a pied » désigne déjà « À pied »", "« 1 » désigne déjà", "sans libellé", "polarity",
        "« couleur »", "« lune » n’est pas une catégorie",
    ):  # fmt: skip
        assert fault in told
