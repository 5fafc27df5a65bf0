"""A diagnostic made elsewhere becomes a profile, or a refusal that names the field. No name comes along."""

import re
from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.diagnostic.diagnosis import Diagnostic, profile_of
from matching.diagnostic.importing import read_diagnostic
from matching.diagnostic.mapping import default_mapping
from matching.errors import InvalidDiagnostic, InvalidProfile
from matching.profile import STARTS, Profile
from tests.unit.matching.builders import communes
from tests.unit.matching.diagnostics import CANARY, criteria, version_1, version_4

MAPPING = default_mapping()


def read(told: object) -> Diagnostic:
    return read_diagnostic(told, MAPPING)


def profile(told: object) -> dict[str, Any]:
    return profile_of(read(told), "26113")


def faults(told: object) -> dict[str, str]:
    with pytest.raises(InvalidDiagnostic) as refused:
        read(told)
    return dict(refused.value.faults)


def test_the_current_api_becomes_a_profile() -> None:
    assert profile(version_4()) == {
        "code_insee": "26113",
        "constraints": [
            {
                "code": "mobilite", "value": "oui", "impact": "fort", "priority": True,
                "situations": ["Aucun moyen de transport à disposition"],
                "situations_denied": ["Permis non valide / suspension de permis"],
                "objectives": ["Obtenir le permis de conduire (code / conduite)"],
                "objectives_done": ["Faire un point complet sur sa mobilité"],
                "objectives_dropped": ["Entretenir ou réparer son véhicule"],
            },
            {"code": "sante", "value": "non-abordee"},
            {"code": "logement-hebergement", "value": "cloturee"},
            {"code": "numerique", "value": "oui"},
        ],
        "needs": ["4", "7"],
        "strengths": ["1"],
        "projects": [{"rome": "K1304", "priority": True}],
        "confidence": "perte-de-confiance",
    }  # fmt: skip


def test_each_answer_keeps_its_source_its_structure_and_its_day() -> None:
    mobility = read(version_4()).constraints[0]
    assert mobility.provenance.structure == "Agence de Valence"
    assert (mobility.provenance.source, mobility.provenance.on) == ("France Travail", date(2026, 10, 2))
    assert [one.answer for one in mobility.situations] == ["oui", "non", "non-abordee"]
    assert [one.state for one in mobility.objectives] == ["en-cours", "realise", "abandonne", "non-aborde"]


def test_what_was_not_explored_is_kept_and_told_apart_from_no() -> None:
    held = {one.entry.item.code: one.held for one in read(version_4()).needs}
    assert held == {"4": "besoin", "1": "point-fort", "9": "non-explore", "7": "besoin"}


def test_confidence_keeps_what_the_person_said() -> None:
    told = read(version_4()).confidence
    assert told is not None
    assert (told.trust, told.support) == ("non", "ne-sait-pas")


def test_what_the_person_says_of_their_confidence_serves_without_an_analysis() -> None:
    for trust, expected in (("NON", "perte-de-confiance"), ("OUI", "en-capacite"), ("NE_SAIT_PAS", None)):
        assert profile({"pouvoirAgir": {"confiance": trust}}).get("confidence") == expected


def test_the_first_api_is_read_with_its_own_codes() -> None:
    told = profile(version_1())
    assert told["constraints"][0]["objectives"] == ["Accéder à un logement", "Réduire les impayés de loyer"]
    assert (told["needs"], told["strengths"]) == (["12"], ["19"])


def test_a_declared_absence_of_constraint_is_a_no() -> None:
    told = version_4()
    told["thematiqueContrainte"]["declareSansContrainte"]["flag"] = True
    assert (
        profile(told)["constraints"][1]["value"] == "non-abordee"
    )  # another one is ticked: the two disagree
    for constraint in told["thematiqueContrainte"]["contraintes"]:
        constraint["valeur"] = "NON_ABORDEE"
    assert {one["value"] for one in profile(told)["constraints"][:3]} == {"non"}


@pytest.mark.parametrize("status", ["ABANDONNE", "CLOTURE", "Terminé"])
def test_a_search_that_is_over_tells_no_need_of_today(status: str) -> None:
    told = version_4()
    told["besoinsParDiagnostic"][0]["diagnostic"]["statut"] = status
    assert "projects" not in profile(told)
    assert profile(told)["needs"] == ["7"]
    assert len(read(told).needs) == 4


def test_a_need_of_one_search_is_no_strength_of_another() -> None:
    told = version_4()
    told["besoinsParDiagnostic"].append(
        {"besoins": [{"code": "1", "valeur": "BESOIN"}, {"code": "4", "valeur": "POINT_FORT"}]}
    )
    assert profile(told)["needs"] == ["4", "1", "7"]
    assert "strengths" not in profile(told)


def test_what_is_not_recognised_is_counted_and_shown() -> None:
    told = version_4()
    mobility = told["thematiqueContrainte"]["contraintes"][0]
    mobility["situations"].append({"code": "2314", "libelle": "Trottinette volante", "valeur": "OUI"})
    mobility["objectifs"].append({"code": "999", "valeur": "EN_COURS"})
    mobility["objectifs"][0]["valeur"] = "PEUT_ETRE"
    told["thematiqueContrainte"]["contraintes"].append(
        {"code": "30", "libelle": "Apesanteur", "valeur": "OUI"}
    )
    found = read(told)
    assert found.unrecognised == (
        "Trottinette volante (code 2314)",
        "Obtenir le permis de conduire (code / conduite) : valeur « PEUT_ETRE »",
        "code 999",
        "Apesanteur (code 30)",
    )
    assert found.read - found.recognised == 3
    assert profile_of(found)["unrecognised"] == list(found.unrecognised)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Difficulté d’ordre juridique", None),
        ("difficulte d'ordre juridique", "1"),
        ("RENCONTRE DES DIFFICULTÉS JURIDIQUES", None),
        (None, "37"),
        (None, 37),
        ("", "37"),
    ],
)
def test_a_situation_lands_by_its_words_old_or_new_or_by_its_code(label: str | None, code: Any) -> None:
    told = {
        "contraintes": [
            {"code": 29, "valeur": "OUI", "situations": [{"libelle": label, "code": code, "valeur": "OUI"}]}
        ]
    }
    assert profile(told)["constraints"][0]["situations"] == ["Difficulté d’ordre juridique"]


def test_criteria_become_criteria_and_noes() -> None:
    told = profile(
        criteria(contrainteLogement=["SANS_LOGEMENT"], niveau_etude="NV5", contrainte_mobilite=None)
    )
    assert told["criteria"] == [
        {"code": "boe", "value": "NON"},
        {"code": "contrainte_logement", "value": "SANS_LOGEMENT"},
        {"code": "niveau_etude", "value": "NV5"},
    ]
    assert told["constraints"] == [{"code": "sante", "value": "non"}]


def test_criteria_told_one_by_one_in_a_list() -> None:
    told = read(
        {
            "criteres": [
                {"critere": "contrainte_logement", "valeur": "SANS_LOGEMENT"},
                {"critere": "contrainte_sante", "valeur": "AUCUNE"},
                {"critere": "contrainte_mobilite", "valeur": ["DEPENDANT_TRANSPORT", "AUTRE"]},
                {"critere": "contrainte_lunaire", "valeur": "FORTE"},
                {"critere": "boe", "valeur": None},
            ]
        }
    )
    assert [(one.code, one.value) for one in told.criteria if one.entry] == [
        ("contrainte_logement", "SANS_LOGEMENT"),
        ("contrainte_mobilite", "DEPENDANT_TRANSPORT"),
        ("contrainte_mobilite", "AUTRE"),
    ]
    assert told.unrecognised == ("contrainte_lunaire = FORTE",)
    assert profile_of(told)["constraints"] == [{"code": "sante", "value": "non"}]
    assert "criteres[0].critere" in faults({"criteres": [{"valeur": "OUI"}]})


def test_a_diagnostic_in_its_envelopes_is_found_and_its_fields_are_named_from_the_top() -> None:
    assert profile({"data": {"dossier": version_4()}}) == profile(version_4())
    told = {"data": {"dossier": version_4()}}
    told["data"]["dossier"]["thematiqueContrainte"] = "x"
    assert "data.dossier.thematiqueContrainte" in faults(told)


def test_cnaf_codes_stand_by_what_they_speak_of_too() -> None:
    found = read({"dsp": {"difsocs": ["0402"], "difdisps": ["0502", "0501"], "diflog": "1002"}})
    assert profile_of(found)["cnaf"] == ["0402", "0502", "0501", "1002"]
    assert found.unrecognised == ()


def test_criteria_that_nothing_needs_are_recognised_and_left_in_the_diagnostic() -> None:
    found = read(criteria())
    assert [one.code for one in found.criteria] == ["origine", "contrainteSante", "boe"]
    assert found.recognised == found.read == 3


def test_an_unknown_criterion_or_value_is_shown() -> None:
    found = read(criteria(contrainteLunaire="FORTE", contrainteMobilite="FUSEE", organisme="XX"))
    assert found.unrecognised == ("contrainteLunaire = FORTE", "contrainteMobilite = FUSEE", "organisme = XX")


def test_cnaf_codes_are_read_even_written_as_numbers() -> None:
    found = read({"dsp": ["0502", 402, "7777"]})
    assert profile_of(found)["cnaf"] == ["0502", "0402"]
    assert found.unrecognised == ("code CNAF 7777",)


def test_a_diagnostic_and_criteria_go_together() -> None:
    told = read(version_4() | criteria(contrainte_numerique="NON_MAITRISE"))
    assert told.source == "france-travail-v4+criteres-orientation"
    assert {"code": "contrainte_numerique", "value": "NON_MAITRISE"} in profile_of(told)["criteria"]


def test_the_commune_of_the_file_serves_unless_another_is_given() -> None:
    told = read(version_4() | {"codeInsee": "26362"})
    assert profile_of(told)["code_insee"] == "26362"
    assert profile_of(told, "26113")["code_insee"] == "26113"


MOBILITY = "thematiqueContrainte.contraintes[0]"
FIRST_NEED = "besoinsParDiagnostic[0].thematiquesBesoins[0].besoins[0]"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("thematiqueContrainte", "x"),
        ("thematiqueContrainte.contraintes", {"a": 1}),
        (MOBILITY, 3),
        (f"{MOBILITY}.code", ["23"]),
        (f"{MOBILITY}.valeur", True),
        (f"{MOBILITY}.estPrioritaire", "oui"),
        (f"{MOBILITY}.situations", "aucune"),
        (f"{MOBILITY}.objectifs[0].libelle", 1.5),
        ("besoinsParDiagnostic", {}),
        (f"{FIRST_NEED}.libelle", []),
        ("pouvoirAgir", []),
        ("autonomieNumerique.besoin", "7"),
    ],
)
def test_a_wrong_type_is_refused_and_names_its_field(field: str, value: Any) -> None:
    told = version_4()
    *steps, last = (int(one) if one.isdecimal() else one for one in re.findall(r"\w+", field))
    inside: Any = told
    for step in steps:
        inside = inside[step]
    inside[last] = value
    assert field in faults(told)


def test_an_item_without_a_code_or_a_label_is_refused_and_named() -> None:
    told = version_4()
    told["thematiqueContrainte"]["contraintes"][0]["situations"][1] = {"valeur": "OUI"}
    assert f"{MOBILITY}.situations[1].code" in faults(told)


@pytest.mark.parametrize("told", [None, 3, "x", {}, {"nom": CANARY}, [], [{}, {}], {"code_insee": "26113"}])
def test_what_is_no_diagnostic_is_refused_with_a_sentence(told: object) -> None:
    assert list(faults(told)) == [""]


def test_a_list_of_one_is_its_one() -> None:
    assert profile([version_4()]) == profile(version_4())


def test_a_date_that_cannot_be_read_is_left_aside_and_said_to_be() -> None:
    told = version_4()
    told["thematiqueContrainte"]["contraintes"][0]["dateExploration"] = "hier"
    assert read(told).left_aside == (f"{MOBILITY}.dateExploration : date illisible, laissée de côté",)


def test_parts_that_are_null_are_not_faults() -> None:
    assert profile(dict.fromkeys(version_4(), None)) == {"code_insee": "26113"}


def test_no_name_and_no_number_of_anybody_comes_out() -> None:
    told = version_4() | criteria()
    told["thematiqueContrainte"]["contraintes"].append(
        {"code": "2 85 01 26 362 041 88", "libelle": "x@exemple.fr", "valeur": "OUI"}
    )
    found = read(told)
    said = orjson.dumps(profile_of(found)).decode() + repr(found)
    for personal in (CANARY, "285012", "1985", "exemple.fr", "85 01 26"):
        assert personal not in said


# ------------------------------------------------------------------------------------------ any JSON at all

KEYS = st.sampled_from(
    [
        "besoinsParDiagnostic",
        "diagnostic",
        "thematiquesBesoins",
        "besoins",
        "thematiqueContrainte",
        "contraintes",
        "situations",
        "objectifs",
        "code",
        "id",
        "libelle",
        "nom",
        "valeur",
        "impact",
        "estPrioritaire",
        "agent",
        "structure",
        "statut",
        "codeRome",
        "dateExploration",
        "pouvoirAgir",
        "confiance",
        "resultatAnalyse",
        "autonomieNumerique",
        "contrainte",
        "besoin",
        "declareSansContrainte",
        "contrainteSante",
        "critere",
        "difsoc",
        "boe",
        "dsp",
        "criteres",
        "code_insee",
        "niveau_etude",
    ]
)
WORDS = st.sampled_from(
    ["OUI", "NON", "EN_COURS", "BESOIN", "FORT", "23", "6", "AUCUNE", "K1304", "2026-01-01", "26113"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 60)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | WORDS
)
JSON = st.recursive(
    SCALARS,
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(KEYS | st.text(max_size=5), inside, max_size=6)
    ),
)


def becomes_a_profile_or_a_refusal(told: object) -> None:
    made: dict[str, Any] = {}
    refused: tuple[tuple[str, str], ...] = ()
    try:
        made = profile(told)
    except InvalidDiagnostic as error:
        refused = error.faults
    assert bool(made) is not bool(refused)
    assert all(sentence for _, sentence in refused)
    if any(made.get(key) for key in STARTS):
        Profile.from_json(orjson.loads(orjson.dumps(made)), communes)
    elif made:
        with pytest.raises(InvalidProfile):
            Profile.from_json(made, communes)


@given(JSON)
def test_any_json_is_a_profile_or_a_refusal(told: object) -> None:
    becomes_a_profile_or_a_refusal(told)


@given(st.data())
def test_a_diagnostic_with_anything_anywhere_is_a_profile_or_a_refusal(data: st.DataObject) -> None:
    told: Any = data.draw(st.sampled_from([version_4, version_1, criteria]))()
    inside: Any = told
    for _ in range(data.draw(st.integers(0, 7))):
        deeper = list(inside) if isinstance(inside, dict) else range(len(inside))
        step = data.draw(st.sampled_from(list(deeper))) if deeper else None
        if step is None or not isinstance(inside[step], dict | list) or not inside[step]:
            break
        inside = inside[step]
    if isinstance(inside, dict):
        inside[data.draw(KEYS | st.sampled_from(list(inside)))] = data.draw(JSON)
    else:
        inside[data.draw(st.integers(0, len(inside) - 1))] = data.draw(JSON)
    becomes_a_profile_or_a_refusal(told)
