"""A bounded HTTP load on this machine: so many clients, each asking in turn over one kept connection.

Talks to 127.0.0.1 only, for a fixed number of requests, and stops by itself. Requests are made ready before
the clock starts and answers are only counted, since the load runs on the cores it measures.
"""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from directory.errors import DirectoryError


class LoadFailed(DirectoryError):
    """The server hung up in the middle of an answer."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: a GET of `path`, or a POST of `body` to it."""

    path: str
    body: bytes | None = None

    def raw(self) -> bytes:
        """The request as it goes over the wire."""
        verb = "POST" if self.body else "GET"
        lines = [f"{verb} {self.path} HTTP/1.1", "Host: 127.0.0.1", "Accept: */*"]
        if self.body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(self.body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + (self.body or b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds at the 50th, 95th and 99th percentile, requests a second, and how many failed."""

    clients: int
    requests: int
    p50: float
    p95: float
    p99: float
    rate: float
    failures: int


def run(port: int, asks: Sequence[Ask], *, clients: int, requests: int) -> Timing:
    """Ask `requests` times in all, from `clients` connections. Raises OSError when nobody answers."""
    share = max(1, requests // clients)
    ready = [one.raw() for one in asks]
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        tallies = list(pool.map(lambda number: _client(port, ready, number * 37, share), range(clients)))
    return timing(tallies, clients, time.perf_counter() - started)


def timing(tallies: Sequence[tuple[list[float], int]], clients: int, elapsed: float) -> Timing:
    """What (seconds of each request, failures) of each client come to."""
    spent = np.array([one for seconds, _ in tallies for one in seconds]) * 1000
    p50, p95, p99 = (round(float(one), 2) for one in np.percentile(spent, (50, 95, 99)))
    return Timing(
        clients=clients, requests=len(spent), p50=p50, p95=p95, p99=p99,
        rate=round(len(spent) / elapsed, 1), failures=sum(failed for _, failed in tallies),
    )  # fmt: skip


def _client(port: int, ready: Sequence[bytes], first: int, count: int) -> tuple[list[float], int]:
    """(seconds of each request, how many did not answer 200)."""
    spent, failures = [], 0
    with socket.create_connection(("127.0.0.1", port), timeout=60) as wire:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(count):
            started = time.perf_counter()
            wire.sendall(ready[(first + number) % len(ready)])
            failures += _read(wire) != b"200"
            spent.append(time.perf_counter() - started)
    return spent, failures


def _read(wire: socket.socket) -> bytes:
    """The status of an answer, read to its end."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _some(wire)
    head, _, body = got.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    left = int(fields[b"content-length"]) - len(body)
    while left > 0:
        left -= len(_some(wire))
    return head[9:12]


def _some(wire: socket.socket) -> bytes:
    some = wire.recv(65_536)
    if not some:
        raise LoadFailed("le serveur a raccroché au milieu d’une réponse")
    return some
