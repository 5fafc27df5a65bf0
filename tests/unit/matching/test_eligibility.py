"""May this person use it: met, to check, not met, each with its sentence."""

from datetime import date, timedelta
from typing import Any

import pytest

from indexer.document import ON_SITE, REMOTE, OptionDocument
from matching.candidate import Verdict
from matching.profile import Profile
from tests.unit.matching.builders import (
    PERMIS,
    TODAY,
    communes,
    excluded,
    ids,
    matches,
    option,
    person,
    result,
    slot,
)

PERMIT = {"needs": [PERMIS]}


def state(given: OptionDocument, **keys: Any) -> tuple[str, tuple[str, ...]]:
    """met, check or not_met, with what is to check or not met."""
    found = matches(person(**(PERMIT | keys)), given)
    if given.id in excluded(found):
        return "not_met", excluded(found)[given.id]
    listed = result(found, given.id)
    return listed["eligibility"], tuple(listed["to_check"])


def service(**more: Any) -> OptionDocument:
    return option("x", PERMIS, **more)


def immersion(**more: Any) -> OptionDocument:
    return option("x", kind="immersion", rome=("K1302",), **more)


JOB = {"needs": [], "projects": [{"rome": "K1302"}]}


def test_nothing_told_against_is_met() -> None:
    assert state(service()) == ("met", ())


@pytest.mark.parametrize("code", ["26113", "26", "france", "99100"])
def test_a_zone_that_covers_the_commune_is_met(code: str) -> None:
    assert state(service(zone_eligibilite=(code,)))[0] == "met"


def test_a_zone_elsewhere_is_told_by_its_name() -> None:
    assert state(service(zone_eligibilite=("26362",))) == ("not_met", ("réservée aux habitants de Valence",))


def test_many_zones_elsewhere_are_told_shortly() -> None:
    zones = ("01", "02", "03", "04", "05")
    assert "et 2 autres territoires" in state(service(zone_eligibilite=zones))[1][0]


def test_a_remote_service_reserved_to_another_zone_stays_out() -> None:
    assert state(option("x", PERMIS, km=None, zone_eligibilite=("75",)))[0] == "not_met"


def test_everyone_or_a_public_of_the_person_is_met() -> None:
    assert state(service(publics=("tous-publics",)))[0] == "met"
    assert state(service(publics=("jeunes", "seniors")), publics=["jeunes"])[0] == "met"


def test_publics_not_told_are_to_check_and_never_exclude() -> None:
    assert state(service(publics=())) == ("check", ("public non précisé",))


def test_a_public_the_person_did_not_list_is_unknown_not_no() -> None:
    assert state(service(publics=("femmes",)), publics=["jeunes"]) == ("check", ("public : femmes",))


@pytest.mark.parametrize(
    ("age", "public", "expected"),
    [
        (20, "jeunes", "met"),
        (27, "jeunes", "check"),
        (45, "jeunes", "not_met"),
        (65, "seniors", "met"),
        (55, "seniors", "check"),
        (30, "seniors", "not_met"),
        (None, "jeunes", "check"),
    ],
)
def test_age_tells_who_is_young_or_old(age: int | None, public: str, expected: str) -> None:
    assert state(service(publics=(public,)), age=age)[0] == expected


def test_one_public_that_may_fit_is_enough() -> None:
    assert state(service(publics=("familles", "jeunes")), age=45)[0] == "check"


@pytest.mark.parametrize(
    ("text", "age", "expected"),
    [
        ("16-25 ans", 20, "met"),
        ("16-25 ans", None, "check"),
        ("16-25 ans", 28, "not_met"),
        ("16-25 ans, jusqu’à 30 ans avec RQTH", 28, "check"),
        ("16-25 ans, jusqu’à 30 ans avec RQTH", 35, "not_met"),
        ("16-25 ans en priorité", 28, "check"),
    ],
)
def test_an_age_written_in_the_conditions(text: str, age: int | None, expected: str) -> None:
    assert state(service(sheet={"publics_precisions": text}), age=age)[0] == expected


def text(conditions: str, **keys: Any) -> tuple[str, tuple[str, ...]]:
    return state(service(sheet={"conditions_acces": conditions}), **keys)


@pytest.mark.parametrize(
    ("conditions", "facts", "expected"),
    [
        ("Bénéficier du RSA", {"rsa": True}, "met"),
        ("Bénéficier du RSA", {}, "check"),
        ("Bénéficier du RSA", {"rsa": False}, "contradicted"),
        ("RSA en priorité", {"rsa": False}, "check"),
        ("RSA ou ASS", {"ass": True}, "met"),
        ("Bénéficiaires d’un minimum social", {"aah": True}, "met"),
        ("Permis B", {"permis-b": False}, "contradicted"),
        ("Habiter un QPV", {"qpv": True}, "met"),
        ("Habiter un QPV", {}, "check"),
        ("Commune en zone FRR", {"frr": False}, "contradicted"),
    ],
)
def test_a_fact_asked_in_the_conditions(conditions: str, facts: dict[str, bool], expected: str) -> None:
    found, told = text(conditions, facts=facts)
    against = [one for one in told if one.startswith("d’après son texte")]
    assert found == ("met" if expected == "met" else "check")
    assert bool(against) is (expected == "contradicted")


def test_what_a_text_denies_stands_first_lowers_and_never_removes() -> None:
    against = service(sheet={"conditions_acces": "Casier vierge. Bénéficier du RSA"})
    found = matches(person(**PERMIT, facts={"rsa": False}), against, option("y", PERMIS, km=20))
    assert ids(found) == ["y", "x"]
    assert result(found, "x")["to_check"][0] == (
        "d’après son texte, l’offre n’est pas pour cette personne : bénéficier du RSA"
    )


def test_somebody_who_looks_for_work_registers_when_needed() -> None:
    told = text("Être inscrit à France Travail", publics=["demandeurs-emploi"])
    assert told == ("met", ("inscription à France Travail",))


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [("Habiter Die", "met"), ("Habitants de la Drôme", "met"), ("Habiter les Baronnies", "check"),
     ("Habiter Valence", "check"), ("Domiciliés en Ardèche", "check")],
)  # fmt: skip
def test_where_one_must_live(conditions: str, expected: str) -> None:
    assert text(conditions)[0] == expected


def test_a_place_elsewhere_is_quoted() -> None:
    assert text("Domiciliés en Ardèche")[1] == (
        "d’après son texte, l’offre n’est pas pour cette personne : « Domiciliés en Ardèche »",
    )


def test_a_description_that_reserves_lowers_by_age_and_by_place() -> None:
    young = service(description="Réservé aux jeunes de 16 à 25 ans.")
    assert state(young, age=40)[0] == "check"
    assert state(young, age=40)[1][0].startswith("d’après son texte")
    assert state(young, age=20)[0] == "met"


def test_men_only_for_a_woman_is_against_her() -> None:
    assert text("Hommes seuls", publics=["femmes"])[1][0].startswith("d’après son texte")
    assert text("Hommes seuls")[1] == ("réservée aux hommes",)
    assert text("Femmes uniquement", publics=["femmes"])[0] == "met"


def test_a_level_asked() -> None:
    assert text("Niveau 4 minimum")[1] == ("niveau 4 au moins",)
    assert text("Niveau 4 minimum", level=3)[1] == ("niveau 4 au moins, la personne a le niveau 3",)
    assert text("Niveau 4 minimum", level=5)[0] == "met"


@pytest.mark.parametrize(
    ("public", "facts", "expected"),
    [
        ("residents-qpv-frr", {"qpv": True}, "met"),
        ("residents-qpv-frr", {"frr": True}, "met"),
        ("residents-qpv-frr", {"qpv": False}, "check"),
        ("residents-qpv-frr", {"qpv": False, "frr": False}, "not_met"),
        ("beneficiaires-des-minimas-sociaux", {"rsa": True}, "met"),
        ("beneficiaires-des-minimas-sociaux", {"rsa": False, "ass": False, "aah": False}, "not_met"),
        ("beneficiaires-des-minimas-sociaux", {"rsa": False}, "check"),
        ("personnes-en-situation-de-handicap", {"rqth": True}, "met"),
        ("personnes-en-situation-de-handicap", {"rqth": False}, "check"),
        ("etudiants", {"etudiant": False}, "not_met"),
        ("demandeurs-emploi", {"inscrit-france-travail": True}, "met"),
    ],
)
def test_a_fact_tells_a_public(public: str, facts: dict[str, bool], expected: str) -> None:
    assert state(service(publics=(public,)), facts=facts)[0] == expected


def test_the_list_of_rural_communes_tells_its_residents() -> None:
    from_die = Profile.from_json({"code_insee": "26113", **PERMIT}, communes.with_rural({"26113": True}))
    reserved = service(publics=("residents-qpv-frr",))
    assert result(matches(from_die, reserved), "x")["eligibility"] == "met"
    assert state(reserved)[0] == "check"


@pytest.mark.parametrize("zone", [("242600534",), ("01", "03", "07", "15", "26", "38")])
def test_an_intercommunality_and_a_region_written_as_its_departements_cover(zone: tuple[str, ...]) -> None:
    assert state(service(zone_eligibilite=zone))[0] == "met"


@pytest.mark.parametrize(("home", "zone"), [("75111", "75056"), ("75056", "75111"), ("69381", "69123")])
def test_an_arrondissement_and_its_commune_see_each_other_s_zones(home: str, zone: str) -> None:
    place = communes.get(home).point
    near = service(zone_eligibilite=(zone,), points=(place,))
    found = matches(person(code_insee=home, **PERMIT), near)
    assert ids(found) == ["x"]


def test_a_refused_kind_of_option_stays_away_until_its_reason_lapses() -> None:
    training = option("t", kind="training", rome=("K1302",), occurrences=(slot("a", 5),))
    refused = {"kind": "training", "reason": "pas cette année", "until": "2026-12-31"}
    assert excluded(matches(person(**JOB, refusals=[refused]), training)) == {
        "t": ("genre d’offre refusé par la personne : pas cette année",)
    }
    assert ids(matches(person(**JOB, refusals=[refused | {"until": "2026-11-01"}]), training)) == ["t"]


def test_a_registration_is_to_check() -> None:
    told = state(service(sheet={"conditions_acces": "Être inscrit à France Travail"}))
    assert told == ("check", ("inscription à France Travail",))


def test_a_referral_is_to_arrange_and_leaves_the_right_certain() -> None:
    told = state(service(mobilisable_par=("professionnels",)))
    assert told == ("met", ("la demande doit être faite par un professionnel",))


def test_who_may_send_is_told_once() -> None:
    both = service(mobilisable_par=("professionnels",), sheet={"conditions_acces": "Sur orientation"})
    assert state(both) == ("met", ("orientation par un professionnel",))


def test_too_far_says_how_far() -> None:
    kind, (sentence,) = state(service(km=35))
    assert kind == "not_met"
    assert sentence.startswith("trop loin : environ")
    assert sentence.endswith("min en voiture, 45 acceptées")


def test_too_far_on_site_is_still_had_from_home() -> None:
    found = matches(person(**PERMIT), service(km=60, modes_accueil=(REMOTE, ON_SITE)))
    listed = result(found, "x")
    assert (listed["distance_km"], listed["travel_minutes"], listed["remote"]) == (None, None, True)


def test_without_a_limit_nothing_is_too_far_within_the_search() -> None:
    assert state(service(km=30), travel={"modes": ["voiture"]})[0] == "met"


def test_a_situation_orders_by_distance_and_never_empties() -> None:
    walker = {"needs": [], "travel": {}, "constraints": [{"code": "mobilite", "situations": ["6"]}]}
    assert state(service(km=30), **walker)[0] != "not_met"


def test_an_unknown_place_is_to_check() -> None:
    nowhere = service(km=None, modes_accueil=())
    assert state(nowhere) == ("met", ("lieu non précisé",))


def test_minutes_accepted_without_a_way_of_travelling_are_to_check() -> None:
    kind, (sentence,) = state(service(), travel={"max_minutes": 30})
    assert kind == "met"
    assert "moyen de déplacement non renseigné" in sentence


def test_a_timetable_to_check_leaves_the_right_to_it_certain() -> None:
    kind, (sentence,) = state(service(), travel={"modes": ["transports-en-commun"], "max_minutes": 60})
    assert kind == "met"
    assert "horaires à vérifier" in sentence


def test_remote_only_is_left_out_for_who_does_not_want_it() -> None:
    remote = option("x", PERMIS, km=None)
    assert state(remote, remote_ok=False)[0] == "not_met"
    assert state(remote, remote_ok=None)[0] == "met"


def test_a_refused_option_stays_away_with_its_reason() -> None:
    refusal = {"option_id": "x", "reason": "déjà essayé"}
    assert state(service(), refusals=[refusal]) == ("not_met", ("refusée par la personne : déjà essayé",))


def test_a_refusal_whose_time_has_passed_comes_back_marked() -> None:
    refusal = {"option_id": "x", "reason": "sans garde", "until": "2026-11-01"}
    assert state(service(), refusals=[refusal]) == ("check", ("refusée auparavant : sans garde",))


def test_no_open_date_left_is_told() -> None:
    gone = immersion(occurrences=(slot("a", 0), slot("b", 5, places_left=0)))
    assert state(gone, **JOB) == ("not_met", ("plus aucune date ouverte",))


def test_places_not_told_never_close_a_date() -> None:
    assert state(immersion(occurrences=(slot("a", 5, places_left=None),)), **JOB)[0] == "met"


def test_dates_before_the_person_is_free_do_not_count() -> None:
    free = (TODAY + timedelta(days=30)).isoformat()
    early = immersion(occurrences=(slot("a", 5),))
    assert state(early, available_from=free, **JOB)[1][0].startswith("aucune date à partir du 23/12/2026")
    later = immersion(occurrences=(slot("a", 5), slot("b", 40)))
    assert state(later, available_from=free, **JOB)[0] == "met"


def test_hours_the_person_excludes_leave_the_other_dates() -> None:
    night = slot("a", 5, times=("nuit",))
    assert state(immersion(occurrences=(night,)), excluded_hours=["nuit"], **JOB) == (
        "not_met",
        ("horaires exclus par la personne : la nuit",),
    )
    either = immersion(occurrences=(night, slot("b", 9, times=("jour",))))
    assert state(either, excluded_hours=["nuit"], **JOB)[0] == "met"
    assert state(immersion(occurrences=(slot("c", 5),)), excluded_hours=["nuit"], **JOB)[0] == "met"


def test_health_first_folds_job_offers_with_the_sentence() -> None:
    kind, (sentence,) = state(
        immersion(occurrences=(slot("a", 5),)),
        constraints=[{"code": "sante", "situations": ["18"]}],
        **JOB,
    )
    assert kind == "not_met"
    assert sentence.startswith("la santé d’abord")


def test_who_wants_no_training_is_not_proposed_any() -> None:
    training = option("t", kind="training", rome=("K1302",), occurrences=(slot("a", 5),))
    unwilling = [{"code": "mobilite", "situations": ["Ne souhaite pas suivre une formation"]}]
    found = matches(person(constraints=unwilling, projects=[{"rome": "K1302"}]), training)
    assert ids(found) == []
    assert excluded(found)["t"] == ("la personne ne souhaite pas suivre de formation",)


def test_the_day_decides_what_is_open() -> None:
    dated = immersion(occurrences=(slot("a", 5),))
    someone = person(**JOB)
    assert ids(matches(someone, dated)) == ["x"]
    assert ids(matches(someone, dated, today=date(2026, 12, 24))) == []


def test_one_unmet_criterion_rules_over_what_is_to_check() -> None:
    assert Verdict(to_check=("x",), not_met=("y",)).state == "not_met"
    assert Verdict(to_check=("x",)).state == "check"
    assert Verdict(practical=("x",)).state == "met"
