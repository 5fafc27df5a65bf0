"""The pages in a real browser: answers as one ticks, true addresses, no need of a mouse or of scripts."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.needs("chromium")]

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LIST = "/recherche?q=garde+d%27enfants&lieu=Romans-sur-Is%C3%A8re+(26100)"
PAGES = {
    "home": "/",
    "list": LIST,
    "nothing found": "/recherche?q=soudure&lieu=Die&radius_km=5&frais=payant",
    "a place misspelt": "/recherche?lieu=Valance",
    "service": "/services/demo-drome--budget-conseil",
    "interview": "/entretien",
    "how": "/comment-ca-marche",
    "lost": "/services/inconnu",
}


def tick_a_situation(page: Page, home: str) -> None:
    """An interview with a place, a way of travelling and two brakes, its options shown."""
    page.goto(f"{home}/entretien")
    page.fill("#lieu", "Die (26150)")
    page.check("#mode-transports-en-commun")
    page.check("#contrainte-mobilite")
    page.check("#contrainte-famille")
    page.locator("#options .card-option").first.wait_for()


def violations(chromium: Browser, home: str, address: str, *, width: int, dark: bool = False) -> Any:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    page = context.new_page()
    if address == "ticked":
        tick_a_situation(page, home)
    else:
        page.goto(home + address)
    page.add_script_tag(path=AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    context.close()
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("name", [*PAGES, "ticked"])
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, False), (1280, True)])
def test_axe_finds_nothing_to_say(chromium: Browser, home: str, name: str, width: int, dark: bool) -> None:
    assert violations(chromium, home, PAGES.get(name, "ticked"), width=width, dark=dark) == []


@pytest.mark.parametrize("name", [*PAGES, "ticked"])
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_sticks_out_sideways(chromium: Browser, home: str, name: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    if name == "ticked":
        tick_a_situation(page, home)
    else:
        page.goto(home + PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_options_change_as_one_ticks_and_the_address_tells_nothing(page: Page, home: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    tick_a_situation(page, home)
    before = page.locator("#options .card-option h3").all_inner_texts()
    page.check("#contrainte-numerique")
    page.check("#priorite-numerique")
    expect(page.locator("#options .card-option h3").first).not_to_have_text(before[0])
    assert page.locator("#options .card-option h3").all_inner_texts() != before
    assert page.url == f"{home}/entretien"
    assert all("numerique" not in one and "Die" not in one for one in asked if "completer" not in one)


def test_ticking_answers_in_less_than_300_ms(page: Page, home: str) -> None:
    tick_a_situation(page, home)
    spent = []
    for box in ("#contrainte-sante", "#contrainte-numerique", "#contrainte-logement-hebergement"):
        with page.expect_response("**/entretien") as waited:
            page.check(box)
        timing = waited.value.request.timing
        spent.append(timing["responseStart"] - timing["requestStart"])
    assert sorted(spent)[1] < 300


def test_a_facet_narrows_the_list_in_place_and_back_restores_it(page: Page, home: str) -> None:
    page.goto(home + LIST)
    before = page.locator("#bilan").inner_text()
    page.locator("input[name=kind][value=training]").check()
    expect(page.locator("#bilan")).not_to_have_text(before)
    assert "kind=training" in page.url
    shared = page.url
    narrowed = page.locator("#resultats h3").all_inner_texts()
    page.go_back()
    expect(page.locator("#bilan")).to_contain_text(before.split()[0])
    page.goto(shared)
    assert page.locator("#resultats h3").all_inner_texts() == narrowed


def test_a_count_says_what_a_click_shows(page: Page, home: str) -> None:
    page.goto(home + LIST)
    box = page.locator("input[name=thematiques][value=famille]")
    told = page.locator("#n-thematiques-famille").inner_text()
    box.check()
    expect(page.locator("#bilan")).to_contain_text(told.strip())


def test_places_complete_as_one_types(page: Page, home: str) -> None:
    page.goto(f"{home}/recherche")
    page.locator("#lieu").press_sequentially("saint-jean-en", delay=30)
    expect(page.locator("datalist option[value^='Saint-Jean-en-Royans']")).to_have_count(1)


def test_from_the_home_to_a_sheet_and_back_by_keyboard_alone(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#contenu"
    page.focus("#q")
    page.keyboard.type("crèche")
    page.keyboard.press("Tab")
    page.keyboard.type("Valence (26000)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?*")
    page.locator("#resultats h3 a").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/services/**")
    page.get_by_role("link", name="Retour").first.press("Enter")
    page.wait_for_url("**/recherche?*")


def test_the_interview_is_answered_by_keyboard(page: Page, home: str) -> None:
    page.goto(f"{home}/entretien")
    page.focus("#lieu")
    page.keyboard.type("Nyons (26110)")
    page.focus("#contrainte-numerique")
    page.keyboard.press("Space")
    page.locator("#options .card-option").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "contrainte-numerique"


def test_without_scripts_the_list_and_the_interview_answer(chromium: Browser, home: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    page.fill("#q", "permis b")
    page.fill("#lieu", "Valence")
    page.get_by_role("button", name="Chercher").click()
    assert page.locator("#resultats h3").count() > 0
    page.goto(f"{home}/entretien")
    page.fill("#lieu", "Valence")
    page.check("#contrainte-mobilite")
    page.get_by_role("button", name="Voir les options").first.click()
    assert page.locator("#options .card-option").count() > 0
    assert page.is_checked("#contrainte-mobilite")
    context.close()
