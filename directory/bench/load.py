"""A bounded HTTP load on this machine: so many clients, each asking in turn over one kept connection.

Talks to 127.0.0.1 only, for a fixed number of requests, and stops by itself.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection

import numpy as np


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: a GET of `path`, or a POST of `body` to it."""

    path: str
    body: bytes | None = None


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
    share = requests // clients
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        tallies = list(pool.map(lambda number: _client(port, asks, number * 37, share), range(clients)))
    elapsed = time.perf_counter() - started
    spent = np.array([one for seconds, _ in tallies for one in seconds]) * 1000
    p50, p95, p99 = (round(float(one), 2) for one in np.percentile(spent, (50, 95, 99)))
    return Timing(
        clients=clients, requests=len(spent), p50=p50, p95=p95, p99=p99,
        rate=round(len(spent) / elapsed, 1), failures=sum(failed for _, failed in tallies),
    )  # fmt: skip


def _client(port: int, asks: Sequence[Ask], first: int, count: int) -> tuple[list[float], int]:
    """(seconds of each request, how many did not answer 200)."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    spent, failures = [], 0
    for number in range(count):
        ask = asks[(first + number) % len(asks)]
        started = time.perf_counter()
        headers = {"Content-Type": "application/json"} if ask.body else {}
        connection.request("POST" if ask.body else "GET", ask.path, body=ask.body, headers=headers)
        answer = connection.getresponse()
        answer.read()
        spent.append(time.perf_counter() - started)
        failures += answer.status != HTTPStatus.OK
    connection.close()
    return spent, failures
