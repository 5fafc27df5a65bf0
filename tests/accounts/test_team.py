"""Invitations, teams, requests to join, tokens, the administration: what each may do, and what is refused."""

import re

from directory.accounts import audit, joining, organisations, tokens
from directory.accounts.principal import NOBODY
from tests.accounts.conftest import PASSWORD, Browser, Town, link_in


def enter(town: Town, courriel: str) -> Browser:
    browser = town.browser()
    assert browser.sign_in(courriel).status_code == 303
    return browser


def test_an_invitation_makes_an_account_once(town: Town) -> None:
    place = town.organisation("structure", "Mission locale du Diois")
    town.person("chef@exemple.fr", "structure_manager", place)
    chef = enter(town, "chef@exemple.fr")
    home = f"/compte/equipe/{place}"
    chef.post(f"{home}/invitations", form_at=home, courriel="Nouvelle@exemple.fr", role="counsellor")
    [mail] = town.mails("nouvelle@exemple.fr")
    link = link_in(mail)
    guest = town.browser()
    assert "Mission locale du Diois vous invite" in guest.get(link).get_data(as_text=True)
    weak = guest.post(link, nom="Noor Haddad", password="court")
    assert weak.status_code == 422  # and the invitation still serves
    accepted = guest.post(link, nom="Noor Haddad", password=PASSWORD)
    assert accepted.location == "/connexion/second-facteur"
    assert town.browser().get(link).status_code == 410
    page = chef.get(home).get_data(as_text=True)
    assert "Noor Haddad" in page


def test_a_role_is_given_only_by_who_may_give_it(town: Town) -> None:
    place, other = town.organisation(), town.organisation(nom="Autre structure")
    town.person("conseil@exemple.fr", "counsellor", place)
    town.person("chef@exemple.fr", "structure_manager", place)
    counsellor, chef = enter(town, "conseil@exemple.fr"), enter(town, "chef@exemple.fr")
    refused = counsellor.post(
        f"/compte/equipe/{place}/invitations", form_at="/compte", courriel="x@exemple.fr", role="counsellor"
    )
    assert refused.status_code == 403
    for where, role in ((place, "administrator"), (other, "counsellor")):
        answer = chef.post(
            f"/compte/equipe/{where}/invitations", form_at="/compte", courriel="x@exemple.fr", role=role
        )
        assert answer.status_code == 403
    assert chef.get(f"/compte/equipe/{other}").status_code == 403
    assert town.mails("x@exemple.fr") == []


def test_an_access_that_is_ended_opens_nothing_from_that_moment(town: Town) -> None:
    place = town.organisation()
    town.person("conseil@exemple.fr", "counsellor", place)
    town.person("chef@exemple.fr", "structure_manager", place)
    counsellor, chef = enter(town, "conseil@exemple.fr"), enter(town, "chef@exemple.fr")
    home = f"/compte/equipe/{place}"
    assert counsellor.get(home).status_code == 200
    with town.jalon.database.sessions() as session:
        [one] = [m for m in organisations.members(session, place) if m.courriel == "conseil@exemple.fr"]
    chef.post(f"{home}/membres/{one.id}/fin", form_at=home)
    assert counsellor.get(home).status_code == 403
    with town.jalon.database.sessions() as session:
        assert "ended a membership" in [line.verb for line in audit.read(session)]


def test_a_colleague_asks_to_join_and_a_member_answers(town: Town) -> None:
    place = town.organisation("employer", "Boulangerie Bel Air", siret="12345678200010")
    town.person("patron@exemple.fr", "employer", place)
    with town.jalon.database.writing() as session:
        asked = joining.ask_to_join(session, place, "vendeuse@exemple.fr", "Léa Petit", "employer", town.now)
        again = joining.ask_to_join(session, place, "vendeuse@exemple.fr", "Léa Petit", "employer", town.now)
    assert asked == again
    owner = enter(town, "patron@exemple.fr")
    home = f"/compte/equipe/{place}"
    assert "Léa Petit" in owner.get(home).get_data(as_text=True)
    owner.post(f"{home}/demandes/{asked}", form_at=home, reponse="oui")
    assert [mail.subject for mail in town.mails("vendeuse@exemple.fr")] == [
        "Vous faites partie de Boulangerie Bel Air"
    ]
    town.pass_time(seconds=1)
    newcomer = town.browser()
    newcomer.post("/connexion/lien", courriel="vendeuse@exemple.fr")
    newcomer.post(link_in(town.mails("vendeuse@exemple.fr")[-1]))
    assert "Boulangerie Bel Air" in newcomer.get("/compte").get_data(as_text=True)
    assert owner.post(f"{home}/demandes/{asked}", form_at=home, reponse="non").status_code == 404


def test_a_token_is_shown_once_and_ends_at_once(town: Town) -> None:
    place = town.organisation()
    town.person("chef@exemple.fr", "structure_manager", place)
    chef = enter(town, "chef@exemple.fr")
    home = f"/compte/equipe/{place}"
    page = chef.post(f"{home}/jetons", form_at=home, nom="Logiciel", scopes=["inventory:write"])
    shown = re.search(r"jalon_[\w-]{43}", page.get_data(as_text=True))
    assert shown
    assert shown.group() not in chef.get(home).get_data(as_text=True)
    with town.jalon.database.writing() as session:
        program = tokens.principal_of(session, shown.group(), town.now)
        assert program.scopes == frozenset({"inventory:write"})
        [listed] = tokens.listed(session, place)
    chef.post(f"{home}/jetons/{listed.id}/fin", form_at=home)
    with town.jalon.database.writing() as session:
        assert tokens.principal_of(session, shown.group(), town.now) is NOBODY
        assert tokens.principal_of(session, "jalon_autre", town.now) is NOBODY
    assert chef.post(f"{home}/jetons", form_at=home, nom="Logiciel", scopes=["tout"]).status_code == 422


def test_the_administration_is_closed_to_others_and_a_lost_telephone_is_mended(town: Town) -> None:
    place, territory = town.organisation(), town.organisation("territory", "Drôme")
    town.person("conseil@exemple.fr", "counsellor", place)
    town.person("admin@exemple.fr", "administrator", territory)
    admin, counsellor = enter(town, "admin@exemple.fr"), enter(town, "conseil@exemple.fr")
    assert counsellor.get("/administration/comptes").status_code == 403
    assert counsellor.get("/administration/journal").status_code == 403
    page = admin.get("/administration/comptes").get_data(as_text=True)
    person = re.search(r"conseil@exemple\.fr.*?/administration/comptes/([\w-]+)", page, flags=re.S)
    assert person
    admin.post(
        f"/administration/comptes/{person.group(1)}",
        form_at="/administration/comptes",
        geste="second-facteur",
    )
    assert not counsellor.is_in()
    again = town.browser().post("/connexion", courriel="conseil@exemple.fr", password=PASSWORD)
    assert again.location == "/connexion/second-facteur"
    assert "account: second-facteur" in admin.get("/administration/journal").get_data(as_text=True)
