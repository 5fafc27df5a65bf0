"""The one door, on corpora with traps: what the first page promises."""

from datetime import timedelta
from typing import Any

import pytest

from indexer.document import ON_SITE, REMOTE, OptionDocument
from matching.match import explain
from matching.matches import Matches
from matching.recall import NEAR_EACH
from tests.unit.matching.builders import (
    CARE,
    DIGITAL,
    FOOD,
    FRENCH,
    PERMIS,
    SHELTER,
    TODAY,
    excluded,
    ids,
    matcher,
    matches,
    option,
    person,
    result,
    slot,
)

PERMIT: dict[str, Any] = {
    "constraints": [{"code": "mobilite", "objectives": ["Obtenir le permis de conduire"]}]
}
BUS: dict[str, Any] = {"modes": ["transports-en-commun"]}


def test_without_a_vehicle_8_km_come_before_35() -> None:
    found = matches(person(**PERMIT, travel=BUS), option("far", PERMIS, km=35), option("near", PERMIS, km=8))
    assert ids(found) == ["near", "far"]


def test_near_comes_first_even_when_far_is_fresher_free_and_fuller() -> None:
    far = option("far", PERMIS, km=35, frais="gratuit", completeness=1.0)
    near = option("near", PERMIS, km=8, frais="payant", date_maj=TODAY - timedelta(days=900))
    assert ids(matches(person(**PERMIT, travel=BUS), far, near)) == ["near", "far"]


def test_a_second_theme_counts_as_much_as_a_first() -> None:
    three = option("three", "famille--garde-denfants", FRENCH, PERMIS)
    one = option("one", PERMIS)
    found = matches(person(**PERMIT), three, one)
    assert found.results[0].total == found.results[1].total


def test_a_service_without_theme_is_found_by_what_it_says() -> None:
    said = option("said", nom="Auto-école solidaire du Diois", description="Permis B et code de la route.")
    assert ids(matches(person(**PERMIT), said, option("other", DIGITAL))) == ["said"]


def test_a_building_permit_is_no_driving_licence() -> None:
    assert ids(matches(person(**PERMIT), option("x", nom="Permis de construire : service urbanisme"))) == []


def test_a_priority_strong_constraint_precedes_a_weak_one() -> None:
    someone = person(
        constraints=[
            {"code": "numerique", "impact": "faible"},
            {"code": "sante", "impact": "fort", "priority": True},
        ]
    )
    assert ids(matches(someone, option("digital", DIGITAL, km=1), option("care", CARE, km=8))) == [
        "care",
        "digital",
    ]


def test_the_first_ten_answer_every_need_that_has_an_answer() -> None:
    crowd = [option(f"p{number:02}", PERMIS, km=1) for number in range(30)]
    someone = person(**PERMIT, needs=[FRENCH, FOOD, DIGITAL])
    found = matches(someone, *crowd, option("french", FRENCH, km=15), option("food", FOOD, km=18))
    assert {"french", "food"} <= set(ids(found)[:10])


def test_a_priority_need_is_answered_before_a_crowd_of_others() -> None:
    crowd = [option(f"p{number:02}", PERMIS, km=1) for number in range(30)]
    constraints = [*PERMIT["constraints"], {"code": "sante", "impact": "faible", "priority": True}]
    found = matches(person(constraints=constraints), *crowd, option("care", CARE, km=20))
    assert "care" in ids(found)[:10]


def test_no_structure_fills_the_first_ten() -> None:
    big = [option(f"big{number}", PERMIS, km=1, structure_id="big") for number in range(12)]
    small = [option(f"small{number}", PERMIS, km=6) for number in range(12)]
    first = matches(person(**PERMIT), *big, *small).results[:10]
    assert sum(one.candidate.document.structure_id == "big" for one in first) == 2


def test_a_structure_alone_fills_the_page() -> None:
    alone = [option(f"big{number}", PERMIS, structure_id="big") for number in range(12)]
    assert len(ids(matches(person(**PERMIT), *alone))) == 12


def test_a_need_that_only_a_large_structure_answers_is_answered_all_the_same() -> None:
    big = [option(f"big{number}", PERMIS, km=1, structure_id="big") for number in range(4)]
    small = [option(f"small{number:02}", PERMIS, km=2) for number in range(20)]
    only = option("only", FRENCH, km=3, structure_id="big")
    assert "only" in ids(matches(person(**PERMIT, needs=[FRENCH]), *big, *small, only))[:10]


def test_a_poor_answer_does_not_displace_a_structure() -> None:
    big = [option(f"big{number}", PERMIS, km=1, structure_id="big") for number in range(4)]
    poor = option("poor", "mobilite--acceder-a-un-vehicule", km=22, publics=("femmes",))
    assert ids(matches(person(**PERMIT), *big, poor))[-1] == "poor"


def test_a_digital_constraint_is_answered_on_site_before_remotely() -> None:
    someone = person(constraints=[{"code": "numerique", "impact": "fort"}])
    remote = option("remote", DIGITAL, km=None, nom="Atelier numérique", frais="gratuit", completeness=1)
    assert ids(matches(someone, remote, option("far", DIGITAL, km=22, frais="payant"))) == ["far", "remote"]


def test_a_remote_option_never_outranks_an_equal_near_one() -> None:
    found = matches(person(**PERMIT), option("remote", PERMIS, km=None), option("near", PERMIS, km=20))
    assert ids(found) == ["near", "remote"]


def test_remote_without_coordinates_is_found_and_has_no_distance() -> None:
    found = matches(person(**PERMIT), option("remote", PERMIS, km=None))
    listed = result(found, "remote")
    assert (listed["distance_km"], listed["travel_minutes"], listed["remote"]) == (None, None, True)


def test_a_mixed_service_is_one_result_on_site_when_reachable() -> None:
    found = matches(person(**PERMIT), option("mixed", PERMIS, km=5, modes_accueil=(REMOTE, ON_SITE)))
    assert len(found.results) == 1
    assert result(found, "mixed")["distance_km"] == 5.0


def test_the_ccas_of_ones_own_commune_comes_before_a_nearer_one_next_door() -> None:
    own = option("own", FOOD, km=4, code_insee="26113", zone_eligibilite=("26113",))
    next_door = option("next", FOOD, km=3, code_insee="26086", zone_eligibilite=("26086",))
    found = matches(person(needs=[FOOD]), own, next_door)
    assert ids(found) == ["own"]
    assert "next" in excluded(found)


def test_emergencies_come_first_with_their_numbers() -> None:
    someone = person(
        constraints=[
            {"code": "mobilite", "impact": "fort", "priority": True},
            {"code": "logement-hebergement", "situations": ["24"]},
        ]
    )
    mobility = [
        option(f"m{one}", "mobilite--etre-accompagne-dans-son-parcours-mobilite", km=1) for one in range(9)
    ]
    found = matches(someone, *mobility, option("shelter", SHELTER, km=20))
    assert ids(found)[0] == "shelter"
    assert [one.number for one in found.emergencies] == ["115"]


def test_violence_shows_its_numbers_and_nothing_pressing_shows_none() -> None:
    violence = person(constraints=[{"code": "famille", "situations": ["Violences conjugales"]}])
    assert {"3919", "17", "114", "119"} <= {one.number for one in matches(violence).emergencies}
    assert matches(person(**PERMIT)).emergencies == ()


def test_health_first_shows_care_and_folds_the_slots() -> None:
    someone = person(
        constraints=[{"code": "sante", "situations": ["18"], "impact": "fort"}], projects=[{"rome": "K1302"}]
    )
    job = option("job", kind="immersion", rome=("K1302",), occurrences=(slot("a", 5),))
    found = matches(someone, option("care", CARE), job)
    assert ids(found) == ["care"]
    assert excluded(found)["job"][0].startswith("la santé d’abord")


def test_a_project_finds_slots_and_sessions_of_its_occupation() -> None:
    job = option("job", kind="immersion", rome=("K1302",), occurrences=(slot("a", 5),))
    other = option("other", kind="immersion", rome=("A1101",), occurrences=(slot("b", 5),))
    course = option("course", kind="training", rome=("K1302",), occurrences=(slot("c", 20),))
    found = matches(person(projects=[{"rome": "K1302"}]), job, other, course)
    assert set(ids(found)[:2]) == {"job", "course"}
    assert {result(found, one)["need"] for one in ("job", "course")} == {"K1302"}


def test_same_input_same_order_whatever_the_order_of_the_index() -> None:
    options = [option(f"o{number}", PERMIS, km=3) for number in range(12)]
    someone = person(**PERMIT)
    assert ids(matches(someone, *options)) == ids(matches(someone, *reversed(options)))


def test_equal_options_share_the_first_places_over_days() -> None:
    options = [option(f"o{number}", PERMIS, km=3) for number in range(4)]
    someone = person(**PERMIT)
    firsts = {ids(matches(someone, *options, today=TODAY + timedelta(days=day)))[0] for day in range(40)}
    assert firsts == {"o0", "o1", "o2", "o3"}


def test_turns_are_taken_inside_a_band_and_never_across() -> None:
    better, worse = option("better", PERMIS, km=2), option("worse", PERMIS, km=12)
    someone = person(**PERMIT)
    days = [TODAY + timedelta(days=day) for day in range(30)]
    assert {ids(matches(someone, better, worse, today=day))[0] for day in days} == {"better"}


def test_a_refused_option_is_told_even_when_the_search_would_not_reach_it() -> None:
    someone = person(**PERMIT, refusals=[{"option_id": "far", "reason": "trop loin"}, {"option_id": "ghost"}])
    found = matches(someone, option("far", PERMIS, km=400), option("near", PERMIS))
    assert ids(found) == ["near"]
    assert excluded(found)["far"][0] == "refusée par la personne : trop loin"
    assert "ghost" not in excluded(found)


def test_nothing_recognised_gives_nothing_and_says_so() -> None:
    found = matches(person(needs=["99"]), option("x", PERMIS)).to_json()
    assert found["results"] == []
    assert found["unrecognised"] == ["99"]
    assert found["questions"] == found["relaxations"] == found["coverage"] == []


def test_a_closed_constraint_gives_nothing() -> None:
    someone = person(constraints=[{"code": "mobilite", "value": "cloturee"}], needs=[FRENCH])
    assert ids(matches(someone, option("permit", PERMIS), option("french", FRENCH))) == ["french"]


def test_the_json_has_the_shape_of_the_interface() -> None:
    found = matches(person(**PERMIT), option("x", PERMIS)).to_json()
    assert set(found) >= {
        "results", "excluded", "unrecognised", "weights_version", "mapping_version", "today", "coverage",
        "questions", "relaxations", "plan", "emergencies",
    }  # fmt: skip
    assert set(found["results"][0]) >= {
        "rank", "id", "kind", "nom", "score", "need", "distance_km", "travel_minutes", "travel_estimated",
        "eligibility", "signals", "reasons", "to_check",
    }  # fmt: skip
    assert found["today"] == "2026-11-23"
    assert found["coverage"] == [
        {"need": "mobilite", "label": "Développer sa mobilité", "weight": 0.64, "options": 1}
    ]


def test_the_limit_is_kept_and_a_shorter_list_begins_the_longer() -> None:
    options = [option(f"o{number:02}", PERMIS, km=number) for number in range(15)]
    someone = person(**PERMIT)
    assert ids(matches(someone, *options, limit=4)) == ids(matches(someone, *options, limit=12))[:4]


# ---------------------------------------------------------------------------- questions, relaxations, plan


def asked(found: Matches) -> list[str]:
    return [one.field for one in found.questions]


def test_a_question_is_asked_when_its_answer_changes_the_first_ten() -> None:
    young = [option(f"y{number}", PERMIS, km=1, publics=("jeunes",)) for number in range(9)]
    others = [option(f"o{number}", PERMIS, km=9) for number in range(9)]
    known = {"remote_ok": False, "publics": ["actifs"]}
    corpus = (*young, *others)
    found = matches(person(**PERMIT, **known), *corpus)
    assert asked(found) == ["age"]
    first = set(ids(found)[:10])
    changes = [
        len(first - set(ids(matches(person(**PERMIT, **known, age=age), *corpus))[:10])) for age in (20, 40)
    ]
    assert found.questions[0].effect == max(changes) > 5


def test_nothing_is_asked_when_nothing_would_change() -> None:
    assert asked(matches(person(**PERMIT), option("x", PERMIS))) == []


def test_a_known_answer_is_not_asked() -> None:
    young = [option(f"y{number}", PERMIS, km=1, publics=("jeunes",)) for number in range(12)]
    assert "age" not in asked(matches(person(**PERMIT, age=20), *young))


def test_who_tells_no_way_of_travelling_is_asked() -> None:
    options = [option(f"o{number:02}", PERMIS, km=1 + number) for number in range(20)]
    found = matches(person(**PERMIT, travel={"max_minutes": 15}), *options)
    assert "travel.modes" in asked(found)


@pytest.mark.parametrize("public", ["personnes-en-situation-de-handicap", "femmes", "personnes-exilees"])
def test_what_is_sensitive_is_never_asked(public: str) -> None:
    options = [option(f"o{number:02}", PERMIS, publics=(public,)) for number in range(20)]
    options += [option(f"e{number:02}", PERMIS) for number in range(20)]
    assert "publics" not in asked(matches(person(**PERMIT), *options))


def test_a_relaxation_is_counted_exactly() -> None:
    near = [option(f"n{number}", PERMIS, km=5) for number in range(3)]
    far = [option(f"f{number}", PERMIS, km=30) for number in range(4)]
    found = matches(person(**PERMIT, travel={"modes": ["voiture"], "max_minutes": 30}), *near, *far)
    gains = {one.change["travel.max_minutes"]: one.gain for one in found.relaxations}
    assert gains == {60: 4}


def test_accepting_remote_help_is_a_relaxation() -> None:
    found = matches(person(**PERMIT, remote_ok=False), option("remote", PERMIS, km=None))
    assert [(one.change, one.gain) for one in found.relaxations] == [({"remote_ok": True}, 1)]


def test_a_plan_puts_the_trial_before_the_training_and_tells_the_wait() -> None:
    trial = option("trial", kind="immersion", rome=("K1302",), occurrences=(slot("s", 7, days=5),))
    course = option("course", kind="training", rome=("K1302",), occurrences=(slot("a", 3), slot("b", 20)))
    first, second = matches(person(projects=[{"rome": "K1302"}]), course, trial).to_json()["plan"]
    assert (first["option_id"], first["slot_id"], first["wait_days"]) == ("trial", "s", 7)
    assert (second["option_id"], second["session_id"], second["wait_days"]) == ("course", "b", 8)


def test_a_date_that_would_come_too_soon_is_left_out_of_the_plan() -> None:
    trial = option("trial", kind="immersion", rome=("K1302",), occurrences=(slot("s", 7, days=5),))
    course = option("course", kind="training", rome=("K1302",), occurrences=(slot("a", 3),))
    found = matches(person(projects=[{"rome": "K1302"}]), course, trial)
    assert [step.option_id for step in found.plan] == ["trial"]


def test_no_date_no_plan() -> None:
    assert matches(person(**PERMIT), option("x", PERMIS)).plan == ()


# ------------------------------------------------------------------------------------------------ explain


def why(option_id: str, *options: OptionDocument, **keys: Any) -> str:
    told = explain(person(**(PERMIT | keys)), option_id, matcher(*options), today=TODAY)
    assert told is not None
    return "\n".join(told.lines)


def test_explain_prints_the_whole_arithmetic() -> None:
    told = why("x", option("x", PERMIS, frais="gratuit"))
    for name in ("answers_need", "reachable", "affordable", "total", "rang 1"):
        assert name in told


def test_explain_tells_why_an_option_is_not_in_the_list() -> None:
    zoned = option("x", PERMIS, zone_eligibilite=("26362",))
    assert "écartée : réservée aux habitants de Valence" in why("x", zoned)
    assert "ne répond à aucun des besoins" in why("x", option("x", FRENCH))
    assert "trop loin" in why("x", option("x", PERMIS, km=400))


def test_explain_tells_the_rank_of_an_option_far_down_the_list() -> None:
    crowd = [option(f"n{number:02}", PERMIS, km=1) for number in range(80)]
    assert "rang 81 sur 81" in why("x", *crowd, option("x", PERMIS, km=20))


def test_explain_tells_of_an_option_that_the_search_passed_over() -> None:
    crowd = [option(f"n{number:03}", PERMIS, km=1) for number in range(NEAR_EACH[1])]
    assert "hors de la liste : la recherche a retenu" in why("x", *crowd, option("x", PERMIS, km=20))


def test_explain_tells_that_a_kind_was_not_searched() -> None:
    job = option("x", PERMIS, kind="training", occurrences=(slot("a", 9),))
    assert "ne sont cherchées que pour un métier" in why("x", job)


def test_explain_tells_of_the_twin_that_stands_instead() -> None:
    one, other = (option(name, PERMIS, nom="Permis aidé", source=name, structure_id="s") for name in "xy")
    shown, folded = ids(matches(person(**PERMIT), one, other))[0], "y"
    folded = "y" if shown == "x" else "x"
    assert f"tient sa place au rang 1 ({shown})" in why(folded, one, other)


def test_explain_tells_what_is_met_and_to_check() -> None:
    young = option("x", PERMIS, publics=("jeunes",), sheet={"conditions_acces": "Sur orientation"})
    told = why("x", young, age=20)
    assert "rempli : pour : jeunes" in told
    assert "à vérifier : orientation par un professionnel" in told


def test_explain_tells_that_no_date_is_left() -> None:
    gone = option("x", kind="immersion", rome=("K1302",), occurrences=(slot("a", 0),))
    assert "écartée : plus aucune date ouverte" in why("x", gone, projects=[{"rome": "K1302"}])


def test_explain_knows_nothing_of_an_unknown_option() -> None:
    assert explain(person(**PERMIT), "ghost", matcher(), today=TODAY) is None


def test_reasons_and_checks_say_only_what_is_known() -> None:
    bare = result(matches(person(**PERMIT, travel={}), option("x", PERMIS, publics=())), "x")
    assert not any("gratuit" in one or "pour :" in one for one in bare["reasons"])
    assert bare["to_check"] == ["public non précisé"]
    assert bare["travel_minutes"] is None
