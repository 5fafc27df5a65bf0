"""A house as production has it, relays and editors at work in it, and the comparison at the end."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy import func, select

from directory.database import Database, open_database
from directory.inventory import catalogue
from directory.inventory.intake import take
from directory.inventory.loading import load, stream, versions
from indexer.backends import open_engine
from indexer.drift import verify
from indexer.engine import SearchEngine
from indexer.outbox import outbox
from indexer.rebuild import rebuild
from indexer.relay import Relay
from tests.builders import question
from tests.inventory.records import TODAY, immersion, service, structure

SERVICES: Final = 200


@dataclass(frozen=True, slots=True)
class Town:
    """Rows at `database_url`, an index at `search_url`."""

    database_url: str
    search_url: str
    folder: Path
    database: Database

    @property
    def environ(self) -> dict[str, str]:
        """The settings of a process that works here: batches small, so that a kill falls in the middle."""
        return {
            "JALON_DATABASE_URL": self.database_url, "JALON_SEARCH_URL": self.search_url,
            "JALON_DATA_DIR": str(self.folder), "JALON_RELAY_BATCH": "7", "JALON_LOG_LEVEL": "warning",
        }  # fmt: skip

    def engine(self) -> SearchEngine:
        """One more, to be closed."""
        return open_engine(self.search_url, data_dir=self.folder)

    def waiting(self) -> int:
        """Rows of the outbox, those set aside left out."""
        counted = select(func.count()).select_from(outbox).where(outbox.c.parked.is_(False))
        with self.database.sessions() as session:
            return session.scalar(counted) or 0

    def rebuild(self, engine: SearchEngine) -> int:
        """A whole new index."""
        sessions = self.database.sessions
        return rebuild(sessions, engine, stream(sessions, batch=20), load(sessions))

    def drain(self, engine: SearchEngine) -> None:
        """Bring whatever waits."""
        Relay(self.database.sessions, engine, load(self.database.sessions)).drain()
        engine.refresh()

    def wait_until_drained(self, seconds: float = 60) -> None:
        """Until the relays have brought everything."""
        deadline = time.monotonic() + seconds
        while self.waiting():
            assert time.monotonic() < deadline, f"{self.waiting()} changes still wait"
            time.sleep(0.05)


@contextmanager
def town(database_url: str, search_url: str, folder: Path) -> Iterator[Town]:
    """A town of services and immersions, that the index has not heard of."""
    database = open_database(database_url)
    with database.writing() as session:
        offers = [immersion(f"dora--i{number:03}") for number in range(20)]
        services = [
            service(f"dora--{number:03}", structure_id=f"dora--s{number % 10}") for number in range(SERVICES)
        ]
        structures = [structure(f"dora--s{number}") for number in range(10)]
        take(session, [*structures, *services, *offers], today=TODAY)
    yield Town(database_url, search_url, folder, database)
    database.close()


class Editors(threading.Thread):
    """People who edit, withdraw, restore and add, some dozens a second, the same for a seed. `error` is what
    went wrong, None when nothing did; `commits` how much they did."""

    def __init__(self, where: Town, seed: int, *, pause: float = 0.01) -> None:
        super().__init__(daemon=True)
        self._database = where.database
        self._dice = Random(seed)
        self._pause = pause
        self._ended = threading.Event()
        self._known = [f"dora--{number:03}" for number in range(SERVICES)]
        self.commits = 0
        self.error: BaseException | None = None

    def __enter__(self) -> "Editors":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join(60)
        assert self.error is None, self.error
        assert not self.is_alive()

    def run(self) -> None:
        try:
            while not self._ended.wait(self._dice.uniform(0, 2 * self._pause)):
                self._change()
                self.commits += 1
        except BaseException as error:
            self.error = error

    def _change(self) -> None:
        option_id, number = self._dice.choice(self._known), self._dice.random()
        with self._database.writing() as session:
            if number < 0.04:
                self._known.append(f"neuf--{len(self._known):04}")
                take(session, [service(self._known[-1])], today=TODAY)
            elif number < 0.08:
                structure_id = f"dora--s{self._dice.randrange(10)}"
                version = catalogue.get_structure(session, structure_id).version
                changes = {"nom": f"Structure {self._dice.random()}"}
                catalogue.edit_structure(
                    session, structure_id, changes, expected_version=version, author="ana"
                )
            elif (entry := catalogue.find_option(session, option_id)) is None:
                catalogue.restore(session, option_id)
            elif number < 0.2:
                catalogue.withdraw(session, option_id, reason="fermeture")
            else:
                changes = {"nom": f"Atelier {self._dice.random()}"}
                catalogue.edit(session, option_id, changes, expected_version=entry.version, author="ana")


def assert_nothing_lost_twice_or_stale(where: Town, engine: SearchEngine) -> None:
    """Rows and index hold the same: id by id, version by version, document by document; each once; and the
    comparison that people can ask for says so too. Nothing is brought or mended here."""
    engine.refresh()
    sessions = where.database.sessions
    stored = list(versions(sessions))
    assert list(engine.versions()) == stored
    wanted = [option_id for option_id, _ in stored]
    assert engine.get(wanted) == load(sessions)(wanted).documents
    assert engine.count([question()]) == [len(stored)]
    drift = verify(sessions, engine, versions(sessions), load(sessions))
    assert (drift.compared, drift.faults, drift.waiting) == (len(stored), 0, 0)
