"""ProConnect: an honest provider lets its people in; a hostile one is refused, whatever it tries."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from directory.accounts.oidc import Provider as Ours
from tests.accounts.conftest import Browser, Town
from tests.accounts.provider import CLIENT, SECRET, Provider, serving

TRICKS = (
    "state", "nonce", "audience", "audiences", "issuer", "issuer of the answer", "expired", "issued long ago",
    "access token", "nobody", "alg none", "alg of a secret", "embedded key", "address of keys", "another key",
    "somebody else", "no address",
)  # fmt: skip


@pytest.fixture(scope="module")
def keys() -> Provider:
    return Provider()


@pytest.fixture
def provider(keys: Provider, town: Town) -> Iterator[Provider]:
    made = Provider(key=keys.key, other=keys.other, now=town.now.timestamp())
    with serving(made):
        town.jalon.provider = Ours(made.address, CLIENT, SECRET, clock=lambda: town.now.timestamp())  # noqa: PLW0108  (the clock moves on)
        yield made


def go(browser: Browser, provider: Provider) -> dict[str, str]:
    """Press the button; what the provider's page would bring back."""
    away = browser.post("/proconnect/connexion", form_at="/connexion")
    assert away.status_code == 303
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away.location).query).items()}
    assert asked["redirect_uri"].endswith("/proconnect/retour")
    return provider.authorize(asked)


def back(browser: Browser, answer: dict[str, str]) -> TestResponse:
    return browser.get(f"/proconnect/retour?{urlencode(answer)}")


def test_somebody_known_by_address_comes_in_and_stays_known_by_identity(
    town: Town, provider: Provider
) -> None:
    town.person("agent@exemple.fr")
    browser = town.browser()
    assert back(browser, go(browser, provider)).location == "/compte"
    assert browser.is_in()
    provider.person["email"] = "nouvelle.adresse@exemple.fr"  # the address changed, the identity did not
    again = town.browser()
    back(again, go(again, provider))
    assert again.is_in()


def test_the_second_proof_is_asked_here_unless_the_provider_saw_it(town: Town, provider: Provider) -> None:
    town.person("agent@exemple.fr", "counsellor", town.organisation())
    browser = town.browser()
    assert back(browser, go(browser, provider)).location == "/connexion/code"
    assert not browser.is_in()
    provider.claims["amr"] = ["pwd", "mfa"]
    twice = town.browser()
    back(twice, go(twice, provider))
    assert twice.is_in()


def test_leaving_leaves_the_provider_too(town: Town, provider: Provider) -> None:
    town.person("agent@exemple.fr")
    browser = town.browser()
    back(browser, go(browser, provider))
    left = browser.post("/deconnexion", form_at="/compte")
    assert left.location.startswith(f"{provider.address}/logout?id_token_hint=")
    assert not browser.is_in()


@pytest.mark.parametrize("trick", TRICKS)
def test_a_hostile_answer_is_refused(town: Town, provider: Provider, trick: str) -> None:
    town.person("agent@exemple.fr")
    browser = town.browser()
    provider.trick = trick
    refused = back(browser, go(browser, provider))
    assert refused.status_code == 401
    assert not browser.is_in()


def test_an_answer_serves_once_and_only_in_the_browser_that_asked(town: Town, provider: Provider) -> None:
    town.person("agent@exemple.fr")
    browser, thief = town.browser(), town.browser()
    answer = go(browser, provider)
    cookies = browser.client.get_cookie("session")
    assert cookies is not None
    assert back(thief, answer).status_code == 410  # another browser
    back(browser, answer)
    assert browser.is_in()
    replay = town.browser()
    replay.client.set_cookie("session", cookies.value)
    assert back(replay, answer).status_code == 410  # the same answer again, with the same cookie
    assert not replay.is_in()


def test_a_code_is_worth_nothing_without_its_verifier(town: Town, provider: Provider) -> None:
    town.person("agent@exemple.fr")
    victim, thief = town.browser(), town.browser()
    stolen = go(victim, provider)["code"]
    own = go(thief, provider)
    assert back(thief, own | {"code": stolen}).status_code == 401
    assert not thief.is_in()


def test_nobody_comes_in_without_an_account(town: Town, provider: Provider) -> None:
    browser = town.browser()
    refused = back(browser, go(browser, provider))
    assert refused.status_code == 401
    assert "invitation" in refused.get_data(as_text=True)


def test_a_provider_under_another_name_or_away_is_refused(town: Town, provider: Provider) -> None:
    provider.trick = "another name"
    assert town.browser().post("/proconnect/connexion", form_at="/connexion").status_code == 401
    town.jalon.provider = Ours("http://127.0.0.1:9", CLIENT, SECRET)
    assert town.browser().post("/proconnect/connexion", form_at="/connexion").status_code == 401


def test_without_a_provider_there_is_no_button(town: Town) -> None:
    assert "ProConnect" not in town.browser().get("/connexion").get_data(as_text=True)
    assert town.browser().post("/proconnect/connexion", form_at="/connexion").status_code == 404
