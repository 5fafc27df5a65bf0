"""Habits that only a real browser shows: what is told, what comes back, what stays where it was."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.needs("chromium")]

LIST = "/recherche?q=garde+d%27enfants&lieu=Romans-sur-Is%C3%A8re+(26100)"


def options_for(page: Page, home: str, place: str = "Die (26150)") -> None:
    """An interview about moving around, its options shown."""
    page.goto(f"{home}/entretien")
    page.fill("#lieu", place)
    page.check("#contrainte-mobilite")
    page.locator("#options .card-option").first.wait_for()


def test_a_commune_chosen_in_the_list_counts_at_once(page: Page, home: str) -> None:
    page.goto(f"{home}/recherche")
    page.locator("#lieu").press_sequentially("saint-jean-en", delay=30)
    chosen = page.locator("datalist option[value^='Saint-Jean-en-Royans']")
    chosen.wait_for(state="attached")
    # What Chromium does when a suggestion is clicked, which no driver can click.
    page.evaluate(
        """(label) => {
            const box = document.getElementById('lieu');
            box.value = label;
            box.dispatchEvent(new InputEvent('input', {bubbles: true, inputType: 'insertReplacementText'}));
        }""",
        chosen.get_attribute("value"),
    )
    expect(page.locator("#bilan")).to_contain_text("autour de Saint-Jean-en-Royans")
    assert "lieu=Saint-Jean-en-Royans" in page.url


def test_the_address_pushed_is_the_short_one(page: Page, home: str) -> None:
    page.goto(f"{home}/recherche")
    page.check("#kind-training")
    page.wait_for_url("**/recherche?*")
    assert page.url == f"{home}/recherche?kind=training"


def test_back_and_forward_restore_list_and_ticks_together(page: Page, home: str) -> None:
    page.goto(home + LIST)
    page.check("#kind-service")
    page.wait_for_url("**kind=service*")
    page.locator("summary", has_text="Prix").click()
    page.check("#frais-gratuit")
    page.wait_for_url("**frais=gratuit*")
    both = page.locator("#bilan").inner_text()
    page.go_back()
    page.wait_for_url(lambda url: "frais" not in url)
    expect(page.locator("#frais-gratuit")).not_to_be_checked()
    expect(page.locator("#kind-service")).to_be_checked()
    page.go_forward()
    expect(page.locator("#bilan")).to_have_text(both)
    expect(page.locator("#frais-gratuit")).to_be_checked()


def test_a_category_ticked_unfolds_its_needs_and_unticked_takes_them_away(page: Page, home: str) -> None:
    page.goto(f"{home}/recherche?lieu=Die")
    page.check("#thematiques-mobilite")
    finer = page.locator("#sous-mobilite input:visible").first
    finer.wait_for()
    told = page.locator(f"#n-{finer.get_attribute('id')}").inner_text().split()[0]
    finer.check()
    expect(page.locator("#bilan")).to_have_text(re.compile(rf"^{told} résultat"))
    page.uncheck("#thematiques-mobilite")
    page.wait_for_url(lambda url: "thematiques" not in url)
    expect(page.locator("#sous-mobilite input")).to_have_count(0)


def test_emptying_the_place_searches_everywhere(page: Page, home: str) -> None:
    page.goto(home + LIST)
    expect(page.locator("#rayon")).to_be_visible()
    page.fill("#lieu", "")
    page.press("#lieu", "Enter")
    expect(page.locator("#bilan")).not_to_contain_text("autour")
    expect(page.locator("#rayon")).to_be_hidden()
    assert "lieu" not in page.url
    assert "radius" not in page.url


def test_what_changes_is_announced_and_titled(page: Page, home: str) -> None:
    page.goto(home + LIST)
    page.check("#kind-training")
    expect(page.locator("#annonce")).to_contain_text(re.compile(r"\d+ résultat"))
    expect(page).to_have_title(re.compile(r"^\d+ résultat"))
    assert page.locator("#annonce").get_attribute("role") == "status"


def test_a_misspelt_commune_is_told_beside_its_box_and_mended_in_one_click(page: Page, home: str) -> None:
    options_for(page, home)
    page.fill("#lieu", "Montelimarr")
    page.press("#lieu", "Enter")
    expect(page.locator("#lieu-faute")).to_contain_text("Montelimarr")
    expect(page.locator("#lieu")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Montélimar (26200)").click()
    page.locator("#options .card-option").first.wait_for()
    expect(page.locator("#lieu")).to_have_value("Montélimar (26200)")
    expect(page.locator("#lieu-faute")).to_be_empty()
    expect(page.locator("#contrainte-mobilite")).to_be_checked()


def test_an_option_put_away_leaves_and_comes_back(page: Page, home: str) -> None:
    options_for(page, home)
    first = page.locator("#options h3 a").first.inner_text().split("(nouvel")[0].strip()
    page.check("#refus-1")
    away = page.locator(".away label").first
    expect(away).to_have_text(first)
    expect(page.locator("#options h3 a").first).not_to_contain_text(first)
    away.click()
    expect(page.locator("#options h3 a").first).to_contain_text(first)
    expect(page.locator(".away")).to_have_count(0)


def test_a_wider_limit_is_taken_in_one_click_and_written_in_its_box(page: Page, home: str) -> None:
    options_for(page, home, "Romans-sur-Isère (26100)")
    page.check("#contrainte-famille")
    page.check("#mode-transports-en-commun")
    page.select_option("#minutes", "30")
    wider = page.locator("button[name=accepter][value^='minutes:']").first
    wider.wait_for()
    minutes = str(wider.get_attribute("value")).split(":")[1]
    wider.click()
    expect(page.locator("#minutes")).to_have_value(minutes)


def test_nothing_about_the_person_ever_stands_in_an_address(page: Page, home: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    options_for(page, home)
    page.locator("#lieu").fill("")
    page.locator("#lieu").press_sequentially("nyo", delay=30)
    page.locator("#lieu-liste option").first.wait_for(state="attached")
    page.locator("#metier").press_sequentially("bouch", delay=30)
    page.locator("#metier-liste option").first.wait_for(state="attached")
    page.check("#refus-1")
    page.locator(".away").wait_for()
    assert not [one for one in asked if "?" in one and "/static/" not in one]
    assert page.url == f"{home}/entretien"


def test_a_session_that_ends_loses_nothing(chromium: Browser, home: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    options_for(page, home)
    context.clear_cookies()
    page.check("#contrainte-famille")
    expect(page.locator("#options")).to_contain_text("Rien de ce que vous avez coché n’est perdu")
    page.check("#contrainte-sante")
    page.locator("#options .card-option").first.wait_for()
    for one in ("mobilite", "famille", "sante"):
        expect(page.locator(f"#contrainte-{one}")).to_be_checked()
    context.close()


def test_a_request_that_does_not_arrive_is_told(chromium: Browser, home: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(home + LIST)
    context.set_offline(True)
    page.check("#kind-training")
    expect(page.locator("#panne")).to_be_visible()
    context.set_offline(False)
    page.uncheck("#kind-training")
    expect(page.locator("#panne")).to_be_hidden()
    context.close()


def test_at_most_one_request_is_in_flight(page: Page, home: str) -> None:
    options_for(page, home)
    # Counted inside the page: what a driver is told of requests comes in no sure order.
    most = page.evaluate(
        """async () => {
            let flying = 0, most = 0;
            const send = XMLHttpRequest.prototype.send;
            XMLHttpRequest.prototype.send = function (body) {
                most = Math.max(most, ++flying);
                this.addEventListener('loadend', () => { flying--; });
                return send.call(this, body);
            };
            for (const code of ['numerique', 'famille', 'sante', 'difficultes-financieres']) {
                document.getElementById('contrainte-' + code).click();
                await new Promise((done) => setTimeout(done, 65));
            }
            return new Promise((done) => setInterval(() => { if (!flying) done(most); }, 50));
        }"""
    )
    expect(page.locator(".coverage li")).to_have_count(5)
    assert most == 1


def test_on_a_phone_the_options_are_one_tap_away(chromium: Browser, home: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    options_for(page, home)
    way = page.locator("#vers a")
    expect(way).to_be_in_viewport()
    way.tap()
    expect(page.locator("#bilan")).to_be_in_viewport()
    page.goto(home + LIST)
    expect(page.locator("#resultats")).to_be_in_viewport()
    expect(page.locator("#kind-training")).to_be_hidden()
    page.locator(".filters > summary").tap()
    page.locator("#kind-training").check()
    expect(page.locator("#vers")).to_contain_text("Voir")
    context.close()


def test_the_loading_note_waits_before_it_shows(page: Page, home: str) -> None:
    page.goto(home + LIST)
    delay = page.evaluate(
        """() => {
            const note = document.getElementById('attente');
            note.classList.add('htmx-request');
            return getComputedStyle(note).transitionDelay;
        }"""
    )
    assert delay == "0.3s"
