"""Immersions and trainings: the offer stays when a slot is wrong; an establishment has a SIRET."""

import json
from datetime import date
from typing import Any

import pytest

from tests.unit.imports.conftest import Check
from tests.unit.imports.test_rows_of_the_schema import mended, values

SLOT = {
    "id": "c1",
    "debut": "2026-12-07",
    "fin": "2026-12-18",
    "heures_semaine": 35,
    "horaires": ["soir", "jour"],
    "places": 2,
    "places_prises": 1,
}
SESSION = {
    "id": "s1",
    "debut": "2027-01-04",
    "fin": "2027-03-26",
    "date_limite": "2026-12-20",
    "a_distance": False,
}


@pytest.mark.parametrize("siret", [None, "0" * 14, "73282932000075", "x" * 200])
def test_an_immersion_without_a_right_siret_is_refused(check: Check, siret: Any) -> None:
    refusal = check("immersion", siret=siret).refusal
    assert refusal is not None
    assert refusal.field == "siret"


@pytest.mark.parametrize("rome", [None, "D110", "boulanger", ["D1104", "D1102"]])
def test_an_immersion_opens_one_occupation(check: Check, rome: Any) -> None:
    refusal = check("immersion", rome=rome).refusal
    assert refusal is not None
    assert refusal.field == "rome"


def test_a_slot_is_read_whole(check: Check) -> None:
    verdict = check("immersion", creneaux=[SLOT])
    assert verdict.mendings == ()
    assert values(verdict)["creneaux"] == [
        {
            "id": "c1",
            "debut": date(2026, 12, 7),
            "fin": date(2026, 12, 18),
            "heures_semaine": 35.0,
            "horaires": ["jour", "soir"],
            "places": 2,
            "places_prises": 1,
        }
    ]


def test_slots_in_a_cell_are_read(check: Check) -> None:
    verdict = check("immersion", flat=True, creneaux=json.dumps([SLOT]), quota_semaine="3")
    assert values(verdict)["creneaux"][0]["id"] == "c1"
    assert values(verdict)["quota_semaine"] == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"fin": "2026-12-01"},
        {"debut": "lundi"},
        {"fin": None},
        {"id": None},
        {"id": ""},
    ],
)
def test_a_slot_that_makes_no_sense_leaves_and_the_offer_stays(check: Check, wrong: dict[str, Any]) -> None:
    verdict = check("immersion", creneaux=[{**SLOT, "id": "c0"}, {**SLOT, **wrong}])
    assert [slot["id"] for slot in values(verdict)["creneaux"]] == ["c0"]
    assert mended(verdict) == {"creneaux"}


def test_two_slots_of_one_id_are_one(check: Check) -> None:
    verdict = check("immersion", creneaux=[SLOT, {**SLOT, "places": 9}])
    assert [slot["places"] for slot in values(verdict)["creneaux"]] == [2]
    assert mended(verdict) == {"creneaux"}


def test_more_places_taken_than_there_are_means_full(check: Check) -> None:
    verdict = check("immersion", creneaux=[{**SLOT, "places_prises": 5}])
    (slot,) = values(verdict)["creneaux"]
    assert (slot["places"], slot["places_prises"]) == (2, 2)
    assert mended(verdict) == {"creneaux"}


@pytest.mark.parametrize("wrong", [{"horaires": ["matin"]}, {"places": -1}, {"heures_semaine": 300}])
def test_a_detail_that_is_wrong_leaves_its_slot_standing(check: Check, wrong: dict[str, Any]) -> None:
    verdict = check("immersion", creneaux=[{**SLOT, **wrong}])
    (slot,) = values(verdict)["creneaux"]
    assert slot[next(iter(wrong))] is None
    assert mended(verdict) == {"creneaux"}


def test_slots_come_in_the_order_of_their_dates(check: Check) -> None:
    later = {**SLOT, "id": "c0", "debut": "2027-01-04", "fin": "2027-01-08"}
    verdict = check("immersion", creneaux=[later, SLOT])
    assert [slot["id"] for slot in values(verdict)["creneaux"]] == ["c1", "c0"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("mode", "au-bureau"),
        ("accessible_handicap", ["oui"]),
        ("quota_semaine", -1),
        ("quota_mois", "beaucoup"),
        ("prochaine_disponibilite", "bientôt"),
        ("creneaux", "tous les lundis"),
    ],
)
def test_an_optional_value_that_is_wrong_is_taken_out_and_told(check: Check, field: str, wrong: Any) -> None:
    verdict = check("immersion", **{field: wrong})
    assert not values(verdict).get(field)
    assert mended(verdict) == {field}


def test_the_postal_code_helps_to_find_the_commune_and_is_not_kept(check: Check) -> None:
    verdict = check("immersion", commune="Die", code_postal="26150")
    assert values(verdict)["code_insee"] == "26113"
    assert "code_postal" not in values(verdict)


def test_a_training_is_read_whole(check: Check) -> None:
    verdict = check(
        "training",
        rome=["K2204"],
        financements=["CPF", "autre"],
        reste_a_charge="120,50",
        remuneration=True,
        publics=["jeunes"],
        sessions=[SESSION],
    )
    read = values(verdict)
    assert (read["rome"], read["financements"], read["reste_a_charge"]) == (
        ["K2204"],
        ["autre", "cpf"],
        120.5,
    )
    assert (read["remuneration"], read["publics"]) == ("oui", ["jeunes"])
    assert read["sessions"][0]["date_limite"] == date(2026, 12, 20)
    assert read["sessions"][0]["a_distance"] is False


def test_a_training_keeps_the_occupations_that_are_codes(check: Check) -> None:
    verdict = check("training", rome=["K2204", "ménage"])
    assert values(verdict)["rome"] == ["K2204"]
    assert mended(verdict) == {"rome"}


def test_nobody_enrols_after_the_end(check: Check) -> None:
    verdict = check("training", sessions=[{**SESSION, "date_limite": "2027-05-01"}])
    assert values(verdict)["sessions"][0]["date_limite"] is None
    assert mended(verdict) == {"sessions"}


def test_a_training_without_its_siret_stays(check: Check) -> None:
    verdict = check("training", siret="123")
    assert "siret" not in values(verdict)
    assert mended(verdict) == {"siret"}
