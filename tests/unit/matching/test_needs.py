"""From what was ticked to what is needed."""

from typing import Any

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


def test_job_offers_are_folded_for_health_only_when_health_says_so() -> None:
    health = needs(constraints=[{"code": "sante", "situations": ["18"]}])
    assert health.indicators.no_job_offers == HEALTH_FIRST
    assert CARE in health.needs[0].themes
    other = needs(
        constraints=[{"code": "famille", "situations": ["Indisponible pour un emploi dans l'immédiat"]}]
    )
    assert other.indicators.no_job_offers == NOT_NOW
    assert needs(constraints=[{"code": "sante"}]).indicators.no_job_offers is None
