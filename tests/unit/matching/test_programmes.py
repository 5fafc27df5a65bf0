"""Programmes reserved by a law: who may enter, who may not, who has to check."""

from typing import Any

import pytest

from indexer.document import OptionDocument
from matching.errors import InvalidProgrammes
from matching.facts import FACTS
from matching.programmes import Belonging, belongings, programmes, read_programmes
from tests.unit.matching.builders import PERMIS, excluded, matches, option, person, result

TRAINING = "se-former--trouver-sa-formation"
JOB = "trouver-un-emploi--repondre-a-des-offres-demploi"


def service(nom: str, *networks: str, **more: Any) -> OptionDocument:
    sheet = more.pop("sheet", {}) | {"structure": {"reseaux_porteurs": list(networks)}}
    given: dict[str, Any] = {"nom": nom, "publics": (), "type": "accompagnement", "sheet": sheet}
    return option("x", PERMIS, TRAINING, JOB, **(given | more))


def state(given: OptionDocument, **keys: Any) -> tuple[str, str]:
    """met, check or not_met, with the sentences about it."""
    found = matches(person(**({"needs": [PERMIS]} | keys)), given)
    if given.id in excluded(found):
        return "not_met", " ; ".join(excluded(found)[given.id])
    listed = result(found, given.id)
    return listed["eligibility"], " ; ".join([*listed["to_check"], *listed["reasons"]])


E2C = service("Parcours de l’École de la 2e chance", "ecoles-de-la-deuxieme-chance", type="formation")
EPIDE = service("EPIDE Lyon-Meyzieu - information collective")
CONTRACT = "Emploi en chantier d’insertion"


@pytest.mark.parametrize(
    ("age", "facts", "expected"),
    [
        (20, {}, "met"),
        (25, {}, "met"),
        (28, {"rqth": True}, "met"),
        (28, {"rqth": False}, "not_met"),
        (28, {}, "check"),
        (30, {"rqth": True}, "not_met"),
        (15, {}, "not_met"),
        (None, {}, "check"),
    ],
)
def test_the_school_of_the_second_chance_at_that_age(
    age: int | None, facts: dict[str, bool], expected: str
) -> None:
    found, said = state(E2C, age=age, facts=facts, level=2, publics=["jeunes"])
    assert found == ("check" if expected == "met" else expected)  # « public non précisé » stays to check
    assert (expected == "met") is ("âge admis : de 16 à 25 ans" in said and expected != "not_met")


def test_what_is_not_met_bears_its_article() -> None:
    _, said = state(E2C, age=28, facts={"rqth": False})
    assert "la personne a 28 ans (code de l’éducation, art. L. 214-14" in said


def test_a_diploma_at_the_school_of_the_second_chance_is_to_check_and_never_excludes() -> None:
    found, said = state(E2C, age=20, level=4)
    assert found == "check"
    assert "sans diplôme ni qualification" in said
    assert "sans diplôme" not in state(E2C, age=20, level=2)[1]


def test_epide_ends_at_25() -> None:
    assert state(EPIDE, age=26)[0] == "not_met"
    assert "service national" in state(EPIDE, age=26)[1]
    assert state(EPIDE, age=25)[0] == "check"


def test_what_a_service_says_of_ages_itself_comes_first() -> None:
    wider = service("École de la 2e chance", sheet={"publics_precisions": "de 16 à 30 ans"})
    assert state(wider, age=29)[0] == "check"
    hedged = service("EPIDE, information", sheet={"publics_precisions": "17-25 ans en priorité"})
    assert state(hedged, age=26)[0] == "not_met"


def test_the_youth_contract_stretches_with_a_rqth_and_asks_for_no_studies() -> None:
    cej = service("Contrat d’engagement jeune")
    assert state(cej, age=28, facts={"rqth": True, "etudiant": False, "en-formation": False})[0] == "check"
    assert state(cej, age=28, facts={"rqth": False})[0] == "not_met"
    assert state(cej, age=20, facts={"etudiant": True})[0] == "not_met"
    assert "ni étudiant, ni en formation" in state(cej, age=20)[1]


def test_a_mission_locale_is_for_the_young() -> None:
    welcome = service("Permanence à Die", "mission-locale")
    assert state(welcome, age=40)[0] == "not_met"
    assert state(welcome, age=20)[0] == "check"
    assert state(welcome, age=None)[0] == "check"


def test_what_a_mission_locale_opens_to_everyone_is_for_everyone() -> None:
    forum = service("Forum de l’emploi", "mission-locale", publics=("tous-publics",))
    assert state(forum, age=40)[0] == "met"


def test_cap_emploi_asks_for_a_recognised_handicap() -> None:
    support = service("Accompagnement vers l’emploi", "cap-emploi-reseau-cheops")
    assert state(support)[0] == "check"
    assert "Cap emploi : RQTH obtenue ou demandée" in state(support, facts={"rqth": True})[1]
    assert "Cap emploi : RQTH obtenue ou demandée" in state(support, facts={"aah": True})[1]
    assert state(support, facts={"rqth": False})[0] == "check"
    assert state(support, facts={"rqth": False, "aah": False})[0] == "not_met"


def test_a_plie_is_checked_by_its_own_protocol_and_keeps_to_its_zone() -> None:
    inside = service("Référent du PLIE", "plie", zone_eligibilite=("26113",))
    outside = service("Référent du PLIE", "plie", zone_eligibilite=("38185",))
    assert "critères du PLIE, fixés par son protocole local" in state(inside)[1]
    assert state(outside)[0] == "not_met"


def iae(kind: str = "aci", **keys: Any) -> tuple[str, str]:
    return state(service("Maraîchage biologique", kind), needs=[JOB], **keys)


def test_one_criterion_of_level_1_is_enough() -> None:
    for fact in ("rsa", "ass", "aah", "sans-emploi-24-mois"):
        assert "un critère de niveau 1 suffit" in iae(facts={fact: True})[1]


RULE = next(one.rules[0] for one in programmes().all if one.code == "iae")
YOUNG_AND_UNSKILLED = {"age": 22, "level": 3}


@pytest.mark.parametrize(("kind", "enough"), [("ai", True), ("etti", True), ("aci", False), ("ei", False),
                                              ("eiti", False)])  # fmt: skip
def test_two_criteria_of_level_2_are_enough_for_some_structures_only(kind: str, enough: bool) -> None:
    said = iae(kind, **YOUNG_AND_UNSKILLED)[1]
    assert ("2 demandés" in said) is enough
    assert ("2 critères de niveau 2 sur 3" in said) is not enough


def test_three_are_enough_for_all() -> None:
    assert "3 demandés" in iae("aci", **YOUNG_AND_UNSKILLED, facts={"parent-isole": True})[1]


def test_an_authorised_prescriber_replaces_the_criteria() -> None:
    assert "vérifiée par un prescripteur habilité" in iae(authorised_prescriber=True)[1]


def test_without_enough_the_criteria_are_to_check_and_never_exclude_while_one_is_unknown() -> None:
    found, said = iae(age=40, level=5, facts={"rsa": False})
    assert found == "check"
    assert "à vérifier par un prescripteur habilité" in said


def test_good_french_never_counts_towards_a_criterion() -> None:
    told = [{"code": "lecture-ecriture-calcul", "situations": ["FLE"]}]
    french = "lecture-ecriture-calcul--maitriser-le-francais"
    assert "difficultés en français" in iae("ai", age=40, constraints=told)[1]
    assert "français" not in iae("ai", age=40, constraints=told, strengths=[french])[1]
    assert "français" not in iae("ai", age=40, strengths=[french])[1]


def test_situations_of_the_diagnostic_count() -> None:
    told = [{"code": "mobilite", "situations": ["6"]}, {"code": "27", "situations": ["24"]}]
    assert "2 demandés" in iae("etti", constraints=told)[1]


def test_no_criterion_at_all_is_told_with_the_way_out() -> None:
    facts = dict.fromkeys((*RULE["level_1"], *RULE["level_2"]), False)
    facts = {fact: no for fact, no in facts.items() if fact in FACTS}
    found, said = iae(age=40, level=6, facts=facts)
    assert found == "not_met"
    assert "voir un prescripteur habilité" in said


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (service(CONTRACT), ["iae"]),
        (service("Manœuvre", sheet={"conditions_acces": "Pass IAE ; test d’un jour"}), ["iae"]),
        (service("Café réparation", "aci", type="atelier"), []),
        (service("Friperie", "aci", type="aide-materielle", publics=("tous-publics",)), []),
        (service("Forum", "mission-locale", publics=("tous-publics",)), []),
        (service("Atelier CV", structure_nom="Mission locale du Diois"), ["mission-locale"]),
        (service("PLIERIE de Die"), []),
        (service("Contrat en alternance", "geiq"), ["geiq"]),
    ],
    ids=lambda value: value.nom if isinstance(value, OptionDocument) else None,
)
def test_a_service_is_known_by_name_by_conditions_or_by_its_structure(
    given: OptionDocument, codes: list[str]
) -> None:
    assert [one.programme.code for one in belongings(given)] == codes


def test_a_network_alone_without_a_type_is_not_sure_and_lowers_only() -> None:
    unsure = service("Accueil", "mission-locale", type=None)
    assert [one.sure for one in belongings(unsure)] == [False]
    assert state(unsure, age=40)[0] == "check"
    assert state(unsure, age=40)[1].startswith("mission locale : âge admis")


def test_the_kind_of_structure_is_read_in_networks_or_in_names() -> None:
    def kinds(*found: Belonging) -> list[str]:
        return [one.kind for one in found]

    assert kinds(*belongings(service(CONTRACT))) == ["aci"]
    assert kinds(*belongings(service("Manœuvre", "ei", sheet={"conditions_acces": "Pass IAE"}))) == ["ei"]
    assert kinds(*belongings(service("Intérim d’insertion"))) == ["etti"]


def test_immersions_and_trainings_belong_to_no_programme() -> None:
    assert belongings(option("i", kind="immersion", nom="École de la 2e chance")) == ()


def test_health_first_folds_what_puts_to_work_and_keeps_care() -> None:
    ill = [{"code": "sante", "situations": ["18"]}]
    assert state(service(CONTRACT), needs=[JOB], constraints=ill)[0] == "not_met"
    found, _ = state(service("Point santé"), needs=[PERMIS], constraints=ill)
    assert found == "check"


def test_every_rule_has_an_article_and_says_whether_it_was_read_again() -> None:
    rules = [rule for one in programmes().all for rule in one.rules]
    assert all(rule["article"] for rule in rules)
    assert any("verified" in rule for rule in rules)


def test_faults_of_the_data_are_told_together() -> None:
    with pytest.raises(InvalidProgrammes) as refused:
        read_programmes(
            """
[[programmes]]
code = "x"
colour = "red"
names = { "École" = "" }
types = ["fête"]
[[programmes.rules]]
kind = "humour"
[[programmes.rules]]
kind = "facts"
any = ["riche"]
[[programmes.rules]]
kind = "criteria"
article = "x"
level_1 = ["beau", "age<26"]
level_2 = []
number = {}
"""
        )
    told = " ".join(refused.value.faults)
    for fault in (
        "version", "name manque", "« colour »", "« École » n’est pas en mots pliés", "« fête »", "« humour »",
        "sans article", "« riche »", "« beau »",
    ):  # fmt: skip
        assert fault in told
