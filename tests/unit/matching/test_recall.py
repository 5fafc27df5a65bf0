"""Recall: wide, near and remote apart, by themes and by words, never beyond what was refused."""

from collections.abc import Sequence
from typing import Any

from indexer.engine import Window
from indexer.query import AnyOf, Graded, NoneOf
from indexer.table import Table
from matching.candidate import Person
from matching.diagnostic.mapping import default_mapping
from matching.diagnostic.needs import read_needs
from matching.recall import NEAR_IN_ALL, REMOTE_IN_ALL, recall
from tests.unit.matching.builders import FRENCH, PERMIS, TODAY, option, person
from tests.unit.matching.memory import Memory


class Watched(Memory):
    """The memory engine, keeping the windows it was asked."""

    asked: tuple[Window, ...] = ()

    def table(self, windows: Sequence[Window]) -> Table:
        self.asked = self.asked or tuple(windows)
        return super().table(windows)


def someone(**keys: Any) -> Person:
    profile = person(**keys)
    return Person(profile=profile, needs=read_needs(profile, default_mapping()), today=TODAY)


def windows(**keys: Any) -> tuple[Window, ...]:
    engine = Watched([])
    recall(someone(**keys), engine)
    return engine.asked


def test_each_need_is_asked_near_and_from_home() -> None:
    assert len(windows(needs=[PERMIS, FRENCH])) == 4


def test_who_wants_nothing_remote_is_not_searched_remotely() -> None:
    asked = windows(needs=[PERMIS], remote_ok=False)
    assert len(asked) == 1
    assert [one.query.near.remote for one in asked[:1] if one.query.near] == [False]


def test_what_is_said_is_asked_beside_what_is_declared() -> None:
    (wish,) = windows(needs=[PERMIS])[0].query.wants
    assert isinstance(wish.what, Graded)
    worth = dict(wish.what.weights)
    assert worth[f"{PERMIS}+named"] > worth[f"{PERMIS}~named"] > worth[f"{PERMIS}~mentioned"] > 0


def test_a_remote_crowd_never_drowns_what_is_near() -> None:
    crowd = [option(f"r{number:03}", PERMIS, km=None) for number in range(200)]
    found = recall(someone(needs=[PERMIS]), Memory([*crowd, option("near", PERMIS, km=20)]))
    assert "near" in found.within.ids
    assert found.within.rows < 100


def test_many_needs_share_the_candidates() -> None:
    themes = [f"{number}" for number in range(1, 22)]
    asked = windows(needs=themes)
    assert sum(one.limit for one in asked) <= NEAR_IN_ALL + REMOTE_IN_ALL


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
    assert found.within.ids == ("near",)
    assert {"zoned", "far"} <= set(found.beyond.ids)


def test_nothing_needed_asks_nothing() -> None:
    assert windows(needs=["99"]) == ()
