"""A row is where its commune is: what is swapped is put right, what is far is taken out, what is missing is
deduced and said to be."""

from typing import Any

import pytest

from directory.imports.findings import Verdict
from tests.unit.imports.conftest import Check
from tests.unit.imports.test_rows_of_the_schema import mended, values

DIE = {"code_insee": "26113", "commune": "Die", "code_postal": "26150"}
LATITUDE, LONGITUDE = 44.7536, 5.3703


def point(verdict: Verdict) -> tuple[Any, Any]:
    return values(verdict).get("latitude"), values(verdict).get("longitude")


def deduced(verdict: Verdict) -> frozenset[str]:
    assert verdict.record is not None
    return verdict.record.deduced


def test_a_point_near_its_commune_is_kept(check: Check) -> None:
    verdict = check("structure", **DIE, latitude=LATITUDE, longitude=LONGITUDE)
    assert point(verdict) == (LATITUDE, LONGITUDE)
    assert (verdict.mendings, deduced(verdict)) == ((), frozenset())


def test_swapped_coordinates_come_home(check: Check) -> None:
    verdict = check("structure", **DIE, latitude=LONGITUDE, longitude=LATITUDE)
    assert point(verdict) == (LATITUDE, LONGITUDE)
    assert mended(verdict) == {"latitude"}
    assert deduced(verdict) == frozenset()


def test_decimal_commas_are_read(check: Check) -> None:
    verdict = check("structure", **DIE, latitude="44,7536", longitude="5,3703")
    assert point(verdict) == (LATITUDE, LONGITUDE)
    assert mended(verdict) == {"latitude", "longitude"}


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (95.0, 5.37),
        (44.75, 181.0),
        (0, 0),
        (0.0, "0"),
        (48.85, 2.35),
        (-44.75, 5.37),
        ("nord", 5.37),
        (44.75, None),
        (float("nan"), 5.37),
        (44.75, float("inf")),
        (44.75, True),
        (10**400, 5.37),
    ],
)
def test_a_point_that_cannot_be_there_gives_way_to_the_centre_of_the_commune(
    check: Check, latitude: Any, longitude: Any
) -> None:
    verdict = check("structure", **DIE, latitude=latitude, longitude=longitude)
    kept = point(verdict)
    assert abs(kept[0] - LATITUDE) < 0.1
    assert abs(kept[1] - LONGITUDE) < 0.1
    assert deduced(verdict) == {"latitude", "longitude"}
    assert mended(verdict) & {"latitude", "longitude"}


def test_without_a_commune_a_point_in_france_is_believed(check: Check) -> None:
    assert point(check("structure", latitude=LATITUDE, longitude=LONGITUDE)) == (LATITUDE, LONGITUDE)
    assert point(check("structure", latitude=-20.9, longitude=55.45)) == (-20.9, 55.45)


def test_without_a_commune_a_point_elsewhere_is_taken_out(check: Check) -> None:
    verdict = check("structure", latitude=LONGITUDE, longitude=LATITUDE)
    assert point(verdict) == (None, None)
    assert mended(verdict) == {"latitude", "longitude"}


def test_the_code_of_the_commune_is_deduced_from_its_name_and_postal_code(check: Check) -> None:
    verdict = check("structure", commune="DIE", code_postal="26150")
    assert values(verdict)["code_insee"] == "26113"
    assert deduced(verdict) == {"code_insee", "latitude", "longitude"}
    assert verdict.mendings == ()


def test_a_commune_nobody_knows_gives_nothing(check: Check) -> None:
    verdict = check("structure", commune="Trifouillis-les-Oies", code_postal="26150")
    assert "code_insee" not in values(verdict)
    assert "latitude" not in values(verdict)


def test_zeros_that_a_spreadsheet_ate_come_back(check: Check) -> None:
    verdict = check("structure", code_insee=1053, code_postal="1000", commune="Bourg-en-Bresse")
    assert (values(verdict)["code_insee"], values(verdict)["code_postal"]) == ("01053", "01000")
    assert mended(verdict) == {"code_insee", "code_postal"}


def test_a_code_that_does_not_exist_gives_way_to_the_one_of_the_name(check: Check) -> None:
    verdict = check("structure", **{**DIE, "code_insee": "26999"})
    assert values(verdict)["code_insee"] == "26113"
    assert mended(verdict) == {"code_insee"}
    assert "code_insee" in deduced(verdict)


def test_the_widest_commune_holds_its_own_points(check: Check) -> None:
    far_from_the_centre = {"code_insee": "97353", "latitude": 2.2, "longitude": -52.8}
    assert check("structure", **far_from_the_centre).mendings == ()
