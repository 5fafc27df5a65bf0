"""The same service told by two sources is shown once, both traceable; two that look alike stay two."""

from typing import Any

from indexer.document import OptionDocument
from matching.match import match
from matching.twins import are_twins, twins
from tests.unit.matching.builders import FOOD, FRENCH, TODAY, ids, matcher, matches, option, person, result

NEEDY: dict[str, Any] = {"needs": [FOOD]}


def sheet(source: str, **more: Any) -> OptionDocument:
    given: dict[str, Any] = {"nom": "Épicerie solidaire", "structure_nom": "CCAS de Die", "source": source}
    return option(f"{source}-1", FOOD, **(given | more))


def test_one_service_from_two_sources_is_shown_once_and_both_stay_traceable() -> None:
    found = matches(person(**NEEDY), sheet("dora"), sheet("soliguide", nom="EPICERIE SOLIDAIRE", km=2.1))
    (shown,) = found.results
    assert sorted((shown.id, *shown.also)) == ["dora-1", "soliguide-1"]
    assert result(found, shown.id)["also"] == list(shown.also)


def test_the_fuller_of_two_twins_is_shown() -> None:
    bare, full = sheet("dora", completeness=0.2), sheet("soliguide", completeness=0.9)
    assert ids(matches(person(**NEEDY), bare, full)) == ["soliguide-1"]


def test_a_twin_that_the_person_may_not_use_is_not_told_of() -> None:
    found = matches(person(**NEEDY), sheet("dora"), sheet("soliguide", zone_eligibilite=("75",)))
    assert [(one.id, one.also) for one in found.results] == [("dora-1", ())]


def test_judged_cases_see_every_sheet_the_twins_after_the_first_page() -> None:
    crowd = [option(f"o{number:02}", FOOD, km=9) for number in range(12)]
    house = matcher(sheet("dora"), sheet("soliguide"), *crowd, fold_twins=False)
    listed = ids(match(person(**NEEDY), house, today=TODAY))
    assert len(listed) == 14
    assert len({"dora-1", "soliguide-1"} & set(listed[:10])) == 1


def test_two_bodies_of_one_town_with_services_of_one_name_are_no_twins() -> None:
    one, other = (sheet(name, structure_nom=f"Association {name}") for name in ("dora", "soliguide"))
    assert not are_twins(one, other)


def test_one_source_never_tells_a_service_twice() -> None:
    assert not are_twins(sheet("dora"), sheet("dora"))


def test_other_places_themes_and_kinds_are_no_twins() -> None:
    one = sheet("dora")
    assert not are_twins(one, sheet("soliguide", km=4))
    assert not are_twins(one, sheet("soliguide", km=None))
    assert not are_twins(one, sheet("soliguide", thematiques=(FRENCH,)))
    assert not are_twins(one, sheet("soliguide", kind="training"))


def test_a_theme_that_one_source_forgot_parts_no_twins() -> None:
    assert are_twins(sheet("dora"), sheet("soliguide", thematiques=()))


def test_one_body_told_by_two_sources_under_two_names_is_one() -> None:
    one = sheet("dora", nom="CSAPA LE GUE - centre de soins en addictologie", structure_nom="LE GUE")
    other = sheet("soliguide", nom="CSAPA Le Gué", structure_nom="Association Le Gué")
    assert are_twins(one, other)
    assert not are_twins(one, sheet("soliguide", nom="Groupe de parole", structure_nom="Association Le Gué"))


def test_a_telephone_in_common_makes_up_for_a_name_told_otherwise() -> None:
    phone = {"sheet": {"telephone": "0465710000"}}
    one, other = sheet("dora", **phone), sheet("soliguide", nom="Épicerie solidaire du Diois", **phone)
    assert twins([one, other]) == {"dora-1": {"soliguide-1"}, "soliguide-1": {"dora-1"}}
    assert not are_twins(one, sheet("soliguide", nom="Vestiaire", **phone))
