"""Telephones, e-mails, links, hours and SIRETs: what works is kept as it was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import EmailStr, TypeAdapter

from directory.imports.checks.contacts import _PLAIN_EMAIL, is_phone, is_plain_email
from directory.imports.checks.establishments import is_siret
from tests.unit.imports.conftest import Check
from tests.unit.imports.test_rows_of_the_schema import mended, values


@pytest.mark.parametrize(
    "number",
    ["0475221234", "04 75 22 12 34", "04.75.22.12.34", "+33475221234", "115", "3949", "+3222334455"],
)  # fmt: skip
def test_a_number_that_can_be_called_is_kept(check: Check, number: str) -> None:
    verdict = check("structure", telephone=number)
    assert values(verdict)["telephone"] == number
    assert verdict.mendings == ()


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "accueil", "04 75", "+", "0475" * 20])
def test_a_number_that_cannot_be_called_is_not_one(number: str) -> None:
    assert not is_phone(number)


def test_the_first_of_two_numbers_is_kept(check: Check) -> None:
    verdict = check("structure", telephone="04 75 22 12 34 / 06 39 98 00 00")
    assert values(verdict)["telephone"] == "04 75 22 12 34"
    assert mended(verdict) == {"telephone"}


def test_the_zero_a_spreadsheet_ate_comes_back(check: Check) -> None:
    assert values(check("structure", telephone=475221234))["telephone"] == "0475221234"


def test_the_first_of_two_addresses_is_kept(check: Check) -> None:
    assert values(check("structure", courriel="a@exemple.fr ou b@exemple.fr"))["courriel"] == "a@exemple.fr"


@settings(max_examples=300)
@given(st.from_regex(_PLAIN_EMAIL, fullmatch=True) | st.emails())
def test_an_address_taken_at_sight_is_one_the_schema_takes(text: str) -> None:
    if is_plain_email(text):
        TypeAdapter(EmailStr).validate_python(text)


@pytest.mark.parametrize("text", ["a@b.fr", "Jean-Luc.PICARD+nouvelles@mairie.ville-de-die.fr"])
def test_most_addresses_are_taken_at_sight(text: str) -> None:
    assert is_plain_email(text)


@pytest.mark.parametrize(
    "text", ["a@xn--die.test", "a@b.local", "é@die.fr", "a@b--c.fr", f"{'a' * 60}@b.fr", 3, None]
)
def test_a_doubt_is_left_to_the_schema(text: object) -> None:
    assert not is_plain_email(text)


@pytest.mark.parametrize("written", ["a@exemple..fr", "a@-exemple.fr", "a..b@exemple.fr", "@exemple.fr"])
def test_an_address_that_no_mail_reaches_is_taken_out(check: Check, written: str) -> None:
    verdict = check("structure", courriel=written)
    assert "courriel" not in values(verdict)
    assert next(one.reason for one in verdict.mendings).startswith("adresse électronique illisible")


def test_a_link_without_its_beginning_is_completed(check: Check) -> None:
    verdict = check("structure", site_web="www.exemple.fr/accueil")
    assert values(verdict)["site_web"] == "https://www.exemple.fr/accueil"
    assert mended(verdict) == {"site_web"}


@pytest.mark.parametrize("hours", ["Mo-Fr 08:30-12:30; PH off", "24/7", "Tu[1] 14:00-17:00"])
def test_opening_hours_of_openstreetmap_are_kept(check: Check, hours: str) -> None:
    assert values(check("structure", horaires_accueil=hours))["horaires_accueil"] == hours


@pytest.mark.parametrize("number", ["73282932000074", "35600000000048", "35600000049837"])
def test_a_siret_holds_when_its_key_does_la_poste_by_its_own_rule(number: str) -> None:
    assert is_siret(number)


@pytest.mark.parametrize(
    "number", ["00000000000000", "73282932000075", "7328293200007", "35600000049838", "7328293200007x", ""]
)
def test_a_siret_without_its_key_is_none(number: str) -> None:
    assert not is_siret(number)


def test_a_siret_of_zeros_is_taken_out_of_a_structure(check: Check) -> None:
    verdict = check("structure", siret="0" * 14)
    assert "siret" not in values(verdict)
    assert [(one.field, one.value) for one in verdict.mendings] == [("siret", "0" * 14)]


@pytest.mark.parametrize("written", ["732 829 320 00074", "732.829.320.00074", 73282932000074])
def test_a_siret_written_otherwise_is_rewritten(check: Check, written: str | int) -> None:
    assert values(check("structure", siret=written))["siret"] == "73282932000074"


def test_a_siret_that_lost_its_zeros_finds_them_again(check: Check) -> None:
    assert values(check("structure", siret=3412639193857))["siret"] == "03412639193857"
