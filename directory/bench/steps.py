"""The steps that are timed: a file goes in, the index is made, readers ask. Each runs as its users run it, a
command in a process of its own, so that time and memory are the operating system's own account."""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

import orjson

from directory.bench.inventory import Row
from directory.errors import DirectoryError

START_SECONDS: Final = 60


class BenchFailed(DirectoryError):
    """A step of the bench did not go to its end."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall seconds, processor seconds and peak megabytes of one command."""

    seconds: float
    processor: float
    peak_mb: float


def write(rows: Iterable[tuple[str, Row]], folder: Path) -> Mapping[str, Path]:
    """Rows as JSON Lines, a file a kind, streamed. → kind: file."""
    files = {kind: folder / f"{kind}s.jsonl" for kind in ("structure", "service")}
    with files["structure"].open("wb") as structures, files["service"].open("wb") as services:
        sinks = {"structure": structures, "service": services}
        for kind, row in rows:
            sinks[kind].write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    return files


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> Spent:
    """Run one `jalon` command to its end. Raises BenchFailed with what it said."""
    started = time.perf_counter()
    child = subprocess.Popen(  # noqa: S603  (our own command line)
        [sys.executable, "-m", "directory.cli", *arguments],
        env=dict(environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    said = child.stderr.read() if child.stderr else b""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in {0, 3}:
        raise BenchFailed(
            f"« jalon {' '.join(arguments)} » a échoué : {said.decode(errors='replace')[-800:]}"
        )
    return Spent(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> float:
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)  # bytes there, kilobytes here
    return round(kilobytes / 1024, 1)


def folder_megabytes(folder: Path) -> float:
    """What the files under a folder weigh."""
    return round(sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 1_000_000, 1)


@dataclass(frozen=True, slots=True)
class Served:
    """A server on a port, its workers and its relay."""

    port: int
    pid: int

    def resident_mb(self) -> float:
        """Megabytes held by the server's workers, shared pages counted once a process."""
        command = ["ps", "-A", "-ww", "-o", "ppid=,rss=,args="]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
        own = (line.split(None, 2) for line in listed.splitlines())
        held = (int(rss) for parent, rss, args in own if int(parent) == self.pid and "serve" in args)
        return round(sum(held) / 1024, 1)


@contextmanager
def served(environ: Mapping[str, str], *, relay: bool = False) -> Iterator[Served]:
    """The server on a free port, until the block ends; with a relay beside it where the server runs none.
    Raises BenchFailed when it does not answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    commands = [["serve", "--port", str(port)]] + ([["index", "sync", "--follow"]] if relay else [])
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [
        subprocess.Popen([sys.executable, "-m", "directory.cli", *one], env=dict(environ), **quiet)  # noqa: S603
        for one in commands
    ]
    try:
        _wait_until_ready(port)
        yield Served(port, running[0].pid)
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(timeout=20)


def _wait_until_ready(port: int) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise BenchFailed(f"Le serveur ne répond pas après {START_SECONDS} s.")
