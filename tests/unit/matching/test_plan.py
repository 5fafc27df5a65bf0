"""A path: what comes before what, at which dates, what stops it, and what becomes of it when a step slips."""

from datetime import date, timedelta
from typing import Any

import pytest

from indexer.document import OptionDocument
from matching.match import Matcher
from matching.matches import Plan, Step
from matching.needed import answers
from matching.opening import open_days
from matching.plan import Slip, plan_chosen, replan
from matching.profile import Profile
from matching.steps import Offer
from tests.unit.matching.builders import FRENCH, PERMIS, TODAY, matcher, matches, option, person, slot

CHILDCARE = "famille--garde-denfants"
JOB = {"projects": [{"rome": "K1302", "priority": True}]}
PARENT = {
    **JOB,
    "constraints": [{"code": "famille", "impact": "fort", "priority": True, "situations": ["13"]}],
}


def creche(**more: Any) -> OptionDocument:
    return option("creche", CHILDCARE, nom="Crèche", **more)


def trial(*slots: int, days: int = 4, id: str = "trial") -> OptionDocument:  # noqa: A002
    """Slots that start in so many days."""
    dates = tuple(slot(f"s{start}", start, days=days) for start in slots)
    return option(id, nom="Essai", kind="immersion", rome=("K1302",), occurrences=dates)


def course(*sessions: int, days: int = 60) -> OptionDocument:
    dates = tuple(slot(f"c{start}", start, days=days) for start in sessions)
    return option("course", nom="Titre", kind="training", rome=("K1302",), occurrences=dates)


def path(*options: OptionDocument, **keys: Any) -> Plan:
    return matches(person(**keys), *options).path


def told(found: Plan) -> list[tuple[str, int, int]]:
    """(option, days from today, wait)."""
    return [(step.option_id, (step.starts - TODAY).days, step.wait_days) for step in found.steps]


def test_childcare_comes_before_the_trial_and_the_trial_before_the_course() -> None:
    found = path(course(10, 40), trial(3, 20), creche(), **PARENT)
    assert [step.option_id for step in found.steps] == ["creche", "trial", "course"]
    # A first visit tomorrow, two weeks to have a place; then the second slot, then the next session.
    assert told(found) == [("creche", 1, 1), ("trial", 20, 19), ("course", 40, 16)]
    assert [(step.slot_id, step.session_id) for step in found.steps] == [
        (None, None), ("s20", None), (None, "c40"),
    ]  # fmt: skip
    assert "14 jours" in found.steps[0].note


def test_a_visit_falls_on_a_day_when_the_place_opens() -> None:
    thursdays = creche(sheet={"horaires_accueil": "Th 09:00-12:00"})
    assert told(path(thursdays, trial(30), **PARENT))[0] == ("creche", 3, 3)
    by_the_structure = creche(sheet={"structure": {"horaires_accueil": "Fr 09:00-12:00"}})
    assert told(path(by_the_structure, trial(30), **PARENT))[0] == ("creche", 4, 4)


def test_the_waiting_of_a_path_is_what_lies_between_its_steps() -> None:
    found = path(course(40), trial(20), creche(), **PARENT)
    steps = found.steps
    free = [TODAY, *(step.ends for step in steps)]
    assert [step.wait_days for step in steps] == [
        (step.starts - before).days for step, before in zip(steps, free, strict=False)
    ]


def test_a_step_that_cannot_be_placed_says_what_stops_it() -> None:
    found = path(course(10), trial(7, days=9), **JOB)
    assert [step.option_id for step in found.steps] == ["trial"]
    (block,) = found.blocks
    assert (block.option_id, block.need) == ("course", "K1302")
    assert (
        block.reason
        == "« Titre » : commence au plus tard le 03/12/2026, avant la fin de « Essai » (09/12/2026)"
    )


def test_a_date_too_early_for_what_must_settle_says_so() -> None:
    found = path(trial(10), creche(), **PARENT)
    assert [step.option_id for step in found.steps] == ["creche"]
    assert "ne tient avec les autres étapes et leurs délais" in found.blocks[0].reason


def test_a_long_wait_is_told() -> None:
    found = path(trial(50), **JOB)
    assert found.blocks[0].reason == "« Essai » ne commence que le 12/01/2027 : 50 jours d’attente"


def test_an_occupation_that_nothing_opens_on_is_told_and_a_list_of_visits_is_no_path() -> None:
    found = path(creche(), **PARENT)
    assert found.steps == ()
    assert "aucune immersion ni formation datée à portée" in found.blocks[0].reason
    assert path(option("x", PERMIS), constraints=[{"code": "mobilite"}]) == Plan()


def test_no_trial_of_another_trade_is_proposed() -> None:
    baker = option("baker", kind="immersion", rome=("D1102",), occurrences=(slot("s", 5),))
    near = option("near", kind="immersion", rome=("K1304",), occurrences=(slot("s", 9),))
    assert told(path(baker, near, **JOB)) == [("near", 9, 9)]


def test_a_course_that_lifts_a_brake_comes_before_the_trial() -> None:
    french = option("french", FRENCH, kind="training", occurrences=(slot("f", 4, days=20),))
    found = path(french, trial(6, 40), **JOB, needs=[FRENCH])
    assert told(found) == [("french", 4, 4), ("trial", 40, 16)]
    assert found.steps[0].session_id == "f"


def test_the_plan_does_not_change_with_the_length_of_the_list() -> None:
    options = [option(f"x{number:02}", CHILDCARE, km=1) for number in range(12)]
    corpus = (*options, trial(20), course(40))
    long, short = (matches(person(**PARENT), *corpus, limit=limit).plan for limit in (30, 1))
    assert long == short
    assert len(long) == 3


def test_another_slot_of_a_nearly_as_good_option_is_taken_when_it_waits_less() -> None:
    found = path(trial(60), trial(5, id="other"), **JOB)
    assert told(found) == [("other", 5, 5)]


def test_dates_before_the_person_is_free_are_not_counted_on() -> None:
    found = path(trial(5, 25), **JOB, available_from=str(TODAY + timedelta(days=20)))
    assert told(found) == [("trial", 25, 25)]


# ------------------------------------------------------------------------------------------ when one slips


def offered(someone: Profile, *options: OptionDocument) -> tuple[Matcher, list[Offer]]:
    house = matcher(*options)
    asked = house.person(someone, TODAY)
    found = [
        Offer(document=one, needs={answer.need.code: answer.strength for answer in answers(one, asked)})
        for one in options
    ]
    return house, found


def slipped(slip: Slip, *options: OptionDocument, on: date = TODAY) -> tuple[tuple[Step, ...], Plan]:
    """The plan first made, and the one made again that day."""
    house, offers = offered(person(**PARENT), *options)
    steps = matches(person(**PARENT), *options).plan
    return steps, replan(house.person(person(**PARENT), on), offers, steps, slip)


def test_a_step_that_ends_later_pushes_what_comes_after_and_nothing_before() -> None:
    corpus = (creche(), trial(20, days=4), course(30, 55))
    before, after = slipped(Slip(step=2, ends=TODAY + timedelta(days=35)), *corpus)
    assert [(step.option_id, step.session_id) for step in before][-1] == ("course", "c30")
    assert after.steps[0] == before[0]
    assert (after.steps[1].starts, after.steps[1].ends) == (before[1].starts, TODAY + timedelta(days=35))
    assert (after.steps[2].session_id, after.steps[2].wait_days) == ("c55", 20)


def test_a_step_missed_takes_its_next_date_and_the_rest_follows() -> None:
    corpus = (creche(), trial(20, 33, days=4), course(30, 55))
    before, after = slipped(Slip(step=2, ends=None), *corpus, on=TODAY + timedelta(days=21))
    assert (before[1].slot_id, before[2].session_id) == ("s20", "c30")
    assert [(step.slot_id, step.session_id) for step in after.steps][1:] == [("s33", None), (None, "c55")]
    assert after.steps[0].starts == before[0].starts


def test_a_step_missed_with_no_other_date_says_that_it_stops_there() -> None:
    corpus = (creche(), trial(20), course(30))
    _, after = slipped(Slip(step=2, ends=None), *corpus, on=TODAY + timedelta(days=21))
    assert [step.option_id for step in after.steps] == ["creche", "course"]
    assert "« Essai » : plus aucune date ouverte" in [block.reason for block in after.blocks]


def test_a_step_that_the_plan_does_not_have_cannot_slip() -> None:
    with pytest.raises(ValueError, match="no step 9"):
        slipped(Slip(step=9, ends=None), creche(), trial(20))


# ----------------------------------------------------------------------------------------- what was chosen


def test_every_option_chosen_has_its_step_whatever_a_match_would_propose() -> None:
    someone = person(**PARENT)
    corpus = [option(f"v{number}", CHILDCARE) for number in range(4)]
    corpus += [trial(20), trial(30, id="again"), course(60)]
    house, offers = offered(someone, *corpus)
    found = plan_chosen(house.person(someone, TODAY), offers)
    assert {step.option_id for step in found.steps} == {one.id for one in corpus}
    assert found.proven
    assert [step.option_id for step in found.steps][-3:] == ["trial", "again", "course"]


# --------------------------------------------------------------------------------------------- opening days


def test_days_of_opening_know_public_holidays_and_bridge_what_cannot_be_read() -> None:
    christmas = date(2026, 12, 23)
    usual = (date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 28))
    assert open_days(None, christmas, 6) == usual
    assert open_days("a word", christmas, 6) == usual
    assert open_days("We 14:00-02:00", christmas, 6) == (date(2026, 12, 23), date(2026, 12, 24))
    assert open_days("off", christmas, 6) == ()
