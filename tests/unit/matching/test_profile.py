"""Reading a profile: every fault told together, unknown kept apart from no."""

from typing import Any

import pytest

from matching.errors import InvalidProfile
from matching.profile import Profile
from tests.unit.matching.builders import communes

DIE = {"code_insee": "26113"}
NEED = {"needs": ["9"]}


def read(given: object) -> Profile:
    return Profile.from_json(given, communes)


def faults(given: object) -> dict[str, str]:
    with pytest.raises(InvalidProfile) as refused:
        read(given)
    return dict(refused.value.faults)


def test_a_commune_and_one_need_are_enough() -> None:
    profile = read({**DIE, **NEED})
    assert profile.place.label == "Die"
    assert profile.travel.modes == ()
    assert (profile.age, profile.remote_ok, profile.travel.max_minutes) == (None, None, None)


def test_the_whole_example_is_read() -> None:
    profile = read(
        {
            "code_insee": "26362",
            "travel": {"modes": ["transports-en-commun"], "max_minutes": 45},
            "remote_ok": True,
            "age": 24,
            "publics": ["demandeurs-emploi", "jeunes"],
            "constraints": [
                {"code": "mobilite", "value": "oui", "impact": "fort", "priority": True, "situations": []}
            ],
            "needs": ["lecture-ecriture-calcul--maitriser-le-francais"],
            "strengths": ["numerique"],
            "projects": [{"rome": "K1302", "priority": True}],
            "available_from": "2026-12-01",
            "excluded_hours": ["soir", "nuit"],
            "refusals": [{"option_id": "x", "reason": "trop loin"}],
        }
    )
    assert profile.constraints[0].impact == "fort"
    assert profile.projects[0].rome == "K1302"
    assert profile.excluded_hours == {"soir", "nuit"}
    assert profile.refusals[0].reason == "trop loin"


def test_what_is_not_told_about_a_constraint_stays_unknown() -> None:
    (constraint,) = read({**DIE, "constraints": [{"code": "sante"}]}).constraints
    assert (constraint.value, constraint.impact, constraint.priority) == ("oui", None, False)


def test_a_code_written_as_a_number_is_read() -> None:
    profile = read({**DIE, "constraints": [{"code": 23, "situations": [6]}], "needs": [9]})
    assert profile.constraints[0].situations == ("6",)
    assert profile.needs == ("9",)


def test_a_point_alone_takes_the_zones_of_its_commune() -> None:
    place = read({"lat": 44.754, "lon": 5.370, **NEED}).place
    assert place.code_insee == "26113"
    assert "26" in place.zones


def test_an_arrondissement_is_covered_by_the_zone_of_its_commune() -> None:
    assert "75056" in read({"code_insee": "75111", **NEED}).place.zones


def test_corsica_may_be_written_in_lower_case() -> None:
    assert read({"code_insee": "2a004", **NEED}).place.label == "Ajaccio"


def test_an_unknown_commune_is_told_with_the_nearest_names() -> None:
    assert "Valence (26362)" in faults({"code_insee": "Valense", **NEED})["code_insee"]


def test_a_latitude_without_longitude_is_refused() -> None:
    assert faults({"lat": 44.7, **NEED}) == {"lon": "lat est donné sans lon"}


def test_nothing_needed_is_refused() -> None:
    assert "constraints" in faults(DIE)


def test_nowhere_is_refused() -> None:
    assert "code_insee" in faults(NEED)


def test_every_fault_is_told_at_once() -> None:
    told = faults(
        {
            **DIE,
            "travl": {},
            "age": "vingt",
            "publics": ["jeune"],
            "travel": {"modes": ["fusée"], "max_minutes": 0},
            "constraints": [{"impact": "énorme"}],
            "available_from": "1/12/2026",
            "excluded_hours": "soir",
            "refusals": [3],
        }
    )
    assert set(told) == {
        "travl", "age", "publics[0]", "travel.modes[0]", "travel.max_minutes", "constraints[0].code",
        "constraints[0].impact", "available_from", "excluded_hours", "refusals[0]", "refusals[0].option_id",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("age", True),
        ("age", 24.5),
        ("age", -1),
        ("remote_ok", "oui"),
        ("needs", [{"code": "9"}]),
        ("needs", [""]),
        ("needs", ["x" * 2_000]),
        ("needs", ["9"] * 600),
        ("lat", 95),
        ("lat", float("nan")),
        ("code_insee", ["26113"]),
        ("travel", ["voiture"]),
        ("projects", [{"rome": None}]),
    ],
)
def test_a_wrong_value_names_its_field(key: str, value: Any) -> None:
    assert any(
        field.startswith(key) for field in faults({**DIE, "lon": 5.37, "lat": 44.75, **NEED, key: value})
    )


def test_what_the_method_holds_beside_constraints_is_read() -> None:
    profile = read(
        {
            **DIE,
            "criteria": [{"code": "contrainte_sante", "value": "IMPACT_FORT_RECHERCHE_EMPLOI"}],
            "cnaf": ["0502"],
            "confidence": "perte-de-confiance",
            "own_priorities": {"mobilite": 5},
            "facts": {"rsa": True, "qpv": False, "frr": None},
            "level": 3,
            "authorised_prescriber": True,
            "constraints": [
                {
                    "code": "mobilite",
                    "value": "non",
                    "situations_denied": ["6"],
                    "objectives_done": ["4"],
                    "objectives_dropped": ["5"],
                }
            ],
            "refusals": [{"theme": "sante--addictions"}, {"kind": "training", "until": "2027-01-01"}],
            "unrecognised": ["Devenir astronaute"],
            "imported": {"format": "x"},
        }
    )
    assert profile.criteria[0].value == "IMPACT_FORT_RECHERCHE_EMPLOI"
    assert profile.facts == {"rsa": True, "qpv": False}
    assert profile.own_priorities == {"mobilite": 5}
    assert profile.constraints[0].situations_denied == ("6",)
    assert [(one.theme, one.kind) for one in profile.refusals] == [
        ("sante--addictions", ""),
        ("", "training"),
    ]
    assert (profile.level, profile.authorised_prescriber, profile.confidence) == (
        3,
        True,
        "perte-de-confiance",
    )


@pytest.mark.parametrize("start", [{"criteria": [{"code": "boe", "value": "OUI"}]}, {"cnaf": ["0502"]},
                                   {"confidence": "en-capacite"}])  # fmt: skip
def test_a_criterion_alone_is_enough_to_start(start: dict[str, Any]) -> None:
    read({**DIE, **start})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"facts": {"rsa": "oui"}}, "facts.rsa"),
        ({"facts": {"riche": True}}, "facts.riche"),
        ({"facts": ["rsa"]}, "facts"),
        ({"level": 9}, "level"),
        ({"own_priorities": {"mobilite": 6}}, "own_priorities.mobilite"),
        ({"own_priorities": {f"x{number}": 1 for number in range(600)}}, "own_priorities"),
        ({"criteria": [{"code": "boe"}]}, "criteria[0].value"),
        ({"confidence": "forte"}, "confidence"),
        ({"refusals": [{"theme": "jardin"}]}, "refusals[0].theme"),
        ({"refusals": [{"reason": "x"}]}, "refusals[0].option_id"),
    ],
)
def test_a_wrong_answer_of_the_method_names_its_field(given: dict[str, Any], field: str) -> None:
    assert field in faults({**DIE, **NEED, **given})


@pytest.mark.parametrize("given", [None, [], "x", 3])
def test_what_is_not_an_object_is_refused(given: object) -> None:
    assert faults(given)[""] == "un objet est attendu"
