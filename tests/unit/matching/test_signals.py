"""Each rule by pairs: the better option scores higher on that rule, all else equal."""

from typing import Any

import numpy as np
import pytest

from indexer.document import ON_SITE, REMOTE, OptionDocument
from matching.among import UNKNOWN, Among
from matching.rank import Scored
from matching.signals import READS, RULES, Given, Rule, Signal
from matching.weights import DEFAULT_WEIGHTS
from tests.unit.matching.builders import (
    DIGITAL,
    FRENCH,
    PERMIS,
    TODAY,
    contenders,
    matches,
    option,
    person,
    slot,
)

PERMIT = {"constraints": [{"code": "mobilite", "objectives": ["Obtenir le permis de conduire"]}]}
JOB = {"projects": [{"rome": "K1302"}]}


def given(document: OptionDocument, name: str, **keys: Any) -> Signal:
    found = matches(person(**(keys or PERMIT)), document)
    (result,) = found.results
    return next(one for one in result.signals if one.name == name)


def scored(rules: tuple[Rule, ...]) -> Scored:
    return contenders(person(**PERMIT), service(), rules=rules).told_of(0)


def service(**more: Any) -> OptionDocument:
    return option("x", PERMIS, **more)


def session(starts_in: int, **more: Any) -> OptionDocument:
    return option("x", kind="immersion", rome=("K1302",), occurrences=(slot("a", starts_in),), **more)


REMOTE_OK = PERMIT | {"remote_ok": True}
DIGITAL_ONE = {"constraints": [{"code": "numerique"}]}
POOR = PERMIT | {
    "constraints": [
        *PERMIT["constraints"],
        {"code": "difficultes-financieres", "situations": ["Ressources précaires"]},
    ]
}
MIXED = (REMOTE, ON_SITE)

PAIRS: list[tuple[str, str, OptionDocument, OptionDocument, dict[str, Any]]] = [
    (
        "answers_need",
        "the theme meant before one beside it",
        service(),
        option("x", "mobilite--acceder-a-un-vehicule"),
        PERMIT,
    ),
    (
        "answers_need",
        "declared and said in its name before declared alone",
        service(nom="Préparer le permis B"),
        service(),
        PERMIT,
    ),
    (
        "answers_need",
        "declared and described before declared alone",
        service(description="Code de la route."),
        service(),
        PERMIT,
    ),
    (
        "answers_need",
        "said in its name without the theme before said in passing",
        option("x", nom="Auto-école sociale"),
        option("x", description="Permis B ; auto-école"),
        PERMIT,
    ),
    (
        "answers_need",
        "one theme before all of them",
        service(),
        option(
            "x",
            PERMIS,
            FRENCH,
            DIGITAL,
            "sante--addictions",
            "sante--sante-mentale",
            "famille--garde-denfants",
            "famille--soutien-aidants",
        ),
        PERMIT,
    ),
    (
        "answers_need",
        "the occupation before a near one",
        session(3),
        option("x", kind="immersion", rome=("K1303",), occurrences=(slot("a", 3),)),
        JOB,
    ),
    (
        "reachable",
        "8 km before 35 km without a car",
        service(km=8),
        service(km=35),
        PERMIT | {"travel": {"modes": ["transports-en-commun"]}},
    ),
    ("reachable", "a kilometre less in the same minute", service(km=5.0), service(km=5.1), PERMIT),
    (
        "reachable",
        "near before far, way of travelling unknown",
        service(km=8),
        service(km=35),
        PERMIT | {"travel": {}},
    ),
    (
        "reachable",
        "at the limit of the minutes before from home",
        service(km=22),
        option("x", PERMIS, km=None),
        PERMIT,
    ),
    (
        "reachable",
        "from home before an unknown place",
        option("x", PERMIS, km=None),
        service(km=None, modes_accueil=()),
        PERMIT,
    ),
    (
        "on_site_or_remote",
        "on site for a digital constraint",
        option("x", DIGITAL),
        option("x", DIGITAL, km=None),
        DIGITAL_ONE,
    ),
    (
        "on_site_or_remote",
        "remote too, for who wishes it",
        service(modes_accueil=MIXED),
        service(),
        REMOTE_OK,
    ),
    (
        "right_public",
        "made for the person before for everyone",
        service(publics=("jeunes",)),
        service(),
        PERMIT | {"age": 20},
    ),
    (
        "right_public",
        "for everyone before for others perhaps",
        service(),
        service(publics=("femmes",)),
        PERMIT,
    ),
    (
        "right_public",
        "for others perhaps before an age told otherwise",
        service(publics=("femmes",)),
        service(sheet={"publics_precisions": "16-25 ans en priorité"}),
        PERMIT | {"age": 40},
    ),
    ("affordable", "free before charged", service(frais="gratuit"), service(frais="payant"), PERMIT),
    ("soon_available", "next week before next spring", session(7), session(130), JOB),
    (
        "going_on",
        "full with a waiting list before over",
        service(description="Complet jusqu’en janvier, liste d’attente."),
        service(description="Six séances d’octobre à décembre 2022."),
        PERMIT,
    ),
    (
        "answers_more",
        "two needs in one visit",
        option("x", PERMIS, FRENCH),
        service(),
        PERMIT | {"needs": [FRENCH]},
    ),
    (
        "own_commune",
        "one's own commune before the next",
        service(code_insee="26113"),
        service(code_insee="26086"),
        PERMIT,
    ),
    (
        "fresh",
        "kept up to date before forgotten",
        service(),
        service(date_maj=TODAY.replace(year=2023)),
        PERMIT,
    ),
    ("complete", "filled in before bare", service(completeness=0.9), service(completeness=0.2), PERMIT),
]


@pytest.mark.parametrize(("name", "story", "better", "worse", "keys"), PAIRS, ids=lambda one: str(one)[:60])
def test_the_better_scores_higher(
    name: str, story: str, better: OptionDocument, worse: OptionDocument, keys: dict[str, Any]
) -> None:
    high, low = given(better, name, **keys), given(worse, name, **keys)
    assert high.ceiling == low.ceiling == 1, story
    assert high.score > low.score, story


def test_every_rule_is_in_a_pair_and_has_a_weight_and_a_docstring() -> None:
    names = {rule.__name__ for rule in RULES}
    assert {name for name, *_ in PAIRS} == names == set(DEFAULT_WEIGHTS.values)
    assert set(READS) <= names
    assert all(rule.__doc__ for rule in RULES)


@pytest.mark.parametrize(
    ("name", "silent"),
    [
        ("affordable", service(frais=None)),
        ("right_public", service(publics=())),
        ("soon_available", service()),
        ("answers_more", service()),
        ("going_on", service(description="Toute l’année, sur rendez-vous.")),
        ("on_site_or_remote", service(km=None, modes_accueil=())),
    ],
)
def test_unknown_is_silent_not_zero(name: str, silent: OptionDocument) -> None:
    assert given(silent, name).ceiling == 0


def test_charged_counts_for_nothing_without_resources_and_for_something_else() -> None:
    charged = service(frais="payant")
    assert given(charged, "affordable", **POOR).score == 0 < given(charged, "affordable").score


def test_from_home_counts_more_for_who_wishes_it_and_less_for_a_digital_constraint() -> None:
    wished = given(option("x", PERMIS, km=None), "reachable", **REMOTE_OK).score
    plain = given(option("x", PERMIS, km=None), "reachable").score
    digital = given(option("x", DIGITAL, km=None), "reachable", **DIGITAL_ONE).score
    assert wished > plain > digital


def test_a_reason_states_the_facts() -> None:
    assert given(service(km=4.23), "reachable").reason == "à 4,2 km, environ 16 min en voiture"
    assert given(service(km=0.1), "reachable").reason == "à moins d’un kilomètre, environ 4 min en voiture"
    reason = given(service(), "answers_need").reason
    assert reason.startswith("répond au besoin « Développer sa mobilité » (objectif « Obtenir le permis")


def test_a_crash_in_one_rule_is_contained_and_visible() -> None:
    def faulty(_among: Among) -> Given:
        raise ZeroDivisionError

    sound, shaken = (scored(rules) for rules in (RULES, (*RULES, faulty)))
    assert shaken.signals[-1].reason == "règle en panne, non comptée (ZeroDivisionError)"
    assert shaken.total == sound.total


def test_a_rule_that_cannot_tell_why_is_contained_and_visible() -> None:
    def mute(among: Among) -> Given:
        return Given(np.ones(among.table.rows), lambda _: str(1 // 0))

    found = scored((*RULES, mute))
    assert found.signals[-1] == Signal("mute", 0.0, 0.0, "règle en panne, non comptée (ZeroDivisionError)")


def test_a_silent_rule_weighs_nothing() -> None:
    def silent(among: Among) -> Given:
        return Given(np.full(among.table.rows, UNKNOWN))

    sound, quiet = (scored(rules) for rules in (RULES, (*RULES, silent)))
    assert quiet.signals[-1] == Signal("silent", 0.0, 0.0)
    assert quiet.total == sound.total
