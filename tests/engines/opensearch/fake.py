"""A server that answers what a test told it to, and remembers what it was asked: a cluster in trouble."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

MADE = {"acknowledged": True}


@dataclass(slots=True)
class Trouble:
    """What it answers to bulk requests, one after the other, the last for ever; everything else goes well."""

    bulk: list[tuple[int, Any]] = field(default_factory=list)
    #: What the header of identity must be; without it, 401.
    identity: str | None = None
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    port: int = 0

    def answer(self, method: str, path: str, body: bytes, identity: str | None) -> tuple[int, Any]:
        self.asked.append((method, path, body))
        if self.identity is not None and identity != self.identity:
            return 401, {"error": {"type": "security_exception", "reason": "secret"}}
        if "_bulk" in path:
            return self.bulk.pop(0) if len(self.bulk) > 1 else self.bulk[0]
        return (404, {}) if method == "GET" else (200, MADE)

    @property
    def bulks(self) -> list[list[str]]:
        """The ids of each bulk request."""
        bodies = [body for _, path, body in self.asked if "_bulk" in path]
        return [[orjson.loads(line)["index"]["_id"] for line in body.splitlines()[::2]] for body in bodies]


@contextmanager
def troubled(trouble: Trouble, tls: ssl.SSLContext | None = None) -> Iterator[Trouble]:
    """Answer on this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, told = trouble.answer(self.command, self.path, body, self.headers.get("Authorization"))
            content = orjson.dumps(told)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815  names of http.server

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    trouble.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield trouble
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def taken(*statuses: int) -> tuple[int, Any]:
    """A bulk answer with one status a write."""
    kinds = {
        201: None,
        409: "version_conflict_engine_exception",
        429: "rejected",
        400: "mapper_parsing_exception",
    }
    items = [
        {"index": {"status": status} | ({"error": {"type": kinds[status]}} if kinds[status] else {})}
        for status in statuses
    ]
    return 200, {"errors": True, "items": items}
