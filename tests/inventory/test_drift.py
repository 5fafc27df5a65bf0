"""Whether the index tells what is stored."""

from dataclasses import replace

import pytest

from directory.database import Database
from directory.inventory.lists import count_options
from indexer.drift import read_state
from indexer.engine import EngineUnavailable
from tests.inventory.records import service
from tests.inventory.relaying import House


@pytest.fixture
def house(database: Database) -> House:
    """Ten services found."""
    made = House(database)
    made.bring(*(service(f"dora--{number}") for number in range(10)))
    made.relay().drain()
    return made


def spoil(house: House) -> None:
    """One missing, one stale, one ghost."""
    documents = house.engine.index.documents
    stale = documents["dora--5"]
    house.rename("dora--5", "Changé")
    house.relay().drain()
    documents.pop("dora--2")
    documents["dora--5"] = stale
    documents["zzz"] = replace(documents["dora--1"], id="zzz", version=4)
    house.engine.index.highest.clear()


def test_an_index_that_is_right_has_no_fault(house: House) -> None:
    drift = house.verify()
    assert (drift.compared, drift.faults) == (10, 0)


def test_what_is_missing_stale_or_too_much_is_told_apart(house: House) -> None:
    spoil(house)
    drift = house.verify()
    assert (drift.missing, drift.stale, drift.ghost, drift.ahead) == (1, 1, 1, 0)
    assert drift.examples == [("dora--2", "missing"), ("dora--5", "stale"), ("zzz", "ghost")]


def test_repairing_brings_the_index_back(house: House) -> None:
    spoil(house)
    assert house.verify(repair=True).faults == 3
    house.relay().drain()
    assert house.verify().faults == 0


def test_looking_repairs_nothing(house: House) -> None:
    spoil(house)
    house.verify()
    assert house.waiting() == 0


def test_what_is_announced_is_late_not_wrong(house: House) -> None:
    house.rename("dora--3", "Changé")
    drift = house.verify()
    assert (drift.faults, drift.waiting) == (0, 1)


def test_an_index_ahead_of_a_database_restored_is_told(house: House) -> None:
    documents = house.engine.index.documents
    documents["dora--1"] = replace(documents["dora--1"], version=7)
    assert house.verify().ahead == 1


def test_an_empty_index_misses_everything(house: House) -> None:
    house.engine.index.documents.clear()
    assert house.verify().missing == 10


def test_the_state_tells_lag_and_drift(house: House) -> None:
    house.rename("dora--3", "Changé")
    house.bring(service("dora--10"))
    state = read_state(house.database.sessions, house.engine, lambda: count_options(house.database.sessions))
    assert (state.stored, state.drift, state.lag.pending) == (11, 1, 2)
    assert state.lag.oldest_seconds >= 0


def test_the_state_of_an_engine_that_is_down_says_so(house: House) -> None:
    house.engine.down = True
    state = read_state(house.database.sessions, house.engine, lambda: 10)
    assert (state.engine, state.drift) == (None, None)
    assert isinstance(state.trouble, EngineUnavailable)
