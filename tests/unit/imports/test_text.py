"""Descriptions become plain text that can be stored and shown."""

import pytest

from directory.imports.checks.text import plain_text
from tests.unit.imports.conftest import Check
from tests.unit.imports.test_rows_of_the_schema import mended, values


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
        ("Bonjour<script>alert(1)</script> à tous", "Bonjour à tous"),
        ("Pain &amp; vin", "Pain & vin"),
        ("moins de <18 ans, 3 < 4 & 5 > 2", "moins de <18 ans, 3 < 4 & 5 > 2"),
        ("<b>gras", "gras"),
        ("R&D", "R&D"),
    ],
)
def test_html_is_read_as_a_reader_sees_it(written: str, read: str) -> None:
    assert plain_text(written) == read


def test_html_taken_out_is_told(check: Check) -> None:
    verdict = check("service", description="<p>Une aide <b>rapide</b>.</p>")
    assert values(verdict)["description"] == "Une aide rapide."
    assert mended(verdict) == {"description"}


def test_what_cannot_be_shown_is_taken_out_and_told(check: Check) -> None:
    verdict = check("service", nom="Aide\x00 au \ud800permis\u202e")
    assert values(verdict)["nom"] == "Aide au permis"
    assert mended(verdict) == {"nom"}


def test_spaces_around_are_no_fault(check: Check) -> None:
    verdict = check("service", nom="  Aide au permis \n")
    assert values(verdict)["nom"] == "Aide au permis"
    assert verdict.mendings == ()


def test_a_line_end_inside_a_description_stays(check: Check) -> None:
    assert values(check("service", description="Lundi.\r\nMardi.\tMercredi."))["description"].count("\n") == 1
