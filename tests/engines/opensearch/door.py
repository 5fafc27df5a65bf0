"""A door in front of a node, as production has one: TLS with a certificate of our own, a user and a password.
What Maven carries of OpenSearch has no security of its own."""

import base64
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A key, and a certificate of this machine that is its own authority: both in that folder."""
    key, signed = folder / f"{name}.key", folder / f"{name}.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", signed, "-days", "2", "-subj", f"/CN={name}",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True,
    )  # fmt: skip
    return key, signed


def tls(key: Path, signed: Path) -> ssl.SSLContext:
    """What a server shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signed, key)
    return context


def basic(user: str, password: str) -> str:
    """The header of that identity."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@contextmanager
def guarded(node_port: int, context: ssl.SSLContext, identity: str) -> Iterator[int]:
    """The port of a door that lets only that identity through to the node, until the block ends."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Authorization") != identity:
                self._answer(401, b"Unauthorized")
                return
            node = HTTPConnection("127.0.0.1", node_port, timeout=60)
            try:
                kind = {"Content-Type": self.headers.get("Content-Type", "application/json")}
                node.request(self.command, self.path, body, kind)
                told = node.getresponse()
                self._answer(told.status, told.read())
            finally:
                node.close()

        do_GET = do_POST = do_PUT = do_DELETE = pass_on  # noqa: N815  names of http.server

        def _answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who disbelieves us hangs up
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
