"""A whole new index, filled from what is stored while people search and write.

The index in service goes on answering and the relay goes on writing it. The new one is filled beside it, then
told of what the relay handled meanwhile, and put in service under a short pause of the relay; so it misses
nothing and nothing in it is stale. A rebuild that fails leaves the old index as it was.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

import structlog
from sqlalchemy.orm import Session, sessionmaker

from indexer import outbox, rebuilding
from indexer.document import OptionDocument
from indexer.engine import FreshIndex, SearchEngine
from indexer.isolation import without_values, write_apart
from indexer.relay import Load

log = structlog.get_logger(__name__)

_BATCH: Final = 1_000
#: The relay is paused when so little is left to tell the new index; past that many rounds, anyway.
_LITTLE: Final = 50
_MOST_ROUNDS: Final = 100


def rebuild(
    sessions: sessionmaker[Session],
    engine: SearchEngine,
    documents: Iterable[OptionDocument],
    load: Load,
    *,
    progress: Callable[[int], None] | None = None,
    force: bool = False,
) -> int:
    """Fill a new index with `documents` (read after this is called: give a generator), put it in service, and
    tell how many it holds. `progress` is told the size of each batch. Raises RebuildUnderWay,
    RebuildOvertaken, and what `SearchEngine.fresh_index` raises."""
    with sessions.begin() as session:
        token = rebuilding.begin(session)
    try:
        with sessions.begin() as session:
            rebuilding.cover(session, token)
        return _Rebuild(sessions, engine, load, token, progress or _silent).run(documents, force=force)
    except BaseException:
        with sessions.begin() as session:
            rebuilding.end(session, token, None)
        raise


class _Rebuild:
    """One rebuild, from its token to its swap."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        engine: SearchEngine,
        load: Load,
        token: str,
        progress: Callable[[int], None],
    ) -> None:
        self._sessions = sessions
        self._engine = engine
        self._load = load
        self._token = token
        self._progress = progress

    def run(self, documents: Iterable[OptionDocument], *, force: bool) -> int:
        with self._sessions() as pause:
            with self._engine.fresh_index(force=force) as fresh:
                written = self._fill(fresh, documents)
                self._catch_up(fresh)
                rebuilding.beat(pause, self._token)  # from here to the commit the relay waits
                while self._replay(fresh, pause):
                    pass
            rebuilding.end(pause, self._token, written)
            pause.commit()
        with self._sessions.begin() as session:
            rebuilding.uncover(session, self._token)
        self._engine.refresh()
        return written

    def _fill(self, fresh: FreshIndex, documents: Iterable[OptionDocument]) -> int:
        reading = iter(documents)
        written = 0
        while batch := list(islice(reading, _BATCH)):
            refused = write_apart(fresh.put, batch)
            self._leave_to_relay([(document.id, error) for document, error in refused])
            written += len(batch) - len(refused)
            self._give_sign()
            self._progress(len(batch))
        return written

    def _catch_up(self, fresh: FreshIndex) -> None:
        for _ in range(_MOST_ROUNDS):
            with self._sessions.begin() as session:
                outbox.for_writing(session)
                told = self._replay(fresh, session)
            if told <= _LITTLE:
                return

    def _replay(self, fresh: FreshIndex, session: Session) -> int:
        """Tell the new index of some of what the relay handled; how many options."""
        ids = rebuilding.take_replay(session, _BATCH)

        def write(some: Iterable[str]) -> None:
            loaded = self._load(list(some))
            fresh.put(loaded.documents.values())
            fresh.delete(loaded.gone)

        if ids:
            # The relay met the same error on those, and counts the tries.
            write_apart(write, ids)
        return len(ids)

    def _leave_to_relay(self, refused: list[tuple[str, Exception]]) -> None:
        """What cannot be written is tried again by the relay, which sets it aside and says so."""
        if not refused:
            return
        for option_id, error in refused:
            log.error("option cannot be indexed", option_id=option_id, error=without_values(error))
        with self._sessions.begin() as session:
            outbox.write(session, [option_id for option_id, _ in refused])

    def _give_sign(self) -> None:
        try:
            with self._sessions.begin() as session:
                rebuilding.beat(session, self._token)
        except outbox.StoreUnavailable:
            # A long import holds the database: nobody can take over either, and the next sign will tell.
            log.info("rebuild could not give a sign of life")


def _silent(_count: int) -> None:
    return None
