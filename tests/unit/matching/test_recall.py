"""Recall: wide, near and remote apart, by themes and by words, never beyond what was refused."""

from typing import Any

from indexer.engine import Page, Window
from indexer.query import AnyOf, NoneOf, Text
from matching.candidate import Person
from matching.diagnostic.mapping import default_mapping
from matching.diagnostic.needs import read_needs
from matching.recall import NEAR_EACH, recall
from tests.unit.matching.builders import FRENCH, PERMIS, TODAY, option, person
from tests.unit.matching.memory import Memory


class Watched(Memory):
    """The memory engine, keeping the windows it was asked."""

    asked: tuple[Window, ...] = ()

    def search_many(self, windows: Any) -> list[Page]:
        self.asked = tuple(windows)
        return super().search_many(windows)


def someone(**keys: Any) -> Person:
    profile = person(**keys)
    return Person(profile=profile, needs=read_needs(profile, default_mapping()), today=TODAY)


def windows(**keys: Any) -> tuple[Window, ...]:
    engine = Watched([])
    recall(someone(**keys), engine)
    return engine.asked


def test_each_need_is_asked_near_and_from_home_and_once_beyond() -> None:
    assert len(windows(needs=[PERMIS, FRENCH])) == 5


def test_who_wants_nothing_remote_is_not_searched_remotely() -> None:
    asked = windows(needs=[PERMIS], remote_ok=False)
    assert len(asked) == 2
    assert [one.query.near.remote for one in asked[:1] if one.query.near] == [False]


def test_words_are_asked_beside_themes() -> None:
    wishes = windows(needs=[PERMIS])[0].query.wants
    assert any(isinstance(wish.what, AnyOf) and PERMIS in wish.what.values for wish in wishes)
    assert any(wish.what == Text("permis de conduire") for wish in wishes)


def test_a_remote_crowd_never_drowns_what_is_near() -> None:
    crowd = [option(f"r{number:03}", PERMIS, km=None) for number in range(200)]
    found = recall(someone(needs=[PERMIS]), Memory([*crowd, option("near", PERMIS, km=20)]))
    assert "near" in {hit.document.id for hit in found.within}
    assert len(found.within) < 100


def test_many_needs_share_the_candidates() -> None:
    themes = [f"{number}" for number in range(1, 22)]
    asked = windows(needs=themes)
    assert {one.limit for one in asked[:12]} == {NEAR_EACH[0]}


def test_refused_options_are_not_asked_while_the_refusal_holds() -> None:
    refusals = [{"option_id": "a"}, {"option_id": "b", "until": "2026-01-01"}]
    where = windows(needs=[PERMIS], refusals=refusals)[0].query.where
    assert NoneOf("id", ("a",)) in where


def test_slots_and_sessions_are_searched_when_work_is_aimed_at() -> None:
    assert AnyOf("kind", ("service",)) in windows(needs=[PERMIS])[0].query.where
    for keys in ({"projects": [{"rome": "K1302"}]}, {"needs": ["4"]}):
        assert not any(isinstance(one, AnyOf) for one in windows(**keys)[0].query.where)


def test_what_is_beyond_is_kept_apart() -> None:
    zoned = option("zoned", PERMIS, zone_eligibilite=("75",))
    found = recall(
        someone(needs=[PERMIS]), Memory([zoned, option("far", PERMIS, km=35), option("near", PERMIS)])
    )
    assert [hit.document.id for hit in found.within] == ["near"]
    assert {hit.document.id for hit in found.beyond} == {"zoned", "far"}


def test_nothing_needed_asks_nothing() -> None:
    assert windows(needs=["99"]) == ()
