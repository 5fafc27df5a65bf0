"""Relay processes to be killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final

ROOT: Final = Path(__file__).parents[2]


class Relays:
    """Gives birth to relays over one house, by a zygote of its own; ends them with itself."""

    def __init__(self, environ: dict[str, str], log: Path) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
        with log.open("wb") as told:
            self._zygote = subprocess.Popen(
                [sys.executable, "-m", "tests.cluster.zygote"], cwd=ROOT, env=clean | environ, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told,
            )  # fmt: skip
        self.living: list[int] = []

    def __enter__(self) -> "Relays":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for pid in [*self.living]:
            self.kill(pid)
        self._zygote.communicate()

    def start(self) -> int:
        """The pid of one more."""
        assert self._zygote.stdin is not None
        assert self._zygote.stdout is not None
        self._zygote.stdin.write("\n")
        self._zygote.stdin.flush()
        self.living.append(int(self._zygote.stdout.readline()))
        return self.living[-1]

    def kill(self, pid: int) -> None:
        """kill -9, and wait until it is gone."""
        self.living.remove(pid)
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while _lives(pid):
            assert time.monotonic() < deadline, pid
            time.sleep(0.005)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
