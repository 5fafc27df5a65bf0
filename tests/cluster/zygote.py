"""Relays as processes, each born in milliseconds: this one has imported everything, and forks when told to.

A line on its stdin is the birth of a relay, the genuine `jalon index sync --follow` under the settings of the
environment; the answer on stdout is its pid. It ends with its stdin, and its children after it.
"""

import os
import signal
import sys

import directory.cli.index  # noqa: F401  so that a child has nothing left to import
import indexer.embedded
import indexer.opensearch  # noqa: F401
from directory.cli import run


def main() -> None:
    """Fork at each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    own = str(os.getpid())
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(run(["index", "sync", "--follow", "--with-parent", own]))
        print(child, flush=True)  # noqa: T201  the answer


if __name__ == "__main__":
    main()
