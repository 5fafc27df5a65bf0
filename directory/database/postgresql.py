"""PostgreSQL: a pool of connections that ends every wait, and forgets those that died."""

from typing import Any, Final

from sqlalchemy import URL, Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from directory.database.errors import DatabaseBusy
from directory.database.use import Use

#: A thread may hold a second connection for a moment: the relay reads rows anew while it holds its own.
CONNECTIONS_EACH: Final = 2

#: Seconds a thread waits for one of the pool's own connections: they are given back within a page.
_POOL_SECONDS: Final = 5
#: A server on the same network answers in milliseconds; libpq takes less than 2 as 2.
_CONNECT_SECONDS: Final = 3
#: Older ones are made anew: firewalls forget long-lived connections, and each grows in the server's memory.
_RECYCLE_SECONDS: Final = 1800

#: Of the server, for the connection: a client machine that vanished gives its locks back within 90 s instead
#: of two hours; no machine code is compiled for queries that last milliseconds (it took longer than they).
_OF_THE_SERVER: Final = {
    "tcp_keepalives_idle": "60",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "jit": "off",
}
#: Of the client: a server machine that vanished is noticed within 10 s, or 45 when nothing was being said.
_OF_THE_CLIENT: Final = {
    "connect_timeout": _CONNECT_SECONDS,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


class _Pool(QueuePool):
    """One that raises ours when every connection is taken."""

    def connect(self) -> PoolProxiedConnection:
        """A connection. Raises DatabaseBusy."""
        try:
            return super().connect()
        except PoolTimeout as error:
            raise DatabaseBusy("toutes les connexions de ce processus servent déjà") from error


def options(url: URL, use: Use) -> dict[str, Any]:
    """What `create_engine` is given. What the address itself says (`?connect_timeout=10`) wins."""
    limits = {
        "statement_timeout": f"{use.statement_seconds}s",
        "lock_timeout": f"{use.lock_seconds}s",
        "idle_in_transaction_session_timeout": f"{use.idle_seconds}s",
    }
    told = " ".join(f"-c {name}={value}" for name, value in (_OF_THE_SERVER | limits).items())
    asked = url.query.get("options", "")
    own = {"application_name": use.name} | _OF_THE_CLIENT
    arguments = {name: value for name, value in own.items() if name not in url.query}
    return {
        "poolclass": _Pool,
        "pool_size": use.connections,
        "max_overflow": use.connections * (CONNECTIONS_EACH - 1),
        "pool_timeout": _POOL_SECONDS,
        "pool_recycle": _RECYCLE_SECONDS,
        # The last one given back is the first one taken: those not needed grow old and are closed.
        "pool_use_lifo": True,
        # One short question tells a dead connection before a reader meets it: a restart costs nobody a page.
        "pool_pre_ping": True,
        "connect_args": {**arguments, "options": f"{told} {asked}".strip()},
    }


def prepare(_engine: Engine, _use: Use) -> None:
    """Nothing more: the server was told when it was asked for the connection."""
