"""Doors of a house whose engine may be away, asked and timed."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from socket import create_server
from threading import Event, Thread
from typing import Any

from flask.testing import FlaskClient

from directory.app import create_app
from directory.wiring import Jalon

SEARCH = "/api/v1/search?code_insee=26362&radius_km=60&thematiques=mobilite"
PROFILE = {"code_insee": "26362", "constraints": [{"code": "mobilite", "impact": "fort"}]}
FOUND = {"dora--1", "soliguide--4"}


def with_engine(jalon: Jalon, url: str, **settings: Any) -> Jalon:
    """The same house, its index elsewhere."""
    house = Jalon(replace(jalon.settings, search_url=url, **settings), clock=jalon.clock)
    house.__dict__["database"] = jalon.database
    return house


def browser(jalon: Jalon) -> FlaskClient:
    """Somebody at the doors."""
    return create_app(jalon).test_client()


def found(client: FlaskClient) -> set[str]:
    """The ids of a search by theme and place."""
    answer: Any = client.get(SEARCH).json
    return {one["id"] for one in answer["items"]}


def is_reduced(client: FlaskClient) -> bool:
    """Whether a search is answered by the rows."""
    answer: Any = client.get(SEARCH).json
    return bool(answer["degraded"])


def ticked(client: FlaskClient) -> str:
    """The page of the interview, for one who lives in Valence and has no way to move."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/entretien").text)
    assert token
    form = {"csrf_token": token[1], "lieu": "Valence (26000)", "contrainte": ["mobilite"]}
    answer = client.post("/entretien", data=form)
    assert answer.status_code == 200
    return answer.text


@contextmanager
def one_that_hangs() -> Iterator[int]:
    """A port where connections are taken and nothing is ever said."""
    over = Event()
    held = []
    with create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)

        def take() -> None:
            while not over.is_set():
                try:
                    held.append(server.accept()[0])
                except TimeoutError:
                    continue

        taking = Thread(target=take)
        taking.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            taking.join()
            for connection in held:
                connection.close()


class Timed:
    """How long a block took."""

    seconds: float

    def __enter__(self) -> "Timed":
        self._began = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.monotonic() - self._began
