"""From what was ticked to what is needed."""

from typing import Any

import pytest

from matching.diagnostic.indicators import HEALTH_FIRST, NOT_NOW
from matching.diagnostic.mapping import default_mapping
from matching.diagnostic.needs import Need, Needs, read_needs
from tests.unit.matching.builders import CARE, FRENCH, PERMIS, SHELTER, person

PERMIT = "Obtenir le permis de conduire"


def needs(**keys: Any) -> Needs:
    return read_needs(person(**keys), default_mapping())


def only(**keys: Any) -> Need:
    (need,) = needs(**keys)
    return need


def mobility(**more: Any) -> Need:
    return only(constraints=[{"code": "mobilite", **more}])


def test_a_bare_constraint_is_needed_under_its_category() -> None:
    need = mobility()
    assert need.code == "mobilite"
    assert need.themes["mobilite--etre-accompagne-dans-son-parcours-mobilite"].fit == 1


def test_an_objective_weighs_more_than_a_situation_than_a_bare_constraint() -> None:
    objective = mobility(objectives=[PERMIT]).weight
    situation = mobility(situations=["Aucun moyen de transport"]).weight
    assert objective > situation > mobility().weight


def test_impact_and_priority_raise_the_weight() -> None:
    weights = [mobility(impact=impact).weight for impact in ("faible", "moyen", "fort")]
    assert weights == sorted(set(weights))
    assert mobility(priority=True).weight > mobility().weight


def test_impact_not_told_weighs_no_more_than_strong() -> None:
    assert mobility(impact="faible").weight < mobility().weight < mobility(impact="fort").weight


def test_a_closed_or_unexplored_constraint_gives_nothing() -> None:
    for value in ("cloturee", "non-abordee"):
        assert len(needs(constraints=[{"code": "sante", "value": value}])) == 0


def test_an_objective_keeps_the_rest_of_its_constraint_in_sight() -> None:
    themes = mobility(objectives=[PERMIT]).themes
    assert themes[PERMIS].fit == 1
    assert 0 < themes["mobilite--etre-accompagne-dans-son-parcours-mobilite"].fit < 0.3


def test_each_thematique_says_where_it_comes_from() -> None:
    themes = mobility(objectives=[PERMIT], situations=["7"]).themes
    assert "objectif" in themes[PERMIS].origin
    assert "Dépendant des transports" in themes["mobilite--mobilite-douce-partagee-collective"].origin


def test_a_strength_lowers_its_theme_and_never_cancels_the_constraint() -> None:
    without = only(constraints=[{"code": "numerique"}])
    with_it = only(constraints=[{"code": "numerique"}], strengths=["numerique"])
    assert 0 < with_it.weight < without.weight


def test_a_strength_in_one_thematique_leaves_the_others() -> None:
    need = only(constraints=[{"code": "mobilite", "objectives": [PERMIT]}], strengths=[PERMIS])
    assert need.themes["mobilite--financer-ma-mobilite"].fit == 1


def test_a_need_is_a_number_a_thematique_or_a_category() -> None:
    assert only(needs=["9"]).code == "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"
    assert only(needs=[FRENCH]).code == FRENCH
    assert only(needs=["remobilisation"]).code == "remobilisation"


def test_a_project_is_needed_under_its_occupation() -> None:
    need = only(projects=[{"rome": "k1302", "priority": True}])
    assert (need.code, need.rome, need.priority) == ("K1302", "K1302", True)


def test_emergencies_come_first_then_priorities_then_weights() -> None:
    found = needs(
        constraints=[
            {"code": "mobilite", "priority": True, "impact": "fort"},
            {"code": "logement-hebergement", "situations": ["24"]},
            {"code": "numerique", "impact": "faible"},
        ],
        needs=[FRENCH],
    )
    assert [need.code for need in found] == ["logement-hebergement", "mobilite", FRENCH, "numerique"]
    assert found.needs[0].themes[SHELTER].fit == 1


def test_an_emergency_told_beside_an_objective_still_leads() -> None:
    need = only(constraints=[{"code": "27", "situations": ["24"], "objectives": ["Accéder à un logement"]}])
    assert need.emergency
    assert need.themes[SHELTER].fit == 1
    assert need.themes["logement-hebergement--louer-un-logement"].fit < 1


def test_what_is_not_recognised_is_kept_to_be_shown() -> None:
    found = needs(
        constraints=[
            {"code": "99"},
            {"code": "mobilite", "situations": ["Sur la Lune"], "objectives": ["777"]},
        ],
        needs=["75"],
        strengths=["charme"],
    )
    assert set(found.unrecognised) == {"99", "Sur la Lune", "777", "75", "charme"}
    assert [need.code for need in found] == ["mobilite"]


def test_a_constraint_told_twice_keeps_the_stronger_telling() -> None:
    need = only(constraints=[{"code": "mobilite", "impact": "faible"}, {"code": "23", "impact": "fort"}])
    assert need.weight == mobility(impact="fort").weight


def test_a_situation_may_tell_how_one_travels_and_how_far() -> None:
    told = needs(constraints=[{"code": "mobilite", "situations": ["7"]}]).indicators
    assert told.told_modes == ("transports-en-commun",)
    assert told.soft_radius_km == 20


def test_wanting_the_licence_tells_nothing_of_how_one_travels() -> None:
    assert needs(constraints=[{"code": "mobilite", "objectives": [PERMIT]}]).indicators.told_modes == ()


def test_a_situation_answered_no_lowers_the_bare_constraint_only() -> None:
    bare = only(constraints=[{"code": "27"}])
    denied = only(constraints=[{"code": "27", "situations_denied": ["24"]}])
    assert denied.themes[SHELTER].fit == bare.themes[SHELTER].fit / 2
    ticked = only(constraints=[{"code": "27", "situations": ["27"], "situations_denied": ["24"]}])
    assert ticked.themes[SHELTER].fit == 0.7


def test_an_objective_reached_is_no_longer_what_is_needed_most() -> None:
    before = mobility().themes[PERMIS]
    after = mobility(objectives_done=[PERMIT]).themes[PERMIS]
    assert after.fit < before.fit
    assert mobility(objectives_dropped=["Lune"]).themes[PERMIS] == before


def test_what_was_not_explored_changes_nothing() -> None:
    told = needs(constraints=[{"code": "mobilite"}, {"code": "sante", "value": "non-abordee"}])
    assert [need.code for need in told] == ["mobilite"]


def test_the_person_s_own_scale_raises_and_never_lowers_a_priority() -> None:
    told = [{"code": "mobilite"}]
    weights = [needs(constraints=told, own_priorities={"23": scale}).needs[0].weight for scale in range(1, 6)]
    assert weights == sorted(set(weights))
    first = needs(constraints=told, own_priorities={"mobilite": 5}).needs[0]
    assert (first.priority, first.weight) == (True, mobility(priority=True).weight)
    kept = needs(constraints=[{"code": "mobilite", "priority": True}], own_priorities={"mobilite": 1})
    assert kept.needs[0].weight == first.weight


def test_the_own_scale_speaks_of_needs_and_occupations_too() -> None:
    told = needs(needs=["9", FRENCH], projects=[{"rome": "K1302"}], own_priorities={"9": 5, "k1302": 5})
    assert {need.code for need in told if need.priority} == {
        "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation", "K1302",
    }  # fmt: skip


def test_what_the_person_refuses_is_not_needed() -> None:
    refused = [{"theme": PERMIS, "reason": "a le permis en horreur"}]
    assert PERMIS not in only(constraints=[{"code": "mobilite"}], refusals=refused).themes
    assert len(needs(needs=[PERMIS], refusals=refused)) == 0


def criterion(code: str, value: str, **more: Any) -> Needs:
    return needs(criteria=[{"code": code, "value": value}], **more)


def test_a_criterion_tells_a_need_of_its_constraint() -> None:
    (need,) = criterion("contrainte_familiale", "ENFANT_SANS_SOLUTION_GARDE")
    assert need.code == "famille"
    assert need.themes["famille--garde-denfants"].fit == 1
    assert "critère" in need.themes["famille--garde-denfants"].origin


@pytest.mark.parametrize(("value", "urgent"), [("SANS_LOGEMENT", True), ("PROCEDURE_EXPULSION", True),
                                               ("IMPACT_FORT_RECHERCHE_EMPLOI", False)])  # fmt: skip
def test_no_home_or_an_eviction_is_an_emergency(value: str, urgent: bool) -> None:
    (need,) = criterion("contrainte_logement", value)
    assert need.emergency is urgent


def test_a_strong_impact_weighs_more_than_a_weak_one() -> None:
    strong, weak = (
        criterion("contrainte_sante", f"IMPACT_{impact}_RECHERCHE_EMPLOI").needs[0].weight
        for impact in ("FORT", "FAIBLE")
    )
    assert strong > weak


def test_criteria_tell_the_indicators_of_the_table() -> None:
    assert (
        criterion("contrainte_sante", "INCAPACITE_RECHERCHE_ACTIVITE_PRO").indicators.no_job_offers
        == HEALTH_FIRST
    )
    assert criterion("contrainte_mobilite", "AUCUN_MOYEN_DE_TRANSPORT").indicators.soft_radius_km == 10
    dependent = criterion("contrainteMobilite", "DEPENDANT_TRANSPORT").indicators
    assert (dependent.soft_radius_km, dependent.told_modes) == (20, ("transports-en-commun",))
    assert all(criterion("contrainte_numerique", value).indicators.on_site_first
               for value in ("NON_ACCES_INTERNET", "NON_MAITRISE", "REFUS"))  # fmt: skip


def test_no_constraint_told_is_no_need_and_is_recognised() -> None:
    found = criterion("contrainte_sante", "AUCUNE")
    assert (len(found), found.unrecognised) == (0, ())


def test_a_criterion_unknown_is_shown_and_a_closed_constraint_wins_over_one() -> None:
    assert criterion("contrainte_sante", "PEUT_ETRE").unrecognised == ("contrainte_sante = PEUT_ETRE",)
    closed = [{"code": "mobilite", "value": "cloturee"}]
    assert len(criterion("contrainte_mobilite", "AUCUN_MOYEN_DE_TRANSPORT", constraints=closed)) == 0


def test_a_criterion_joins_the_constraint_that_is_ticked() -> None:
    (need,) = criterion(
        "contrainte_logement", "SANS_LOGEMENT", constraints=[{"code": "27", "impact": "faible"}]
    )
    assert need.emergency
    assert need.themes[SHELTER].fit == 1


def test_cnaf_codes_and_confidence_tell_needs() -> None:
    (garde,) = needs(cnaf=["0502"])
    assert garde.code == "famille"
    (trust,) = needs(confidence="perte-de-confiance")
    assert (trust.code, trust.label) == ("remobilisation", "Remobilisation")
    assert needs(cnaf=["9999"], confidence="en-capacite").unrecognised == ("9999",)


def test_health_that_rules_out_work_comes_before_what_is_no_emergency() -> None:
    ill = {"code": "sante", "situations": ["18"]}
    found = needs(constraints=[{"code": "mobilite", "impact": "fort"}, ill], projects=[{"rome": "K1302"}])
    assert found.needs[0].code == "sante"
    assert found.needs[0].priority
    assert not needs(constraints=[{"code": "sante", "situations": ["15"]}]).needs[0].priority
    assert criterion("contrainte_sante", "INCAPACITE_RECHERCHE_ACTIVITE_PRO").needs[0].priority


def test_facts_come_from_what_was_told_and_good_french_is_never_a_difficulty() -> None:
    told = [{"code": "lecture-ecriture-calcul", "situations": ["FLE"]}]
    assert needs(constraints=told).indicators.facts["difficulte-francais"] is True
    assert "difficulte-francais" not in needs(constraints=told, strengths=[FRENCH]).indicators.facts
    assert criterion("boe", "OUI").indicators.facts == {"rqth": True}
    assert criterion("boe", "NON").indicators.facts == {"rqth": False}
    assert criterion("niveau_etude", "NV5").indicators.level == 3


def test_what_another_tool_did_not_recognise_is_repeated() -> None:
    assert needs(cnaf=["0502"], unrecognised=["Objectif lune"]).unrecognised == ("Objectif lune",)


def test_job_offers_are_folded_for_health_only_when_health_says_so() -> None:
    health = needs(constraints=[{"code": "sante", "situations": ["18"]}])
    assert health.indicators.no_job_offers == HEALTH_FIRST
    assert CARE in health.needs[0].themes
    other = needs(
        constraints=[{"code": "famille", "situations": ["Indisponible pour un emploi dans l'immédiat"]}]
    )
    assert other.indicators.no_job_offers == NOT_NOW
    assert needs(constraints=[{"code": "sante"}]).indicators.no_job_offers is None
