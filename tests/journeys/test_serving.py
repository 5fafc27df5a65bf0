"""A real server and its relay, as processes: changes are searchable at once, and nothing is left behind."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from directory.inventory.catalogue import edit, withdraw
from directory.wiring import Jalon
from tests.houses import close_house, furnish, handful, open_house, writing


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers, and the house it serves."""

    process: subprocess.Popen[str]
    port: int
    jalon: Jalon

    def ask(self, path: str) -> tuple[int, Any]:
        """Status and JSON (None when it is none) of a request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, json.loads(body) if is_json else None

    def finds(self, words: str) -> bool:
        """Whether a search by its words finds the service that the tests change."""
        _, body = self.ask(f"/api/v1/search?q={words}&facets=false")
        return "dora--1" in [one["id"] for one in body["items"]]

    def relay(self) -> int | None:
        """The process of its relay."""
        command = ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        children = (line.split(None, 2) for line in listed.splitlines())
        own = str(self.process.pid)
        return next(
            (int(pid) for pid, parent, args in children if parent == own and "--follow" in args), None
        )


def until(holds: Callable[[], object], within: float) -> float:
    """Wait until something holds → seconds it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < within, "never came"
        Event().wait(0.02)
    return time.monotonic() - began


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def served(tmp_path: Path, database_url: str) -> Iterator[Served]:
    """`jalon serve` over a handful of options, on either database."""
    jalon = open_house(tmp_path / "var", database_url=database_url)
    furnish(jalon, handful())
    jalon.engine.close()  # gives the writer back: the relay beside the server takes it
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
    environ |= {
        "JALON_DATA_DIR": str(tmp_path / "var"),
        "JALON_DATABASE_URL": database_url,
        "JALON_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "directory.cli", "serve", "--port", str(port)]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, env=environ, stderr=log, text=True)
    server = Served(process, port, jalon)
    try:
        until(lambda: process.poll() is not None or answers(server), within=30)
        assert process.poll() is None, (tmp_path / "log").read_text()
        yield server
    finally:
        process.kill()
        process.wait()
        close_house(jalon)


def answers(server: Served) -> bool:
    try:
        return server.ask("/health/ready")[0] == 200
    except OSError:
        return False


def rename(jalon: Jalon, name: str, version: int) -> None:
    with writing(jalon) as session:
        edit(session, "dora--1", {"nom": name}, expected_version=version, author="tests")


def test_a_server_keeps_its_relay_and_leaves_nothing_behind(served: Served) -> None:
    until(served.relay, within=10)

    # A change is searchable within a second (the best of three: others use this machine too).
    seconds = []
    for version, word in enumerate(("tournesol", "glycine", "capucine"), start=1):
        rename(served.jalon, f"Atelier {word}", version)
        seconds.append(until(partial(served.finds, word), within=10))
    assert min(seconds) < 1.0

    # A relay that is killed is started again, and takes what waited meanwhile.
    first = served.relay()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    rename(served.jalon, "Atelier jonquille", version=4)
    until(lambda: served.finds("jonquille"), within=20)
    second = served.relay()
    assert second not in (None, first)

    # What is withdrawn leaves the lists, and its page says that it is gone.
    with writing(served.jalon) as session:
        withdraw(session, "dora--1", reason="fermé")
    until(lambda: not served.finds("jonquille"), within=10)
    assert served.ask("/api/v1/services/dora--1")[0] == 410
    until(lambda: served.ask("/services/dora--1")[0] == 410, within=2)  # each worker looks for itself

    # Told to end, it ends well, its relay first, and the writer of the index is free.
    served.process.terminate()
    assert served.process.wait(20) == 0
    assert second is not None
    assert not is_alive(second)
    assert not answers(served)
    furnish(served.jalon, handful())


def test_a_relay_outlives_no_server(served: Served) -> None:
    until(served.relay, within=10)
    relay = served.relay()
    assert relay is not None
    served.process.kill()
    served.process.wait()
    until(lambda: not is_alive(relay), within=10)
