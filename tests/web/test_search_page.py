"""`/recherche` and the sheets, as a browser without JavaScript and htmx see them."""

import re

import pytest
from flask.testing import FlaskClient

HTMX = {"HX-Request": "true"}
LIST = "/recherche?q=garde+d%27enfants&lieu=Romans-sur-Is%C3%A8re+(26100)&radius_km=30"
#: The part of the page that a change of the form replaces.
RESULTS = re.compile(r'<section[^>]*id="resultats".*?</section>', re.DOTALL)


def page(browser: FlaskClient, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.text[:400]
    return answer.text


def results_of(text: str) -> str:
    found = RESULTS.search(text)
    assert found, text[:400]
    return found[0]


def test_the_fragment_is_the_same_part_of_the_full_page(browser: FlaskClient) -> None:
    whole = results_of(page(browser, LIST))
    fragment = browser.get(LIST, headers=HTMX).text
    assert "<html" not in fragment
    assert results_of(fragment) == whole


def test_a_restored_history_gets_the_whole_page(browser: FlaskClient) -> None:
    answer = browser.get(LIST, headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_the_page_says_what_the_api_counts(browser: FlaskClient) -> None:
    total = browser.get("/api/v1/search?q=garde+d%27enfants&code_insee=26281&radius_km=30").json
    assert total
    assert f"{total['total']} résultats" in re.sub(r"<[^>]+>|\s+", " ", page(browser, LIST)).replace(
        "  ", " "
    )


def test_what_was_typed_stays_in_the_form(browser: FlaskClient) -> None:
    text = page(browser, LIST)
    assert "garde d&#39;enfants" in text
    assert 'value="Romans-sur-Isère (26100)"' in text


@pytest.mark.parametrize(
    "query",
    [
        "lieu=Valance",
        "radius_km=-3&lieu=Valence",
        "kind=velo",
        "page=0",
        "sort=hasard",
        "available_from=hier",
    ],
)
def test_a_value_that_makes_no_sense_is_said_in_the_page(browser: FlaskClient, query: str) -> None:
    assert 'role="alert"' in page(browser, f"/recherche?{query}", 422)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=%00",
        "q=" + "a" * 900,
        "utm_source=lettre",
        "q=%22%27%26%3A*(%5B",
        "lieu=&radius_km=30",
        "q=de+la",
    ],
)
def test_any_other_query_string_gives_a_page(browser: FlaskClient, query: str) -> None:
    page(browser, f"/recherche?{query}")


def test_nothing_found_names_the_filters_and_what_each_gives_back(browser: FlaskClient) -> None:
    text = results_of(page(browser, "/recherche?q=soudure&lieu=Die&radius_km=5&frais=payant"))
    ways_out = re.findall(r'href="(/recherche\?[^"]+)"', text)
    assert ways_out
    for address in ways_out:
        assert results_of(page(browser, address.replace("&amp;", "&"))).count("<h3") > 0


def test_pages_share_nothing_and_cover_the_list(browser: FlaskClient) -> None:
    seen: list[str] = []
    first = page(browser, "/recherche?thematiques=famille&lieu=Valence&radius_km=100")
    last = max(map(int, re.findall(r"page=(\d+)", first)), default=1)
    for number in range(1, last + 1):
        text = results_of(
            page(browser, f"/recherche?thematiques=famille&lieu=Valence&radius_km=100&page={number}")
        )
        seen += re.findall(r'<h3[^>]*>\s*(?:<[^>]+>)*?<a href="([^"]+)"', text)
    assert len(seen) > 20
    assert len(seen) == len(set(seen))


def test_every_sheet_of_a_list_opens_and_leads_back(browser: FlaskClient) -> None:
    text = results_of(page(browser, "/recherche?lieu=Die&radius_km=30"))
    addresses = set(re.findall(r'href="(/(?:services|immersions|formations)/[^"]+)"', text))
    assert len(addresses) >= 15
    for address in addresses:
        answer = browser.get(address, headers={"Referer": f"http://localhost{LIST}"})
        assert answer.status_code == 200
        assert LIST.replace("&", "&amp;") in answer.text


def test_the_address_of_another_kind_leads_to_the_right_one(browser: FlaskClient) -> None:
    answer = browser.get("/immersions/demo-drome--budget-conseil")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/services/demo-drome--budget-conseil")


def test_a_sheet_that_never_was_is_a_page_with_a_way_on(browser: FlaskClient) -> None:
    assert "/recherche" in page(browser, "/services/inconnu", 404)


def test_the_address_of_a_refuge_is_never_shown(browser: FlaskClient) -> None:
    text = page(browser, "/services/demo-soliguide--pas-de-cote-ecoute-violences")
    assert "rue" not in text.split("Où")[-1][:300].lower()


def test_every_answer_carries_a_strict_policy_and_no_inline_code(browser: FlaskClient) -> None:
    for address in ("/", LIST, "/entretien", "/comment-ca-marche", "/services/inconnu"):
        answer = browser.get(address)
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", answer.text), address


def test_stamped_files_are_kept_a_year_and_weigh_little(browser: FlaskClient) -> None:
    home = page(browser, "/")
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', home)
    assert files
    weight = len(home.encode())
    for file in set(files):
        answer = browser.get(file.replace("&amp;", "&"), headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        weight += len(answer.data)
    assert weight < 250_000
