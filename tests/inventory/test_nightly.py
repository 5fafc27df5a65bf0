"""The comparison of every night: once a night whatever happens, beside a relay that goes on."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import update

from directory.clock import PARIS
from directory.database import Database
from directory.inventory.loading import load, versions
from indexer import checking, rebuilding
from indexer.checking import AGAIN_AFTER_SECONDS
from indexer.engine import EngineUnavailable
from indexer.nightly import MOST_WAITING, NightlyCheck, last_time
from indexer.outbox import index_check, outbox
from tests.inventory.records import service
from tests.inventory.relaying import House

AT = time(3, 30)


@pytest.fixture
def house(database: Database) -> House:
    """Ten services found."""
    made = House(database)
    made.bring(*(service(f"dora--{number}") for number in range(10)))
    made.relay().drain()
    return made


class Night:
    """A check whose clock the test sets; what is stored is the house's."""

    def __init__(self, house: House) -> None:
        self.now = datetime.now(PARIS).replace(hour=4, minute=0)
        self.before_reading: Callable[[], None] = lambda: None
        sessions = house.database.sessions

        def stored() -> Iterator[tuple[str, int]]:
            self.before_reading()
            yield from versions(sessions)

        self.check = NightlyCheck(
            sessions, house.engine, (stored, load(sessions)), at=AT, clock=lambda: self.now
        )


@pytest.fixture
def night(house: House) -> Night:
    return Night(house)


def test_what_differs_is_announced_and_the_relay_brings_it(house: House, night: Night) -> None:
    del house.engine.index.documents["dora--2"]
    drift = night.check.run_if_due()
    assert drift is not None
    assert (drift.compared, drift.missing, drift.faults) == (10, 1, 1)
    house.relay().drain()
    assert "dora--2" in house.engine.names
    with house.database.sessions() as opened:
        last = checking.last(opened)
    assert (last.compared, last.faults, last.waiting) == (10, 1, 0)


def test_it_is_made_once_a_night_even_after_a_restart(house: House, night: Night) -> None:
    assert night.check.run_if_due() is not None
    assert night.check.run_if_due() is None
    assert Night(house).check.run_if_due() is None
    night.now += timedelta(hours=23)
    assert night.check.run_if_due() is None
    night.now += timedelta(hours=1)
    assert night.check.run_if_due() is not None


def test_of_two_relays_one_makes_it(house: House, night: Night) -> None:
    other = Night(house)
    found: list[object] = []
    night.before_reading = lambda: found.append(other.check.run_if_due())
    assert night.check.run_if_due() is not None
    assert found == [None]


def test_one_that_died_is_made_again(house: House, night: Night) -> None:
    with house.database.sessions.begin() as opened:
        assert checking.claim(opened, night.now.timestamp())
    assert night.check.run_if_due() is None
    with house.database.sessions.begin() as opened:
        silent = datetime.now(UTC).timestamp() - AGAIN_AFTER_SECONDS - 1
        opened.execute(update(index_check).values(heartbeat=silent))
    assert night.check.run_if_due() is not None


def test_an_engine_away_is_asked_again_later_and_ends_nothing(house: House, night: Night) -> None:
    house.engine.down = True
    with pytest.raises(EngineUnavailable):
        night.check.run_if_due()
    assert night.check.run_if_due() is None
    stop = threading.Event()
    follower = threading.Thread(target=night.check.follow, args=(stop,))
    follower.start()
    stop.set()
    follower.join(10)
    assert not follower.is_alive()


def test_it_waits_for_a_rebuild_and_for_an_import_to_be_brought(house: House, night: Night) -> None:
    with house.database.sessions.begin() as opened:
        token = rebuilding.begin(opened)
    assert night.check.run_if_due() is None
    with house.database.sessions.begin() as opened:
        rebuilding.end(opened, token, 10)
        rows = [{"option_id": str(number), "written_at": 0.0} for number in range(MOST_WAITING + 1)]
        opened.execute(outbox.insert(), rows)
    assert night.check.run_if_due() is None


def test_changes_in_flight_are_no_fault(house: House, night: Night) -> None:
    stop = threading.Event()
    numbers = iter(range(1_000_000))

    def edit() -> None:
        while not stop.is_set():
            house.rename(f"dora--{next(numbers) % 10}", "Changé")
            house.relay(batch=3).step()

    editor = threading.Thread(target=edit)
    editor.start()
    for _ in range(3):
        night.now += timedelta(days=1)
        drift = night.check.run_if_due()
        assert drift is not None
        assert (drift.compared, drift.faults) == (10, 0)
    stop.set()
    editor.join()


def test_a_process_that_ends_does_not_wait_for_it(house: House, night: Night) -> None:
    stop = threading.Event()
    night.before_reading = stop.set
    night.check.follow(stop)
    with house.database.sessions() as opened:
        assert checking.last(opened).began is None


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 11, 23, 4, 0, tzinfo=PARIS), datetime(2026, 11, 23, 3, 30, tzinfo=PARIS)),
        (datetime(2026, 11, 23, 3, 29, tzinfo=PARIS), datetime(2026, 11, 22, 3, 30, tzinfo=PARIS)),
        (datetime(2026, 11, 23, 3, 30, tzinfo=PARIS), datetime(2026, 11, 23, 3, 30, tzinfo=PARIS)),
    ],
)
def test_the_hour_is_that_of_the_clock(now: datetime, last: datetime) -> None:
    assert last_time(now, AT) == last
