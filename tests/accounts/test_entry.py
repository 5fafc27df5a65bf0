"""The way in and the way out."""

import re

import pyotp
import pytest

from directory.accounts import organisations, people, visits
from tests.accounts.conftest import PASSWORD, Town, link_in


def test_a_password_opens_and_leaving_closes(town: Town) -> None:
    town.person("a@exemple.fr")
    browser = town.browser()
    assert browser.sign_in("A@exemple.fr ").location == "/compte"
    assert "Camille Bois" in browser.get("/compte").get_data(as_text=True)
    kept = browser.client.get_cookie("jalon")
    assert kept is not None
    assert kept.http_only
    assert kept.same_site == "Lax"
    browser.post("/deconnexion", form_at="/compte")
    assert not browser.is_in()
    browser.client.set_cookie("jalon", kept.value)  # the cookie alone opens nothing any more
    assert not browser.is_in()


def test_a_wrong_password_and_an_unknown_address_are_told_alike(town: Town) -> None:
    town.person("a@exemple.fr")
    known = town.browser().sign_in("a@exemple.fr", "une autre phrase")
    unknown = town.browser().sign_in("b@exemple.fr", "une autre phrase")
    assert known.status_code == unknown.status_code == 401
    pages = [one.get_data(as_text=True) for one in (known, unknown)]
    assert "ne convient pas" in pages[0]
    cleaned = [re.sub(r'(csrf_token" value=")[^"]+|[ab]@exemple', r"\1", page) for page in pages]
    assert cleaned[0] == cleaned[1]


def test_the_sixth_try_in_a_quarter_of_an_hour_waits_even_with_the_right_password(town: Town) -> None:
    town.person("a@exemple.fr")
    browser = town.browser()
    for _ in range(5):
        assert browser.sign_in("a@exemple.fr", "une autre phrase").status_code == 401
    refused = browser.sign_in("a@exemple.fr")
    assert refused.status_code == 429
    assert "attendez" in refused.get_data(as_text=True)
    town.pass_time(minutes=16)
    assert browser.sign_in("a@exemple.fr").status_code == 303


def test_a_role_that_sees_people_asks_for_a_second_proof_the_first_time(town: Town) -> None:
    place = town.organisation()
    with town.jalon.database.writing() as session:
        person = people.add(session, "c@exemple.fr", "Noor Haddad", town.now)
        people.set_password(session, person, PASSWORD, town.now)
        organisations.join(session, person, place, "counsellor", town.now, granted_by=None)
    browser = town.browser()
    assert browser.sign_in("c@exemple.fr").location == "/connexion/second-facteur"
    assert not browser.is_in()
    page = browser.get("/connexion/second-facteur").get_data(as_text=True)
    secret = re.search(r'class="secret">(\w+)<', page)
    assert secret
    assert "<svg" in page
    assert browser.post("/connexion/second-facteur", code="000000").status_code == 401
    done = browser.post("/connexion/second-facteur", code=pyotp.TOTP(secret.group(1)).at(town.now))
    codes = re.findall(r"<code>([0-9a-f-]{14})</code>", done.get_data(as_text=True))
    assert len(codes) == 8
    assert browser.is_in()

    # The next visit: the code just used opens no second time, a recovery code opens once.
    other = town.browser()
    assert other.post("/connexion", courriel="c@exemple.fr", password=PASSWORD).location == "/connexion/code"
    same = other.post("/connexion/code", code=pyotp.TOTP(secret.group(1)).at(town.now))
    assert same.status_code == 401
    assert other.post("/connexion/code", code=codes[0]).status_code == 303
    again = town.browser()
    again.post("/connexion", courriel="c@exemple.fr", password=PASSWORD)
    assert again.post("/connexion/code", code=codes[0]).status_code == 401


def test_the_second_page_alone_opens_nothing(town: Town) -> None:
    browser = town.browser()
    assert browser.get("/connexion/code").location == "/connexion"
    assert browser.get("/connexion/second-facteur").location == "/connexion"


def test_a_link_by_mail_opens_once_and_for_half_an_hour(town: Town) -> None:
    town.person("e@exemple.fr", "employer", town.organisation("employer", "Boulangerie Bel Air"))
    browser = town.browser()
    browser.post("/connexion/lien", courriel="e@exemple.fr")
    browser.post("/connexion/lien", courriel="inconnu@exemple.fr")
    [mail] = town.mails()
    link = link_in(mail)
    assert browser.get(link).status_code == 200  # a mail reader that opens it uses nothing
    assert browser.post(link).status_code == 303
    assert browser.is_in()
    assert town.browser().get(link).status_code == 410

    browser.post("/connexion/lien", courriel="e@exemple.fr")
    late = link_in(town.mails()[-1])
    town.pass_time(minutes=31)
    assert town.browser().get(late).status_code == 410


def test_the_page_asked_for_comes_after_and_never_elsewhere(town: Town) -> None:
    town.person("a@exemple.fr")
    browser = town.browser()
    assert browser.get("/compte").location == "/connexion?suite=/compte"
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        again = town.browser()
        answer = again.post("/connexion", courriel="a@exemple.fr", password=PASSWORD, suite=elsewhere)
        assert answer.location == "/compte"


@pytest.mark.parametrize("span", [{"minutes": 31}, {"hours": 12, "minutes": 1}])
def test_a_visit_ends_by_itself(town: Town, span: dict[str, float]) -> None:
    town.person("a@exemple.fr")
    browser = town.browser()
    browser.sign_in("a@exemple.fr")
    left = span.get("hours", 0) * 60 + span["minutes"]
    while left > 20 and "hours" in span:  # in use all the while
        town.pass_time(minutes=20)
        left -= 20
        browser.get("/compte")
    town.pass_time(minutes=left)
    assert not browser.is_in()


def test_disabling_a_new_password_and_ending_from_elsewhere_close_at_once(town: Town) -> None:
    person = town.person("a@exemple.fr")
    first, second = town.browser(), town.browser()
    for one in (first, second):
        one.sign_in("a@exemple.fr")
    with town.jalon.database.sessions() as session:
        listed = visits.listed(session, person, town.now)
    assert len(listed) == 2
    page = first.get("/compte").get_data(as_text=True)
    [other] = re.findall(r"/compte/visites/([\w-]+)/fin", page)
    first.post(f"/compte/visites/{other}/fin", form_at="/compte")
    assert first.is_in()
    assert not second.is_in()
    second.sign_in("a@exemple.fr")
    changed = first.post(
        "/compte/mot-de-passe", form_at="/compte", old=PASSWORD, password="quatre pies bavardes"
    )
    assert changed.status_code == 303
    assert not first.is_in()
    assert not second.is_in()
    second.sign_in("a@exemple.fr", "quatre pies bavardes")
    assert second.is_in()
    with town.jalon.database.writing() as session:
        people.disable(session, person, town.now)
    assert not second.is_in()
    assert second.sign_in("a@exemple.fr", "quatre pies bavardes").status_code == 401


def test_a_form_without_its_token_changes_nothing(town: Town) -> None:
    town.person("a@exemple.fr")
    answer = town.browser().client.post("/connexion", data={"courriel": "a@exemple.fr", "password": PASSWORD})
    assert answer.status_code == 400
    assert not answer.headers.getlist("Set-Cookie") or "jalon=" not in str(answer.headers)


@pytest.mark.parametrize("weak", ["court", "motdepasse2026", "aaaaaaaaaaaaaaaa", "camillebois2026!"])
def test_a_password_that_would_not_hold_is_refused_in_words(town: Town, weak: str) -> None:
    town.person("a@exemple.fr")
    browser = town.browser()
    browser.sign_in("a@exemple.fr")
    answer = browser.post("/compte/mot-de-passe", form_at="/compte", old=PASSWORD, password=weak)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert browser.is_in()
