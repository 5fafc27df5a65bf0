"""The relay: it takes rows of the outbox, reads the options anew and writes the index.

At least once, in any order: a row is removed only after the engine has written, and the engine holds off what
is older than what it has. Several changes of one option are one write. Kill it at any instruction: what it
had taken is taken again. Two may run at once: on PostgreSQL they share the rows, on SQLite they may do the
same work twice, and the embedded engine lets only one write.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Final

import structlog
from sqlalchemy.orm import Session, sessionmaker

from indexer import outbox, rebuilding
from indexer.document import OptionDocument
from indexer.engine import EngineUnavailable, SearchEngine
from indexer.isolation import without_values, write_apart
from indexer.mending import Mender

log = structlog.get_logger(__name__)

#: While the engine or the database cannot, the relay tries again this often, not at its usual pace.
_PATIENCE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Options read anew: those that may be shown, and those withdrawn with the version that withdrew them.
    An id in neither was never stored, or is stored no more."""

    documents: Mapping[str, OptionDocument] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)


Load = Callable[[Collection[str]], Loaded]


class Relay:
    """Brings the index up to what is stored, `batch` changes at a time; `mender` makes it anew when it was
    lost."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        engine: SearchEngine,
        load: Load,
        *,
        batch: int = 1_000,
        mender: Mender | None = None,
    ) -> None:
        self._sessions = sessions
        self._engine = engine
        self._load = load
        self._batch = batch
        self._mender = mender

    def step(self) -> int:
        """Handle one batch and tell how many rows of the outbox it was, 0 when none waits.

        Raises EngineUnavailable, EngineBusy, IndexOutdated: the rows then wait. A document that alone cannot
        be written counts a try and lets the others pass.
        """
        if self._mender is not None:
            self._mender.look()
        with self._sessions() as session:
            changes = outbox.pending(session, self._batch)
            # Read after the rows were taken: whatever is taken while no rebuild runs was committed before one
            # began, so that the rebuild reads it itself.
            rebuild_runs = rebuilding.is_running(session)
            if changes and not outbox.holds_rows(session):
                session.rollback()  # a read left open would make the write below too late
                if rebuild_runs:
                    # Nobody may swap the index between our writing it and our saying so: hold the lock.
                    outbox.for_writing(session)
                    changes = outbox.pending(session, self._batch)
                    rebuild_runs = rebuilding.is_running(session)
            if not changes:
                return 0
            if self._mender is not None and self._mender.trouble():
                # Written to now, it would hold these alone and pass for whole.
                raise EngineUnavailable("index has to be made anew first")
            failures = self._deliver(sorted({change.option_id for change in changes}))
            outbox.for_writing(session)
            if rebuild_runs:
                rebuilding.replay_later(session, changes)
            outbox.done(session, [change for change in changes if change.option_id not in failures])
            outbox.failed(session, [change for change in changes if change.option_id in failures], failures)
            session.commit()
        return len(changes)

    def drain(self, progress: Callable[[int], None] | None = None) -> int:
        """Step until nothing waits; `progress` is told the rows of each step. Returns their sum. Raises as
        `step`."""
        total = 0
        while handled := self.step():
            total += handled
            if progress:
                progress(handled)
        return total

    def follow(self, stop: Event, *, idle: float = 0.2) -> None:
        """Drain for ever, until `stop` is set. What cannot be done now is tried again; nothing ends it."""
        trouble = ""
        while not stop.is_set():
            before, trouble = trouble, self._trouble_draining(stop)
            if trouble != before:
                log.warning("relay waits", why=trouble) if trouble else log.info("relay works again")
            stop.wait(_PATIENCE_SECONDS if trouble else idle)

    def _trouble_draining(self, stop: Event) -> str:
        """Drain as far as possible; what stopped it, empty when nothing did."""
        try:
            while not stop.is_set() and self.step():
                pass
        except Exception as error:  # the loop outlives whatever comes: the rows wait, the log tells
            return without_values(error)
        return ""

    def _deliver(self, ids: Sequence[str]) -> dict[str, str]:
        """Write those options; what failed, by id."""
        failures = {option_id: without_values(error) for option_id, error in write_apart(self._write, ids)}
        for option_id, reason in failures.items():
            log.error("option cannot be indexed", option_id=option_id, error=reason)
        return failures

    def _write(self, ids: Sequence[str]) -> None:
        loaded = self._load(ids)
        if loaded.documents:
            self._engine.put(loaded.documents.values())
        gone = dict(loaded.gone)
        unknown = [
            option_id for option_id in ids if option_id not in loaded.documents and option_id not in gone
        ]
        if unknown:
            gone |= {held.id: held.version for held in self._engine.get(unknown).values()}
        if gone:
            self._engine.delete(gone)
