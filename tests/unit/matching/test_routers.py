"""Routers over HTTP: each adapter on a fake server that answers in its router's shape, and what is done when
it does not answer, answers nonsense, or is asked too much."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.document import Point
from matching.routers import open_router
from matching.routers.navitia import next_morning
from matching.routers.routed import Routed
from matching.routers.source import RouterUnavailable
from matching.travel import Estimate, quickest

DIE, CREST, VALENCE = Point(44.7531, 5.3703), Point(44.7286, 5.0222), Point(44.9334, 4.8924)
ENDS = [(CREST, 27.6), (VALENCE, 42.6)]
Answer = Callable[[str, dict[str, list[str]], Any, dict[str, str]], tuple[int, Any]]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server on this machine; → `127.0.0.1:port`."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(None)

        def do_POST(self) -> None:
            self._say(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _say(self, body: Any) -> None:
            parts = urlsplit(self.path)
            status, told = answer(parts.path, parse_qs(parts.query), body, dict(self.headers))
            sent = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def osrm(path: str, query: dict[str, list[str]], _body: Any, _headers: dict[str, str]) -> tuple[int, Any]:
    """The table of OSRM: seconds from the first place to each."""
    assert query == {"sources": ["0"], "annotations": ["duration"]}
    places = path.removeprefix("/table/v1/car/").split(";")
    assert places[0] == "5.370300,44.753100"
    return 200, {"code": "Ok", "durations": [[0] + [60.0 * (20 + at) for at in range(len(places) - 1)]]}


def valhalla(path: str, _query: dict[str, list[str]], body: Any, _headers: dict[str, str]) -> tuple[int, Any]:
    """The matrix of Valhalla, its targets told by index."""
    assert (path, body["costing"]) == ("/sources_to_targets", "bicycle")
    row = [{"from_index": 0, "to_index": at, "time": 600 * (at + 1)} for at in range(len(body["targets"]))]
    return 200, {"sources_to_targets": [row[::-1]]}


def navitia(path: str, query: dict[str, list[str]], _body: Any, headers: dict[str, str]) -> tuple[int, Any]:
    """Journeys of Navitia: none to Crest."""
    assert path == "/v1/coverage/fr-se/journeys"
    assert headers["Authorization"] == "a-token"
    assert query["datetime_represents"] == ["arrival"]
    if query["to"][0].startswith("5.0222"):
        return 200, {"error": {"id": "no_solution"}, "journeys": []}
    return 200, {"journeys": [{"duration": 4_500}, {"duration": 4_200}]}


def test_osrm_says_minutes_by_car() -> None:
    with serving(osrm) as host:
        crest, valence = open_router(f"osrm+http://{host}").journeys(DIE, ENDS, ("voiture",))
    assert crest is not None
    assert valence is not None
    assert (crest.minutes, valence.minutes, crest.estimated, crest.to_check) == (20, 21, False, False)


def test_a_lift_is_the_car_after_the_time_to_meet_and_stays_to_check() -> None:
    with serving(osrm) as host:
        lift, _ = open_router(f"osrm+http://{host}").journeys(DIE, ENDS, ("covoiturage",))
    assert lift is not None
    assert (lift.minutes, lift.estimated, lift.to_check) == (30, False, True)


def test_valhalla_answers_in_any_order() -> None:
    with serving(valhalla) as host:
        told = open_router(f"valhalla+http://{host}").journeys(DIE, ENDS, ("velo",))
    assert [one.minutes for one in told if one] == [10, 20]


def test_navitia_says_the_quickest_journey_and_where_there_is_none() -> None:
    with serving(navitia) as host:
        router = open_router(f"navitia+http://a-token@{host}/v1/coverage/fr-se")
        crest, valence = router.journeys(DIE, ENDS, ("transports-en-commun",))
    assert crest is None
    assert valence is not None
    assert (valence.minutes, valence.estimated, valence.to_check) == (70, False, False)


def test_the_ways_a_router_does_not_know_are_estimated() -> None:
    with serving(osrm) as host:
        router = open_router(f"osrm+http://{host}")
        assert router.journeys(DIE, ENDS, ("marche",)) == Estimate().journeys(DIE, ENDS, ("marche",))
        near = router.journeys(DIE, [(CREST, 0.5)], ("voiture", "marche"))
    walk = quickest(0.5, ("marche",))
    assert near == [walk]  # nine minutes on foot against twenty by car
    assert router.journeys(DIE, [], ("voiture",)) == []


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}),
        (302, {}),
        (200, b"<html>"),
        (200, []),
        (200, {"code": "TooBig"}),
        (200, {"code": "Ok", "durations": [[0, 60.0]]}),
        (200, {"code": "Ok", "durations": "none"}),
    ],
)
def test_trouble_is_answered_by_the_estimate_which_says_that_it_is_one(answer: tuple[int, Any]) -> None:
    with serving(lambda *_: answer) as host:
        told = open_router(f"osrm+http://{host}").journeys(DIE, ENDS, ("voiture",))
    assert told == Estimate().journeys(DIE, ENDS, ("voiture",))
    assert all(one is not None and one.estimated for one in told)


def test_a_router_that_is_late_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr("matching.routers.source.PATIENCE", (0.2, 0.1))

    def late(*_: Any) -> tuple[int, Any]:
        released.wait(5)
        return 200, {}

    with serving(late) as host:
        told = open_router(f"osrm+http://{host}").journeys(DIE, ENDS, ("voiture",))
        released.set()
    assert told == Estimate().journeys(DIE, ENDS, ("voiture",))


class Counted:
    """A source that counts what it is asked, and fails when told to."""

    name, batch, batches, modes = "counted", 3, 2, frozenset({"voiture"})

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.fails = False

    def minutes(self, _start: Point, ends: Any, _mode: str) -> list[float | None]:
        self.asked.append(len(ends))
        if self.fails:
            raise RouterUnavailable("en panne")
        return [12.0] * len(ends)


def many(count: int) -> list[tuple[Point, float]]:
    return [(Point(44.0 + at / 100, 5.0), 10.0) for at in range(count)]


def test_what_is_asked_is_parted_bounded_and_kept() -> None:
    source = Counted()
    router = Routed(source)
    told = router.journeys(DIE, many(8), ("voiture",))
    assert source.asked == [3, 3]
    assert [one.estimated for one in told if one] == [False] * 6 + [True] * 2
    router.journeys(DIE, many(8), ("voiture",))
    assert source.asked == [3, 3, 2]  # only what was not known yet


def test_after_a_failure_it_is_left_alone_for_a_while_then_asked_again() -> None:
    source, now = Counted(), [0.0]
    source.fails = True
    router = Routed(source, clock=lambda: now[0])
    router.journeys(DIE, many(2), ("voiture",))
    router.journeys(DIE, many(2), ("voiture",))
    assert source.asked == [2]
    now[0], source.fails = 31.0, False
    assert all(one and not one.estimated for one in router.journeys(DIE, many(2), ("voiture",)))


@pytest.mark.parametrize(
    "url", ["http://host", "osrm+ftp://host", "google+https://host", "osrm+http://", "osrm"]
)
def test_an_address_of_no_router_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match="osrm"):
        open_router(url)


def test_journeys_are_looked_for_on_a_working_morning() -> None:
    assert [next_morning(date(2026, 11, day)).weekday() for day in range(23, 30)] == [1, 2, 3, 4, 0, 0, 0]
