"""A diagnostic held as a value, whoever made it: what of it a match starts from, and what stays in it."""

from datetime import date

from matching.diagnostic.diagnosis import (
    Confidence,
    ConstraintAnswer,
    CriterionAnswer,
    Diagnostic,
    NeedAnswer,
    Objective,
    Provenance,
    Situation,
    profile_of,
)  # fmt: skip
from matching.diagnostic.mapping import Entry, default_mapping
from matching.diagnostic.nomenclature import Section
from matching.profile import Profile
from tests.unit.matching.builders import communes

MAPPING = default_mapping()
SEEN = Provenance(source="entretien", author="conseillère sociale", structure="CMS", on=date(2026, 11, 20))


def entry(section: Section, told: str, under: str = "") -> Entry:
    found = MAPPING.find(section, told, under=under)
    assert found is not None
    return found


def test_the_person_s_words_stay_and_their_scale_and_refusals_go_along() -> None:
    held = Diagnostic(
        source="jalon",
        constraints=(ConstraintAnswer(entry=entry("constraints", "mobilite"), value="oui", provenance=SEEN),),
        words=("Je ne veux plus dépendre de ma sœur pour y aller",),
        own_priorities={"mobilite": 5},
        refused={"mobilite--acceder-a-un-vehicule": "trop cher", "training": ""},
    )
    profile = profile_of(held, "26113")
    assert profile["own_priorities"] == {"mobilite": 5}
    assert profile["refusals"] == [
        {"theme": "mobilite--acceder-a-un-vehicule", "reason": "trop cher"},
        {"kind": "training"},
    ]
    assert "sœur" not in str(profile)
    assert "conseillère" not in str(profile)
    Profile.from_json(profile, communes)


def test_nothing_explored_gives_nothing_to_match() -> None:
    held = Diagnostic(
        source="jalon",
        constraints=(ConstraintAnswer(entry=entry("constraints", "sante")),),
        needs=(NeedAnswer(entry=entry("needs", "9")),),
    )
    assert profile_of(held) == {"constraints": [{"code": "sante", "value": "non-abordee"}]}
    assert held.explored == 0


def test_explored_counts_every_answer_and_a_no_is_one() -> None:
    held = Diagnostic(
        source="jalon",
        constraints=(
            ConstraintAnswer(
                entry=entry("constraints", "mobilite"),
                value="oui",
                situations=(
                    Situation(entry=entry("situations", "6", "mobilite"), answer="non"),
                    Situation(entry=entry("situations", "7", "mobilite")),
                ),
                objectives=(Objective(entry=entry("objectives", "6", "mobilite"), state="realise"),),
                provenance=SEEN,
            ),
        ),
        needs=(NeedAnswer(entry=entry("needs", "9"), held="point-fort"),),
        criteria=(CriterionAnswer(code="cnaf", value="OUI", entry=entry("cnaf", "0502")),),
    )
    assert held.explored == 5
    assert held.dates == (date(2026, 11, 20),)


def test_a_constraint_told_in_two_places_is_told_once_by_the_one_that_says_something() -> None:
    digital = entry("constraints", "numerique")
    held = Diagnostic(
        source="jalon",
        constraints=(ConstraintAnswer(entry=digital), ConstraintAnswer(entry=digital, value="oui")),
    )
    assert profile_of(held)["constraints"] == [{"code": "numerique", "value": "oui"}]


def test_the_analysis_of_confidence_comes_before_what_was_said() -> None:
    able = entry("confidence", "En capacité de mener ses démarches")
    held = Diagnostic(source="jalon", confidence=Confidence(trust="non", result=able))
    assert profile_of(held)["confidence"] == "en-capacite"
