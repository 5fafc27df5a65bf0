"""Lists come written in every way; unknown codes are taken out, told, and the nearest is named."""

from typing import Any

import pytest

from tests.unit.imports.conftest import Check
from tests.unit.imports.test_rows_of_the_schema import mended, values

PERMIT = "mobilite--preparer-un-permis"
VEHICLE = "mobilite--acceder-a-un-vehicule"


@pytest.mark.parametrize(
    "written",
    [[PERMIT, VEHICLE], f'["{PERMIT}", "{VEHICLE}"]', f"{VEHICLE};{PERMIT}", f"{VEHICLE} | {PERMIT}"],
)
def test_a_list_in_a_cell_is_read(check: Check, written: Any) -> None:
    verdict = check("service", flat=True, thematiques=written)
    assert values(verdict)["thematiques"] == [VEHICLE, PERMIT]
    assert verdict.mendings == ()


@pytest.mark.parametrize("written", [f"{{{VEHICLE},{PERMIT}}}", f'{{"{VEHICLE}", "{PERMIT}"}}'])
def test_a_list_of_postgresql_is_read_and_told(check: Check, written: str) -> None:
    verdict = check("service", thematiques=written)
    assert values(verdict)["thematiques"] == [VEHICLE, PERMIT]
    assert mended(verdict) == {"thematiques"}


def test_a_text_is_not_cut_at_its_commas_when_the_parts_are_unknown(check: Check) -> None:
    verdict = check("service", flat=True, publics="jeunes, mais pas tous")
    assert [one.value for one in verdict.mendings] == ["jeunes, mais pas tous"]


def test_an_unknown_theme_leaves_and_the_nearest_is_named(check: Check) -> None:
    verdict = check("service", thematiques=[PERMIT, "mobilite--acceder-a-vehicule"])
    assert values(verdict)["thematiques"] == [PERMIT]
    (told,) = verdict.mendings
    assert told.value == "mobilite--acceder-a-vehicule"
    assert VEHICLE in told.reason


def test_a_code_in_capitals_is_put_right(check: Check) -> None:
    verdict = check("service", type="Atelier", publics=[" Jeunes "])
    assert (values(verdict)["type"], values(verdict)["publics"]) == ("atelier", ["jeunes"])
    assert mended(verdict) == {"type", "publics"}


def test_fees_in_a_list_of_one_are_taken_from_it(check: Check) -> None:
    assert values(check("service", frais=["gratuit"]))["frais"] == "gratuit"


def test_everyone_beside_other_publics_stays_alone(check: Check) -> None:
    verdict = check("service", publics=["jeunes", "tous-publics"])
    assert values(verdict)["publics"] == ["tous-publics"]
    assert mended(verdict) == {"publics"}


def test_the_same_code_twice_counts_once(check: Check) -> None:
    assert values(check("service", publics=["jeunes", "jeunes"]))["publics"] == ["jeunes"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (["26", "200068864", "26113", "france"], ["200068864", "26", "26113", "france"]),
        (["2A", "2a"], ["2A"]),
        ([26, 1], ["01", "26"]),
        ("26;38", ["26", "38"]),
        (["France"], ["france"]),
        (["99100"], ["99100"]),
        (["26", "84000000", "ZZ"], ["26"]),
    ],
)
def test_zones_that_exist_are_kept(check: Check, written: Any, kept: list[str]) -> None:
    assert values(check("service", flat=True, zone_eligibilite=written))["zone_eligibilite"] == kept


def test_a_zone_that_does_not_exist_is_told(check: Check) -> None:
    verdict = check("service", zone_eligibilite=["26", "00000"])
    assert [(one.field, one.value) for one in verdict.mendings] == [("zone_eligibilite", "00000")]


def test_a_list_without_end_is_cut(check: Check) -> None:
    verdict = check("service", thematiques=[PERMIT, *["x"] * 100_000])
    assert values(verdict)["thematiques"] == [PERMIT]
    assert len(verdict.mendings) == 200
