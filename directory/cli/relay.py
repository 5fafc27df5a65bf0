"""The relay beside the server: a process of its own, since only one may hold the writer of the index."""

import os
import subprocess
import sys
import threading
import time
from typing import Final

#: Seconds before a relay that ended is started again: doubled each time it did not hold.
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0
#: A relay that lived so long held: the next pause is the first one again.
HELD_SECONDS: Final = 30.0
STOP_SECONDS: Final = 10.0


class RelayProcess:
    """`jalon index sync --follow` as a child, started again whenever it ends before being told to."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_alive, daemon=True)

    def start(self) -> None:
        """Start it, and the thread that starts it again."""
        self._spawn()
        self._thread.start()

    def stop(self) -> None:
        """End it and wait: it gives the writer of the index back."""
        self._stopping.set()
        with self._starting:  # none is being born while we look for whom to end
            child = self._child
        if child is not None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()  # a kill at any instruction loses nothing: its rows wait in the outbox
        self._thread.join(1)

    def _keep_alive(self) -> None:
        pause = FIRST_PAUSE
        while self._child is not None:
            born = time.monotonic()
            self._child.wait()
            pause = FIRST_PAUSE if time.monotonic() - born > HELD_SECONDS else min(2 * pause, LONGEST_PAUSE)
            if self._stopping.wait(pause):
                return
            self._spawn()

    def _spawn(self) -> None:
        own = str(os.getpid())
        command = [sys.executable, "-m", "directory.cli", "index", "sync", "--follow", "--with-parent", own]
        with self._starting:
            if not self._stopping.is_set():
                # Nobody reads its count of changes; what it has to say goes to stderr.
                self._child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  (ours)
