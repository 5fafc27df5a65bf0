"""The orders of others, on a handful of options around Die."""

from datetime import timedelta

from indexer.document import OptionDocument
from indexer.engine import Hit
from matching.candidate import Person
from matching.diagnostic.mapping import default_mapping
from matching.diagnostic.needs import read_needs
from matching.evaluation.baselines import Ask, by_distance, by_listing, by_matches, by_words
from matching.evaluation.bm25 import Bm25
from matching.evaluation.first_page import first_page
from matching.travel import Estimate
from tests.unit.matching.builders import FRENCH, PERMIS, TODAY, option, person, slot


def hit(document: OptionDocument, km: float | None = 2.0) -> Hit:
    return Hit(document=document, score=0.0, distance_km=km, on_site=km is not None)


NEAR = hit(option("near", FRENCH, nom="Cours de français"), 3.2)
NEARER = hit(option("nearer", PERMIS, nom="Permis de conduire et code de la route"), 3.1)
FAR = hit(option("far", PERMIS, FRENCH, nom="Accueil"), 48.0)
TOO_FAR = hit(option("too-far", PERMIS, nom="Permis B"), 51.0)
REMOTE = hit(option("remote", PERMIS, km=None, nom="Code en ligne"), None)
ALL = (REMOTE, TOO_FAR, FAR, NEARER, NEAR)


def test_distance_alone_puts_the_nearest_first_and_what_is_remote_last() -> None:
    assert by_distance(ALL) == ["nearer", "near", "far", "too-far", "remote"]


def test_a_list_of_the_field_filters_then_sorts_by_whole_kilometres() -> None:
    asked = Ask(themes=frozenset({PERMIS, FRENCH}))
    # 3.1 and 3.2 km are the same kilometre: the id decides, as a list by id would.
    assert by_listing(asked, ALL) == ["near", "nearer", "far", "remote"]
    assert by_listing(Ask(themes=frozenset({FRENCH})), ALL) == ["near", "far"]


def test_a_list_of_the_field_minds_publics_and_zones() -> None:
    young = hit(option("young", PERMIS, publics=("jeunes",)))
    zoned = hit(option("zoned", PERMIS, zone_eligibilite=("38",)))
    asked = Ask(themes=frozenset({PERMIS}), publics=frozenset({"familles"}), zones=frozenset({"26"}))
    assert by_listing(asked, (young, zoned, NEARER)) == ["nearer"]


def test_as_many_themes_as_possible_then_the_nearest() -> None:
    asked = Ask(themes=frozenset({PERMIS, FRENCH}))
    assert by_matches(asked, ALL, bm25()) == ["far", "nearer", "near", "too-far", "remote"]


def test_without_a_theme_the_words_are_counted() -> None:
    assert by_matches(Ask(words="permis de conduire"), ALL, bm25())[0] == "nearer"


def test_words_alone_know_no_distance_and_want_one_word() -> None:
    found = by_words(Ask(words="permis"), ALL, bm25())
    assert set(found) == {"nearer", "too-far", "remote", "far"}
    assert "near" not in found
    assert by_words(Ask(words="poterie"), ALL, bm25()) == []


def test_a_word_that_few_have_tells_more_than_one_that_all_have() -> None:
    corpus = [option(f"o{number}", nom=f"Atelier {number}") for number in range(8)]
    rare = option("rare", nom="Poterie")
    scores = Bm25([*corpus, rare]).scores("atelier poterie")
    assert scores["rare"] > max(scores[one.id] for one in corpus)


def bm25() -> Bm25:
    return Bm25(one.document for one in ALL)


def test_a_first_page_tells_who_may_not_what_stands_twice_and_what_is_not_judged() -> None:
    profile = person(age=45, constraints=[{"code": "mobilite", "priority": True}], needs=[FRENCH])
    who = Person(profile=profile, needs=read_needs(profile, default_mapping()), today=TODAY)
    licence = option("licence", PERMIS, nom="Permis B", structure_id="s")
    again = option("again", PERMIS, nom="Permis  B", structure_id="s")
    elsewhere = option("elsewhere", PERMIS, zone_eligibilite=("38",))
    young = option("young", PERMIS, publics=("jeunes",))
    over = option("over", PERMIS, kind="training", occurrences=(slot("x", -20),))
    page = [licence, again, elsewhere, young, over]
    grades = {"licence": 3, "again": 3, "young": 0}
    found = first_page(page, {one.id: one for one in page}, who, grades, Estimate())
    assert (found.violations, found.duplicates, found.unjudged) == (3, 1, 2)
    assert (found.covered, found.coverable) == (1, 1)
    assert len(found.minutes) == 5


def test_a_priority_need_whose_answer_is_not_in_the_first_ten_is_not_covered() -> None:
    profile = person(constraints=[{"code": "mobilite", "priority": True}])
    who = Person(profile=profile, needs=read_needs(profile, default_mapping()), today=TODAY)
    answer, other = option("answer", PERMIS), option("other", FRENCH, date_maj=TODAY - timedelta(days=9))
    both = {one.id: one for one in (answer, other)}
    found = first_page([other], both, who, {"answer": 3, "other": 3}, Estimate())
    assert (found.covered, found.coverable) == (0, 1)
    assert found.to_json()["coverage@10"] == 0


def test_a_need_that_nothing_answers_is_no_fault_of_the_order() -> None:
    profile = person(constraints=[{"code": "mobilite", "priority": True}])
    who = Person(profile=profile, needs=read_needs(profile, default_mapping()), today=TODAY)
    assert first_page([], {}, who, {}, Estimate()).to_json()["coverage@10"] is None
