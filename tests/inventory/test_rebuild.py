"""A whole new index while people search, write and relay."""

import threading
import time

import pytest
from sqlalchemy import update

from directory.database import Database
from indexer import rebuilding
from indexer.engine import RebuildRefused
from indexer.outbox import rebuild_state
from indexer.rebuilding import DEAD_AFTER_SECONDS, RebuildOvertaken, RebuildUnderWay
from tests.inventory.records import service
from tests.inventory.relaying import House


@pytest.fixture
def house(database: Database) -> House:
    """Ten services found."""
    made = House(database)
    made.bring(*(service(f"dora--{number}") for number in range(10)))
    made.relay().drain()
    return made


def test_a_lost_index_is_made_anew(house: House) -> None:
    house.engine.index.documents.clear()
    assert house.rebuild() == 10
    assert house.verify().faults == 0


def test_what_waited_for_the_relay_is_in_the_new_index_and_waits_no_more(house: House) -> None:
    house.rename("dora--4", "Changé")
    house.withdraw("dora--5")
    house.rebuild()
    assert house.waiting() == 0
    assert house.engine.names["dora--4"] == "Changé"
    assert "dora--5" not in house.engine.names


def test_what_changes_meanwhile_is_in_the_new_index_whoever_handled_it(house: House) -> None:
    def during(_count: int) -> None:
        # What the rebuild has read already, what it will read, and what is left for the relay.
        house.rename("dora--0", "Relayé")
        house.withdraw("dora--1") if "dora--1" in house.engine.names else None
        house.relay().drain()
        house.rename("dora--9", "Annoncé")

    house.rebuild(during=during)
    house.relay().drain()
    assert house.verify().faults == 0
    assert (house.engine.names["dora--0"], house.engine.names["dora--9"]) == ("Relayé", "Annoncé")
    assert "dora--1" not in house.engine.names


def test_people_and_a_relay_at_work_find_nothing_missing_after(house: House) -> None:
    stop = threading.Event()
    errors: list[BaseException] = []

    def keep(work: object) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                work(number)  # type: ignore[operator]
            except BaseException as error:
                errors.append(error)
                return

    threads = [
        threading.Thread(target=keep, args=(lambda n: house.rename(f"dora--{n % 10}", f"Nom {n}"),)),
        threading.Thread(target=keep, args=(lambda _: house.relay(batch=3).step(),)),
    ]
    for one in threads:
        one.start()
    for _ in range(5):
        house.rebuild()
        assert len(house.engine.names) == 10
    stop.set()
    for one in threads:
        one.join()
    house.relay().drain()
    assert errors == []
    assert house.verify().faults == 0


def test_a_rebuild_that_fails_leaves_the_old_index_and_the_way_free(house: House) -> None:
    def fail(_count: int) -> None:
        raise RuntimeError("disk full")

    house.rename("dora--4", "Changé")
    with pytest.raises(RuntimeError, match="disk full"):
        house.rebuild(during=fail)
    assert len(house.engine.names) == 10
    assert house.waiting() == 1
    house.rebuild()
    assert house.verify().faults == 0


def test_an_index_suspiciously_small_is_not_put_in_service(house: House) -> None:
    for number in range(6):
        house.withdraw(f"dora--{number}")
    with pytest.raises(RebuildRefused):
        house.rebuild()
    assert len(house.engine.names) == 10
    assert house.rebuild(force=True) == 4


def test_only_one_rebuild_runs(house: House) -> None:
    def during(_count: int) -> None:
        with pytest.raises(RebuildUnderWay):
            house.rebuild()

    house.rebuild(during=during)
    assert house.verify().faults == 0


def test_a_dead_rebuild_is_taken_over_and_should_it_wake_changes_nothing(house: House) -> None:
    def sleep_too_long(_count: int) -> None:
        with house.database.sessions.begin() as opened:
            opened.execute(update(rebuild_state).values(heartbeat=time.time() - DEAD_AFTER_SECONDS - 1))
        house.rename("dora--3", "Après la reprise")
        house.rebuild()

    with pytest.raises(RebuildOvertaken):
        house.rebuild(during=sleep_too_long)
    house.relay().drain()
    assert house.verify().faults == 0
    with house.database.sessions() as opened:
        last = rebuilding.last(opened)
    assert (last.documents, last.runs) == (10, False)


def test_a_document_that_cannot_be_written_is_left_out_and_told_of(house: House) -> None:
    house.engine.index.poison.add("dora--4")
    assert house.rebuild() == 9
    house.relay().drain()
    assert house.waiting(parked=True) == 1
    assert len(house.engine.names) == 9
