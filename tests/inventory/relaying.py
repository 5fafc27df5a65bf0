"""What the tests of the relay and of the rebuild share: rows stored, an engine in memory, what is found."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import func, select

from directory.database import Database
from directory.inventory import catalogue
from directory.inventory.intake import take
from directory.inventory.loading import load, stream, versions
from directory.inventory.records import Record
from indexer.drift import Drift, verify
from indexer.outbox import outbox
from indexer.rebuild import rebuild
from indexer.relay import Relay
from tests.inventory.engines import MemoryEngine
from tests.inventory.records import TODAY


@dataclass
class House:
    """A database, an engine and what runs between them."""

    database: Database
    engine: MemoryEngine = field(default_factory=MemoryEngine)

    def relay(self, *, batch: int = 500) -> Relay:
        return Relay(self.database.sessions, self.engine, load(self.database.sessions), batch=batch)

    def rebuild(self, *, force: bool = False, during: Callable[[int], None] | None = None) -> int:
        sessions = self.database.sessions
        documents = stream(sessions, batch=2)
        return rebuild(sessions, self.engine, documents, load(sessions), progress=during, force=force)

    def verify(self, *, repair: bool = False) -> Drift:
        sessions = self.database.sessions
        return verify(sessions, self.engine, versions(sessions), load(sessions), repair=repair)

    def bring(self, *records: Record) -> None:
        with self.database.sessions.begin() as opened:
            take(opened, records, today=TODAY)

    def rename(self, option_id: str, nom: str) -> None:
        with self.database.writing() as opened:
            version = catalogue.get_option(opened, option_id).version
            catalogue.edit(opened, option_id, {"nom": nom}, expected_version=version, author="ana")

    def withdraw(self, option_id: str) -> None:
        with self.database.sessions.begin() as opened:
            catalogue.withdraw(opened, option_id, reason="fermeture")

    def waiting(self, *, parked: bool = False) -> int:
        with self.database.sessions() as opened:
            counted = select(func.count()).select_from(outbox).where(outbox.c.parked.is_(parked))
            return opened.scalar(counted) or 0
