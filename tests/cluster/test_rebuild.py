"""A whole new index while people search and edit, a relay works, and rebuilds are killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from random import Random

from sqlalchemy import select, update

from indexer.engine import SearchEngine
from indexer.outbox import rebuild_state
from indexer.query import AnyOf
from indexer.rebuilding import DEAD_AFTER_SECONDS
from tests.builders import question
from tests.cluster.relays import ROOT, Relays
from tests.cluster.towns import Editors, Town, assert_nothing_lost_twice_or_stale

#: Nobody edits those: whoever asks finds them at any instant.
STEADY = tuple(f"dora--i{number:03}" for number in range(20))


class Searchers(threading.Thread):
    """People who ask for what nobody edits, all the time. `wrong`: answers that missed some; `asked`: how
    many answers."""

    def __init__(self, engine: SearchEngine) -> None:
        super().__init__(daemon=True)
        self._engine = engine
        self._ended = threading.Event()
        self.wrong: list[object] = []
        self.asked = 0

    def __enter__(self) -> "Searchers":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join(30)
        assert self.wrong == []
        assert not self.is_alive()

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                page = self._engine.search(question(where=[AnyOf("id", STEADY)]), limit=50)
                found = sorted(hit.document.id for hit in page.hits)
                held = sorted(self._engine.get(STEADY))
            except Exception as error:  # whatever it is, a person would have seen it
                self.wrong.append(error)
                return
            if found != list(STEADY) or held != list(STEADY):
                self.wrong.append((found, held))
            self.asked += 1


def test_people_find_everything_while_the_index_is_made_anew(several: Town) -> None:
    engine, reader = several.engine(), several.engine()
    several.drain(engine)
    with (
        Relays(several.environ, several.folder / "relays.log") as relays,
        Editors(several, 17) as editors,
        Searchers(reader) as people,
    ):
        relays.start()
        for _ in range(4):
            before = editors.commits
            several.rebuild(engine)
            while editors.commits < before + 10:
                time.sleep(0.01)
    assert people.asked > 20
    several.drain(engine)
    assert_nothing_lost_twice_or_stale(several, engine)
    engine.close()
    reader.close()


def test_a_rebuild_killed_at_any_instant_leaves_the_index_in_service(several: Town) -> None:
    engine, reader = several.engine(), several.engine()
    several.drain(engine)
    dice = Random(19)
    command = [sys.executable, "-m", "directory.cli", "index", "rebuild"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
    with (
        Relays(several.environ, several.folder / "relays.log") as relays,
        Editors(several, 23),
        Searchers(reader),
    ):
        relays.start()
        for _ in range(3):
            child = subprocess.Popen(
                command, cwd=ROOT, env=clean | several.environ, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
            _until_it_began(several, child)
            time.sleep(dice.uniform(0, 0.5))
            child.send_signal(signal.SIGKILL)
            child.wait()
            with several.database.sessions.begin() as session:  # a minute goes by
                silent = time.time() - DEAD_AFTER_SECONDS - 1
                session.execute(update(rebuild_state).values(heartbeat=silent))
        several.rebuild(engine)
    several.drain(engine)
    assert_nothing_lost_twice_or_stale(several, engine)
    engine.close()
    reader.close()


def _until_it_began(where: Town, child: subprocess.Popen[bytes]) -> None:
    """Until that rebuild said so; at once when it is already over."""
    deadline = time.monotonic() + 60
    while child.poll() is None:
        with where.database.sessions() as session:
            sign = session.scalar(select(rebuild_state.c.heartbeat))
        if sign is not None and sign > time.time() - DEAD_AFTER_SECONDS:
            return
        assert time.monotonic() < deadline
        time.sleep(0.01)
