"""The relay: whatever happens, the index ends up telling what is stored."""

import random
import threading
from collections.abc import Callable, Collection

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import sessionmaker

from directory.database import Database
from directory.inventory.loading import load
from indexer import outbox
from indexer.engine import EngineUnavailable
from indexer.outbox import MAX_ATTEMPTS
from indexer.relay import Loaded, Relay
from tests.inventory.records import immersion, service, structure, training
from tests.inventory.relaying import House


class Killed(BaseException):
    """The process ends here: nothing may catch it."""


class Mortal:
    """A relay that may die before or after whatever it does: reading, writing, committing."""

    def __init__(self, house: House, fate: Callable[[], bool]) -> None:
        self.fate = fate
        self.read = load(house.database.sessions)
        self.house = house

    def dies_in_a_step(self) -> bool:
        self.house.engine.meanwhile = self.perhaps_die
        sessions = sessionmaker(self.house.database.engine)
        event.listen(sessions, "before_commit", lambda _: self.perhaps_die())
        event.listen(sessions, "after_commit", lambda _: self.perhaps_die())
        try:
            Relay(sessions, self.house.engine, self.load, batch=2).step()
        except Killed:
            return True
        finally:
            self.house.engine.meanwhile = lambda: None
        return False

    def load(self, ids: Collection[str]) -> Loaded:
        self.perhaps_die()
        loaded = self.read(ids)
        self.perhaps_die()
        return loaded

    def perhaps_die(self) -> None:
        if self.fate():
            raise Killed


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def test_what_is_stored_is_found(house: House) -> None:
    house.bring(structure(), service(), immersion(), training())
    assert house.relay().drain() == 3
    assert house.engine.names == {
        "dora--1": "Préparer le code de la route",
        "dora--i1": "Boulanger",
        "dora--t1": "Titre professionnel maçon",
    }
    assert house.waiting() == 0


def test_changes_of_one_option_fold_into_one_write(house: House) -> None:
    house.bring(service())
    for number in range(5):
        house.rename("dora--1", f"Nom {number}")
    assert house.relay().step() == 6
    assert (house.engine.writes, house.engine.names) == (1, {"dora--1": "Nom 4"})


def test_what_is_withdrawn_is_found_no_more(house: House) -> None:
    house.bring(service())
    house.relay().drain()
    house.withdraw("dora--1")
    house.relay().drain()
    assert house.engine.names == {}


def test_a_change_made_while_its_batch_is_written_is_not_lost(house: House) -> None:
    house.bring(service())

    def once() -> None:
        house.engine.meanwhile = lambda: None
        house.rename("dora--1", "Pendant")

    house.engine.meanwhile = once
    house.relay().step()
    assert house.waiting() == 1
    house.relay().drain()
    assert house.engine.names == {"dora--1": "Pendant"}


def test_an_engine_that_is_down_loses_nothing_and_blames_nobody(house: House) -> None:
    house.bring(service())
    house.engine.down = True
    for _ in range(MAX_ATTEMPTS + 1):
        with pytest.raises(EngineUnavailable):
            house.relay().step()
    house.engine.down = False
    assert (house.waiting(), house.waiting(parked=True)) == (1, 0)
    assert house.relay().drain() == 1


def test_a_late_writer_never_beats_a_newer_one(house: House) -> None:
    house.bring(service())
    old = load(house.database.sessions)(["dora--1"])
    house.rename("dora--1", "Nouveau")
    house.relay().drain()
    house.engine.put(old.documents.values())
    assert house.engine.names == {"dora--1": "Nouveau"}
    house.withdraw("dora--1")
    house.relay().drain()
    house.engine.put(old.documents.values())
    assert house.engine.names == {}


def test_a_document_that_cannot_be_written_holds_up_nobody(house: House) -> None:
    house.engine.index.poison.add("dora--3")
    house.bring(*(service(f"dora--{number}") for number in range(9)))
    house.relay().step()
    assert sorted(house.engine.names) == [f"dora--{number}" for number in range(9) if number != 3]
    assert house.waiting() == 1


def test_a_document_that_never_can_is_set_aside_with_its_reason_and_nobodys_name(house: House) -> None:
    house.engine.index.poison.add("dora--1")
    house.bring(service(nom="Atelier de Camille Roux"))
    house.relay().drain()
    assert (house.waiting(), house.waiting(parked=True)) == (0, 1)
    with house.database.sessions() as opened:
        assert outbox.parked(opened) == [("dora--1", "Poisoned")]
        assert opened.scalar(select(outbox.outbox.c.attempts)) == MAX_ATTEMPTS


def test_a_document_set_aside_again_and_again_is_told_once(house: House) -> None:
    house.engine.index.poison.add("dora--1")
    house.bring(service())
    for number in range(3):
        house.rename("dora--1", f"Nom {number}")
        house.rename("dora--1", f"Encore {number}")
        house.relay().drain()
    assert house.waiting(parked=True) == 1


def test_a_document_mended_after_it_was_set_aside_is_found_and_told_no_more(house: House) -> None:
    house.engine.index.poison.add("dora--1")
    house.bring(service())
    house.relay().drain()
    house.engine.index.poison.clear()
    house.rename("dora--1", "Réparé")
    house.relay().drain()
    assert house.engine.names == {"dora--1": "Réparé"}
    assert house.waiting(parked=True) == 0


def test_a_row_that_cannot_be_read_holds_up_nobody(house: House) -> None:
    read = load(house.database.sessions)

    def load_or_fail(ids: Collection[str]) -> Loaded:
        if "dora--3" in ids:
            raise ValueError("not a point on Earth")
        return read(ids)

    house.bring(*(service(f"dora--{number}") for number in range(5)))
    Relay(house.database.sessions, house.engine, load_or_fail).drain()
    assert len(house.engine.names) == 4
    assert house.waiting(parked=True) == 1


def test_an_id_announced_that_was_never_stored_leaves_the_index(house: House) -> None:
    house.bring(service())
    house.relay().drain()
    ghost = load(house.database.sessions)(["dora--1"]).documents["dora--1"]
    object.__setattr__(ghost, "id", "ghost")
    house.engine.put([ghost])
    with house.database.sessions.begin() as opened:
        outbox.write(opened, ["ghost"])
    house.relay().drain()
    assert list(house.engine.names) == ["dora--1"]


@pytest.mark.parametrize("seed", range(6))
def test_a_relay_killed_at_any_instruction_loses_nothing(house: House, seed: int) -> None:
    chance = random.Random(seed)
    mortal = Mortal(house, lambda: chance.random() < 0.3)
    house.bring(structure(), *(service(f"dora--{number}") for number in range(6)))
    deaths = 0
    for number in range(30):
        house.rename(f"dora--{number % 5}", f"Nom {number}")
        if number == 11:
            house.withdraw("dora--5")
        deaths += mortal.dies_in_a_step()
    assert deaths > 3
    house.relay().drain()
    assert house.verify().faults == 0
    assert house.engine.names == {f"dora--{number}": f"Nom {25 + number}" for number in range(5)}


def test_two_relays_at_once_end_where_one_would(house: House) -> None:
    house.bring(*(service(f"dora--{number:03}") for number in range(200)))
    errors: list[BaseException] = []

    def run() -> None:
        try:
            house.relay(batch=7).drain()
        except BaseException as error:
            errors.append(error)

    relays = [threading.Thread(target=run) for _ in range(2)]
    for one in relays:
        one.start()
    for number in range(0, 200, 20):
        house.rename(f"dora--{number:03}", "Changé")
    for one in relays:
        one.join()
    house.relay().drain()
    assert errors == []
    assert house.verify().faults == 0
    assert sum(nom == "Changé" for nom in house.engine.names.values()) == 10


def test_it_follows_until_told_to_stop_and_outlives_an_engine_that_comes_back(house: House) -> None:
    house.engine.down = True
    house.bring(service())
    stop = threading.Event()
    found = threading.Event()

    class Impatient(threading.Event):
        """Waits a moment where the relay would wait seconds."""

        def is_set(self) -> bool:
            return stop.is_set()

        def wait(self, timeout: float | None = None) -> bool:
            house.engine.down = False
            if house.engine.names:
                found.set()
            return stop.wait(0.01)

    follower = threading.Thread(target=house.relay().follow, args=(Impatient(),))
    follower.start()
    assert found.wait(10)
    stop.set()
    follower.join(10)
    assert not follower.is_alive()
