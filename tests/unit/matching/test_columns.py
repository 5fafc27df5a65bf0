"""What is worked out on columns for all at once is what documents tell one by one."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.document import REMOTE, OptionDocument
from indexer.reference.vocabulary import PUBLICS
from indexer.row import TIMES
from matching.certain import may_use
from matching.contenders import Contenders
from matching.needed import answers
from matching.travel import MODES, minutes_of, quickest
from tests.unit.matching.builders import (
    CARE,
    DIGITAL,
    FOOD,
    FRENCH,
    PERMIS,
    TODAY,
    matcher,
    option,
    person,
    slot,
)

SOME = settings(max_examples=40, deadline=None)

THEMES = (PERMIS, FRENCH, DIGITAL, FOOD, CARE, "se-former--trouver-sa-formation",
          "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite")  # fmt: skip
NAMES = (
    "Auto-école",
    "Cours de FLE",
    "Épicerie solidaire",
    "Permanence",
    "Centre de santé",
    "Location de vélos",
)
OCCUPATIONS = ("K1302", "K1304", "G1602")

profiles = st.fixed_dictionaries(
    {"needs": st.lists(st.sampled_from(THEMES), min_size=1, max_size=3, unique=True)},
    optional={
        "age": st.integers(14, 80),
        "publics": st.lists(st.sampled_from(PUBLICS.codes), max_size=2),
        "remote_ok": st.booleans(),
        "projects": st.lists(st.sampled_from(OCCUPATIONS).map(lambda rome: {"rome": rome}), max_size=2),
        "excluded_hours": st.lists(st.sampled_from(TIMES)),
        "available_from": st.sampled_from(["2026-11-01", "2026-12-20"]),
        "constraints": st.just([{"code": "sante", "situations": ["18"]}]),
        "travel": st.fixed_dictionaries(
            {},
            optional={
                "modes": st.lists(st.sampled_from(MODES), max_size=2),
                "max_minutes": st.integers(5, 90),
            },
        ),
    },
)


@st.composite
def options(draw: st.DrawFn) -> OptionDocument:
    kind = draw(st.sampled_from(["service", "service", "immersion", "training"]))
    slots = draw(st.lists(st.builds(
        slot, st.just("s"), st.integers(-5, 60), times=st.lists(st.sampled_from(TIMES)).map(tuple)
    ), max_size=2))  # fmt: skip
    more: dict[str, Any] = {
        "kind": kind,
        "nom": draw(st.sampled_from(NAMES)),
        "km": draw(st.none() | st.floats(0, 30)),
        "publics": tuple(draw(st.lists(st.sampled_from(PUBLICS.codes), max_size=2, unique=True))),
        "rome": tuple(draw(st.lists(st.sampled_from(OCCUPATIONS), max_size=1))) if kind != "service" else (),
        "occurrences": tuple(slots) if kind != "service" else (),
    }
    if more["km"] is not None and draw(st.booleans()):
        more["modes_accueil"] = ("en-presentiel", REMOTE)
    return option("x", *draw(st.lists(st.sampled_from(THEMES), max_size=5, unique=True)), **more)


def before(profile: dict[str, Any], document: OptionDocument) -> Contenders:
    house = matcher(document)
    found, _ = house.contend(house.person(person(**profile), TODAY))
    found.know(range(found.among.table.rows))
    return found


@SOME
@given(profile=profiles, document=options())
def test_how_far_an_option_answers_is_the_same_figure_for_one_and_for_all(
    profile: dict[str, Any], document: OptionDocument
) -> None:
    found = before(profile, document)
    told = {answer.need.code: answer.strength for answer in answers(document, found.person)}
    for line in range(found.among.table.rows):
        strengths = found.among.strengths[:, line]
        for need, strength in zip(found.person.needs, strengths, strict=True):
            assert abs(told.get(need.code, 0.0) - strength) < 1e-9
        assert answers(document, found.person) == found.answering(line).answers


@SOME
@given(profile=profiles, document=options())
def test_what_columns_rule_out_is_ruled_out_by_name_too(
    profile: dict[str, Any], document: OptionDocument
) -> None:
    found = before(profile, document)
    for line, one in found.known(range(found.among.table.rows)):
        if not may_use(found.among)[line]:
            assert one.verdict.not_met


@SOME
@given(km=st.floats(0, 200), modes=st.lists(st.sampled_from(MODES), max_size=3))
def test_minutes_are_the_same_for_one_and_for_all(km: float, modes: list[str]) -> None:
    journey = quickest(km, tuple(modes))
    (minutes,) = minutes_of(np.array([km]), tuple(modes))
    assert np.isnan(minutes) if journey is None else minutes == journey.minutes
