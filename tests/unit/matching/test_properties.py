"""What must hold for any person and any corpus, not only for those we thought of."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.document import OptionDocument
from indexer.reference.vocabulary import PUBLICS, THEMES
from matching.diagnostic.mapping import default_mapping
from matching.matches import Matches
from matching.profile import HOURS
from matching.travel import MODES
from tests.unit.matching.builders import ids, matches, option, person

CODES = [entry.under for entry in default_mapping().constraints]
IMPACTS = ("faible", "moyen", "fort")
SOME = settings(max_examples=40, deadline=None)

themes = st.sampled_from(THEMES.codes)
labels = st.sampled_from([entry.label for entry in default_mapping().situations])
constraints = st.fixed_dictionaries(
    {"code": st.sampled_from(CODES)},
    optional={
        "value": st.sampled_from(["oui", "oui", "cloturee"]),
        "impact": st.sampled_from(IMPACTS),
        "priority": st.booleans(),
        "situations": st.lists(labels, max_size=2),
    },
)
profiles = st.fixed_dictionaries(
    {"constraints": st.lists(constraints, min_size=1, max_size=3)},
    optional={
        "needs": st.lists(themes, max_size=2),
        "age": st.integers(14, 80),
        "publics": st.lists(st.sampled_from(PUBLICS.codes), max_size=3),
        "remote_ok": st.booleans(),
        "excluded_hours": st.lists(st.sampled_from(HOURS)),
        "travel": st.fixed_dictionaries(
            {},
            optional={
                "modes": st.lists(st.sampled_from(MODES), max_size=2),
                "max_minutes": st.integers(5, 120),
            },
        ),
    },
)


@st.composite
def corpora(draw: st.DrawFn) -> list[OptionDocument]:
    def one(number: int) -> OptionDocument:
        more: dict[str, Any] = {
            "km": draw(st.none() | st.floats(0, 60)),
            "publics": tuple(draw(st.lists(st.sampled_from(PUBLICS.codes), max_size=2, unique=True))),
            "frais": draw(st.sampled_from([None, "gratuit", "payant"])),
            "structure_id": draw(st.sampled_from([None, "a", "b"])),
            "completeness": draw(st.floats(0, 1)),
        }
        return option(f"o{number}", *draw(st.lists(themes, max_size=4, unique=True)), **more)

    return [one(number) for number in range(draw(st.integers(0, 12)))]


def total(found: Matches, option_id: str) -> float | None:
    return next((one.total for one in found.results if one.id == option_id), None)


@SOME
@given(profile=profiles, corpus=corpora())
def test_any_profile_gets_the_same_honest_list_twice(
    profile: dict[str, Any], corpus: list[OptionDocument]
) -> None:
    once, again = matches(person(**profile), *corpus), matches(person(**profile), *reversed(corpus))
    assert once.to_json() == again.to_json()
    assert len(set(ids(once))) == len(ids(once))
    assert all(0 <= one.total <= 1 for one in once.results)
    assert all(not one.candidate.verdict.not_met for one in once.results)
    assert set(ids(once)).isdisjoint(one.id for one in once.excluded)


@SOME
@given(profile=profiles, corpus=corpora(), place=st.integers(0, 2))
def test_a_graver_impact_never_lowers_what_answers_it(
    profile: dict[str, Any], corpus: list[OptionDocument], place: int
) -> None:
    chosen = profile["constraints"][place % len(profile["constraints"])]
    before, after = (
        matches(
            person(**profile | {"constraints": [
                one | ({"impact": impact} if one is chosen else {}) for one in profile["constraints"]
            ]}),
            *corpus,
        )
        for impact in ("faible", "fort")
    )  # fmt: skip
    for one in before.results:
        later = total(after, one.id)
        assert later is not None
        assert later >= one.total - 1e-9


@SOME
@given(theme=themes, corpus=corpora(), profile=profiles)
def test_a_strength_never_raises_an_option_that_is_only_about_it(
    theme: str, corpus: list[OptionDocument], profile: dict[str, Any]
) -> None:
    about = option("about", theme)
    needing = profile | {"needs": [theme]}
    before = matches(person(**needing), about, *corpus)
    after = matches(person(**needing, strengths=[theme]), about, *corpus)
    was, now = total(before, "about"), total(after, "about")
    assert was is None or now is None or now <= was + 1e-9


@SOME
@given(theme=themes, near=st.floats(0, 18), more=st.floats(1, 20), profile=profiles)
def test_nearer_never_scores_less_than_an_equal_one(
    theme: str, near: float, more: float, profile: dict[str, Any]
) -> None:
    someone = person(**profile | {"needs": [theme]})
    found = matches(someone, option("near", theme, km=near), option("far", theme, km=near + more))
    close, far = total(found, "near"), total(found, "far")
    assert far is None or (close is not None and close >= far)


@SOME
@given(profile=profiles, corpus=corpora())
def test_every_need_with_an_answer_is_answered_in_the_first_ten(
    profile: dict[str, Any], corpus: list[OptionDocument]
) -> None:
    found = matches(person(**profile), *corpus, limit=50)
    answered = {one.candidate.answers[0].need.code for one in found.results}
    first = {answer.need.code for one in found.results[:10] for answer in one.candidate.answers}
    assert answered <= first
