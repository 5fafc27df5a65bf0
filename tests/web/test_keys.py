"""The key that signs cookies is changed while pages are open."""

import re
from collections.abc import Callable
from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from flask.testing import FlaskClient

from directory.wiring import Jalon
from tests.houses import SECRET, client_of

FORM = {"lieu": "Die (26150)", "contrainte": ["mobilite"]}
NEW = "another-key-for-tests-that-opens-nothing"


@pytest.fixture
def after(demo_house: Jalon) -> Callable[..., FlaskClient]:
    """The same house once its key was changed."""

    def changed(*former: str) -> FlaskClient:
        settings = replace(demo_house.settings, secret_key=NEW, secret_key_fallbacks=former)
        house = Jalon(settings, clock=demo_house.clock)
        house.__dict__.update(engine=demo_house.engine, database=demo_house.database)
        return client_of(house)

    return changed


def open_page(browser: FlaskClient) -> tuple[str, str]:
    """The cookie and the token of the interview's page."""
    page = browser.get("/entretien")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    return SimpleCookie(page.headers["Set-Cookie"])["session"].value, token[1]


@pytest.mark.parametrize(("former", "status"), [((SECRET,), 200), ((NEW[::-1], SECRET), 200), ((), 400)])
def test_a_page_open_when_the_key_changes_can_be_sent_while_the_former_one_is_kept(
    browser: FlaskClient, after: Callable[..., FlaskClient], former: tuple[str, ...], status: int
) -> None:
    cookie, token = open_page(browser)
    later = after(*former)
    later.set_cookie("session", cookie)
    assert later.post("/entretien", data={"csrf_token": token, **FORM}).status_code == status


def test_a_former_key_makes_no_token_good_for_another_session(
    browser: FlaskClient, after: Callable[..., FlaskClient]
) -> None:
    cookie, _ = open_page(browser)
    browser.delete_cookie("session")
    _, stranger = open_page(browser)
    later = after(SECRET)
    later.set_cookie("session", cookie)
    assert later.post("/entretien", data={"csrf_token": stranger, **FORM}).status_code == 400
