"""`/entretien`: ticked without JavaScript, answered in the page, nothing in an address."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

TICKED: dict[str, Any] = {
    "lieu": "Die (26150)",
    "contrainte": ["mobilite", "famille"],
    "priorite": ["mobilite"],
    "mode": ["transports-en-commun"],
    "minutes": "45",
}


def tick(browser: FlaskClient, status: int = 200, *, htmx: bool = False, **form: Any) -> str:
    """Post the form with the token of the page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/entretien").text)
    assert token
    headers = {"HX-Request": "true"} if htmx else {}
    answer = browser.post("/entretien", data={"csrf_token": token[1], **form}, headers=headers)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def test_without_javascript_the_page_comes_back_ticked_with_the_options(browser: FlaskClient) -> None:
    text = tick(browser, **TICKED)
    assert "<html" in text
    assert re.search(r'value="mobilite"[^>]*checked|checked[^>]*value="mobilite"', text)
    assert len(re.findall(r"Ne convient pas", text)) >= 5
    assert "Répond au besoin" in text


def test_the_block_for_htmx_is_the_same_part_of_the_page(browser: FlaskClient) -> None:
    part = re.compile(r'<section[^>]*id="options".*?</section>', re.DOTALL)
    whole, block = part.search(tick(browser, **TICKED)), part.search(tick(browser, htmx=True, **TICKED))
    assert whole
    assert block
    assert block[0] == whole[0]


def test_a_place_alone_is_not_enough_and_the_page_says_what_is(browser: FlaskClient) -> None:
    assert "Ne convient pas" not in tick(browser, lieu="Die (26150)")


def test_an_unknown_place_is_said_and_nothing_ticked_is_lost(browser: FlaskClient) -> None:
    text = tick(browser, 422, **{**TICKED, "lieu": "Xyzabc"})
    assert "Xyzabc" in text
    assert re.search(r'value="famille"[^>]*checked|checked[^>]*value="famille"', text)


@pytest.mark.parametrize(
    "form", [{"minutes": "x"}, {"age": "douze"}, {"disponible": "demain"}, {"public": ["martiens"]}]
)
def test_a_forged_value_never_breaks_the_page(browser: FlaskClient, form: dict[str, Any]) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/entretien").text)
    assert token
    answer = browser.post("/entretien", data={"csrf_token": token[1], **TICKED, **form})
    assert answer.status_code in {200, 422}


def test_a_refused_option_stays_away_and_can_come_back(browser: FlaskClient) -> None:
    first = tick(browser, **TICKED)
    refused = re.findall(r'name="refus" value="([^"]+)"|value="([^"]+)"[^>]*name="refus"', first)[0]
    option = refused[0] or refused[1]
    shown = f'id="refus-[^"]*"[^>]*value="{re.escape(option)}"'
    put_away = f'id="cote-[^"]*"[^>]*value="{re.escape(option)}"'
    assert re.search(shown, first)
    then = tick(browser, **TICKED, refus=[option])
    assert not re.search(shown, then)
    assert re.search(put_away, then)


def test_without_its_token_a_post_is_refused_with_a_page(browser: FlaskClient) -> None:
    answer = browser.post("/entretien", data=TICKED)
    assert answer.status_code == 400
    assert "<html" in answer.text
