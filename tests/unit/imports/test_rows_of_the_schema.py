"""Structures and services: required and wrong refuses the row, optional and wrong is taken out."""

from datetime import date
from typing import Any

import pytest

from directory.imports.checks.row import RowChecker
from directory.imports.findings import Verdict
from indexer.reference.communes import load_communes
from tests.unit.imports.conftest import ROWS, TODAY, Check


def values(verdict: Verdict) -> dict[str, Any]:
    assert verdict.record is not None, verdict.refusal
    return dict(verdict.record.values)


def mended(verdict: Verdict) -> set[str | None]:
    assert verdict.record is not None, verdict.refusal
    return {one.field for one in verdict.mendings}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("nom", None),
        ("nom", "ab"),
        ("nom", "x" * 151),
        ("nom", ["un", "deux"]),
        ("id", ""),
        ("id", "x" * 256),
        ("source", None),
        ("structure_id", None),
        ("structure_id", "x" * 256),
        ("description", "<b>" * 20_000),
        ("description", "court"[:4]),
        ("description", "<p> </p>"),
        ("date_maj", None),
        ("date_maj", "le 3 mars dernier"),
        ("date_maj", "2026-02-30"),
        ("date_maj", "1999-12-31"),
        ("date_maj", "2026-11-24"),
        ("date_maj", 45000),
    ],
)
def test_a_required_value_that_is_wrong_refuses_the_row(check: Check, field: str, wrong: Any) -> None:
    verdict = check("service", **{field: wrong})
    assert verdict.record is None
    assert verdict.refusal is not None
    assert (verdict.refusal.line, verdict.refusal.field) == (7, field)
    assert verdict.refusal.reason.startswith(f"{field} : ")


def test_a_refusal_quotes_at_most_two_hundred_characters(check: Check) -> None:
    refusal = check("service", nom="x" * 5000).refusal
    assert refusal is not None
    assert len(str(refusal.value)) == 200


def test_a_row_refused_still_says_its_id_and_source(check: Check) -> None:
    verdict = check("service", nom=None)
    assert (verdict.id, verdict.source) == ("essai--s1", "essai")


def test_a_right_row_is_taken_as_it_is(check: Check) -> None:
    verdict = check(
        "service", thematiques=["mobilite--preparer-un-permis"], frais="gratuit", courriel="Aide@Exemple.fr"
    )
    assert verdict.mendings == ()
    assert values(verdict)["courriel"] == "Aide@Exemple.fr"
    assert values(verdict)["thematiques"] == ["mobilite--preparer-un-permis"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("courriel", "pas une adresse"),
        ("telephone", "demander à l'accueil"),
        ("horaires_accueil", "du lundi au vendredi sauf le mardi"),
        ("lien_source", "javascript:alert(1)"),
        ("lien_source", "http://"),
        ("type", "je-ne-sais-pas"),
        ("frais", 12),
        ("nombre_semaines", 0),
        ("nombre_semaines", 2.5),
        ("volume_horaire_hebdomadaire", -1),
        ("volume_horaire_hebdomadaire", float("nan")),
        ("code_postal", "26"),
        ("code_insee", "99999"),
        ("publics", ["martiens"]),
        ("thematiques", "{"),
        ("commune", {"nom": "Die"}),
        ("adresse", "x" * 10_001),
    ],
)
def test_an_optional_value_that_is_wrong_is_taken_out_and_told(check: Check, field: str, wrong: Any) -> None:
    verdict = check("service", **{field: wrong})
    assert field not in values(verdict)
    assert mended(verdict) == {field}


def test_an_empty_value_is_no_value_and_no_fault(check: Check) -> None:
    verdict = check("service", frais="", publics=[], thematiques="[]", telephone=" ", zone_eligibilite=[])
    assert verdict.mendings == ()
    assert values(verdict).keys() == {"structure_id", "nom", "description", "date_maj"}


def test_a_day_written_the_french_way_is_read(check: Check) -> None:
    verdict = check("service", date_maj="03/04/2025")
    assert str(values(verdict)["date_maj"]) == "2025-04-03"
    assert mended(verdict) == {"date_maj"}


def test_an_hour_beside_the_day_is_left_aside(check: Check) -> None:
    assert str(values(check("service", date_maj="2025-04-03T10:00:00+02:00"))["date_maj"]) == "2025-04-03"


def test_a_code_given_as_a_number_is_text(check: Check) -> None:
    assert (
        values(check("structure", id=12.0, code_postal=26150.0, code_insee=26113))["code_postal"] == "26150"
    )


def test_a_day_is_in_the_future_by_the_clock_that_is_given() -> None:
    tomorrow = RowChecker(load_communes(), today=date(2999, 1, 2))
    assert tomorrow.check("service", 1, {**ROWS["service"], "date_maj": "2999-01-02"}).record
    assert tomorrow.check("service", 1, {**ROWS["service"], "date_maj": "2999-01-03"}).refusal


def test_a_source_fills_the_rows_that_have_none() -> None:
    filling = RowChecker(load_communes(), today=TODAY, source="reprise")
    given = filling.check("structure", 1, ROWS["structure"]).record
    filled = filling.check("structure", 1, {**ROWS["structure"], "source": ""}).record
    assert given is not None
    assert filled is not None
    assert (given.source, filled.source) == ("essai", "reprise")


def test_columns_that_are_not_ours_are_passed_over(check: Check) -> None:
    assert "_di_surrogate_id" not in values(check("service", _di_surrogate_id="x"))
