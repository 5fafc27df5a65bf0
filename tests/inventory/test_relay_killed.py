"""The relay as a process, killed at whatever instruction it is at, over the real engine."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from directory.database import Database
from directory.inventory import catalogue
from directory.inventory.intake import take
from directory.inventory.loading import load, versions
from indexer.drift import verify
from indexer.embedded import EmbeddedEngine
from indexer.relay import Relay
from tests.inventory.records import TODAY, service

FOLLOW = [sys.executable, "-m", "directory.cli", "index", "sync", "--follow"]
DEATHS = 3


def test_a_relay_killed_in_the_middle_of_its_work_loses_nothing(
    tmp_path: Path, database: Database, database_url: str
) -> None:
    sessions = database.sessions
    with database.writing() as opened:
        take(opened, [service(f"dora--{number:03}") for number in range(300)], today=TODAY)
    own = {"JALON_DATA_DIR": str(tmp_path), "JALON_DATABASE_URL": database_url, "JALON_RELAY_BATCH": "5"}
    environ = os.environ | own
    chance = random.Random(3)
    index = EmbeddedEngine(tmp_path / "index")
    for death in range(DEATHS):
        with subprocess.Popen(FOLLOW, env=environ, stderr=subprocess.DEVNULL) as relay:
            _until_something_happens(index)
            for _ in range(10):
                option_id = f"dora--{chance.randrange(300):03}"
                with database.writing() as opened:
                    entry = catalogue.get_option(opened, option_id)
                    changes = {"nom": f"Nom {death} {chance.random()}"}
                    catalogue.edit(opened, option_id, changes, expected_version=entry.version, author="ana")
                time.sleep(chance.random() / 50)
            relay.send_signal(signal.SIGKILL)
    Relay(sessions, index, load(sessions)).drain()
    index.refresh()
    drift = verify(sessions, index, versions(sessions), load(sessions))
    assert (drift.compared, drift.faults, drift.waiting) == (300, 0, 0)
    index.close()


def _until_something_happens(index: EmbeddedEngine) -> None:
    """Wait until the relay that was just started has written something."""
    before = sum(version for _, version in index.versions())
    patience = time.monotonic() + 20
    while time.monotonic() < patience:
        index.refresh()
        if sum(version for _, version in index.versions()) != before:
            return
        time.sleep(0.02)
    raise AssertionError("the relay wrote nothing")
