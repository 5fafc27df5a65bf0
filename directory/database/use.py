"""Who uses the database: how many connections at once, and how long each wait may last."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One process's use. `name` is what the server's list of connections shows; `connections` are kept open
    and as many again may be opened for a while. Seconds: a statement's (0: no end), a wait for what another
    holds, an idle moment inside a transaction.

    The defaults are a command's: an import writes for minutes, and the relay stays in its transaction while
    the engine writes, which takes a minute at the worst.
    """

    name: str = "jalon"
    connections: int = 5
    statement_seconds: int = 0
    lock_seconds: int = 15
    idle_seconds: int = 900


def serving(threads: int) -> Use:
    """The use of a web process: a connection for each thread, and nobody waits longer than a reader would.
    The slowest page reads in a tenth of a second at a million services: ten seconds is a runaway."""
    return Use(name="jalon web", connections=threads, statement_seconds=10, lock_seconds=5, idle_seconds=60)
