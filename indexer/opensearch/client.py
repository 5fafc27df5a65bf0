"""Requests to a cluster, and its errors in our words.

Readers wait little and ask another node once; writers wait long and try again by themselves (`writer`), since
only they know what may be sent twice.
"""

import logging
import ssl
from collections.abc import Mapping
from typing import Any, Final

import opensearchpy
import orjson
from opensearchpy.serializer import Serializer

from indexer.engine import EngineForbids, EngineUnavailable, EngineUntrusted
from indexer.opensearch.address import Address

#: Connections kept open to each node: as many as a web process has threads, and then some.
CONNECTIONS: Final = 32
#: How long a write, or a read of the whole index, may take.
LONG_SECONDS: Final = 60.0

_FORBIDDEN: Final = frozenset({401, 403})
#: What is refused to everybody, under the status of a user refused.
_NOT_ABOUT_USERS: Final = frozenset({"cluster_block_exception", "index_create_block_exception"})
_NOT_NOW: Final = frozenset({408, 429, 502, 503, 504})


class TryAgain(EngineUnavailable):
    """The engine could not answer now; the same request may succeed a moment later."""


class Client:
    """Both ways of asking a cluster. Safe among threads; connects at the first request. Raises ValueError
    when the file of its authority cannot be read."""

    def __init__(self, address: Address) -> None:
        # What fails is raised and told by whoever handles it; at a finer level the library writes what it
        # sends, the words of a person looking for help.
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        self._reading = _connect(address, seconds=address.timeout_seconds, retries=1)
        self._writing = _connect(address, seconds=LONG_SECONDS, retries=0)

    def read(self, method: str, path: str, body: Any = None, **parameters: str) -> Any:
        """What the engine answers within a reader's patience; None for what does not exist. Raises
        EngineUnavailable."""
        return _ask(self._reading, method, path, body, parameters)

    def work(self, method: str, path: str, body: Any = None, **parameters: str) -> Any:
        """As `read`, with a writer's patience."""
        return _ask(self._writing, method, path, body, parameters)

    def close(self) -> None:
        """Close connections."""
        self._reading.close()
        self._writing.close()


def refusal(status: int, kind: str) -> EngineUnavailable:
    """The error for a status of the engine. Of its message nothing is kept: it quotes the question."""
    if status in _FORBIDDEN and kind not in _NOT_ABOUT_USERS:
        return EngineForbids("engine does not let this user in", status=status, kind=kind)
    if status in _NOT_NOW:
        return TryAgain("engine is overloaded or loses a node", status=status, kind=kind)
    return EngineUnavailable("engine refused the request", status=status, kind=kind)


def lines(*values: Any) -> bytes:
    """JSON values, one a line."""
    return b"".join(orjson.dumps(value) + b"\n" for value in values)


class _Json(Serializer):
    """What the library writes and reads, three times faster. Bytes are sent as they are."""

    mimetype = "application/json"

    def dumps(self, data: Any) -> bytes:
        return data if isinstance(data, bytes) else orjson.dumps(data)

    def loads(self, s: str) -> Any:
        return orjson.loads(s)


def _connect(address: Address, *, seconds: float, retries: int) -> opensearchpy.OpenSearch:
    return opensearchpy.OpenSearch(
        hosts=[{"host": host.strip("[]"), "port": port} for host, port in address.hosts],
        http_auth=(address.user, address.password or "") if address.user else None,
        use_ssl=address.secure,
        ssl_context=_authorities(address) if address.secure else None,
        timeout=seconds,
        max_retries=retries,
        retry_on_timeout=False,
        pool_maxsize=CONNECTIONS,
        serializer=_Json(),
    )


def _authorities(address: Address) -> ssl.SSLContext:
    """Those whose certificates are believed: the one named, else the system's."""
    try:
        return ssl.create_default_context(cafile=address.ca_file)
    except OSError:  # an SSLError is one, for a file that holds no certificate
        raise ValueError("ca ne désigne aucun certificat lisible") from None


def _ask(
    client: opensearchpy.OpenSearch, method: str, path: str, body: Any, parameters: Mapping[str, str]
) -> Any:
    try:
        return client.transport.perform_request(method, path, params=dict(parameters), body=body)
    except opensearchpy.NotFoundError:
        return None
    except opensearchpy.SSLError as error:
        raise EngineUntrusted("engine's certificate is not believed", kind=type(error).__name__) from None
    except opensearchpy.ConnectionError as error:
        raise TryAgain("engine did not answer", kind=type(error).__name__) from error
    except opensearchpy.TransportError as error:
        raise refusal(int(error.status_code), str(error.error)) from None
    except (opensearchpy.SerializationError, orjson.JSONDecodeError):
        raise EngineUnavailable("what answered is no OpenSearch", path=path) from None
