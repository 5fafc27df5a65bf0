"""Street addresses: the national geocoder when it answers, the commune's centre when it does not."""

import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.document import Point
from indexer.reference.communes import Communes
from indexer.reference.errors import UnknownCommune
from indexer.reference.geocoding import Geocoder, Located

ADDRESS = "12 rue des Lilas secrets"


class FakeBan:
    """A geocoder on this machine: answers `reply` (status, body, seconds to wait), keeps what it is asked."""

    def __init__(self) -> None:
        self.reply: tuple[int, bytes, float] = (200, feature(), 0.0)
        self.asked: list[str] = []
        ban = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                ban.asked.append(self.path)
                status, body, wait = ban.reply
                time.sleep(wait)
                self.send_response(status)
                self.end_headers()
                with suppress(BrokenPipeError):  # the one who asked waits no longer
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/geocodage"


def feature(**changes: Any) -> bytes:
    properties = {
        "label": "12 Rue des Lilas 26000 Valence",
        "score": 0.9,
        "type": "housenumber",
        "citycode": "26362",
    }
    coordinates = changes.pop("coordinates", [4.9, 44.93])
    one = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": coordinates},
        "properties": properties | changes,
    }
    return json.dumps({"type": "FeatureCollection", "features": [one]}).encode()


@pytest.fixture
def ban() -> Iterator[FakeBan]:
    fake = FakeBan()
    thread = threading.Thread(target=fake.server.serve_forever, args=(0.01,))
    thread.start()
    yield fake
    fake.server.shutdown()
    fake.server.server_close()
    thread.join()


@pytest.fixture
def geocoder(communes: Communes, ban: FakeBan) -> Geocoder:
    return Geocoder(communes, ban.url, timeout=0.2)


def test_an_address_is_found_where_it_is(geocoder: Geocoder, ban: FakeBan) -> None:
    found = geocoder.locate(ADDRESS, "26362")
    assert found == Located(Point(44.93, 4.9), "12 Rue des Lilas 26000 Valence", "adresse")
    asked = urlsplit(ban.asked[0])
    assert asked.path == "/geocodage/search"
    assert parse_qs(asked.query)["q"] == [f"{ADDRESS} 26000 Valence"]


def test_a_street_is_less_precise_than_a_number(geocoder: Geocoder, ban: FakeBan) -> None:
    ban.reply = (200, feature(type="street"), 0)
    assert geocoder.locate(ADDRESS, "26362").precision == "rue"


def test_the_same_address_is_asked_once(geocoder: Geocoder, ban: FakeBan) -> None:
    first = geocoder.locate(ADDRESS, "26362")
    assert geocoder.locate(f"  {ADDRESS.upper()} ", "26362") == first
    assert len(ban.asked) == 1
    geocoder.locate(ADDRESS, "26198")
    assert len(ban.asked) == 2


def test_what_is_remembered_is_bounded(communes: Communes, ban: FakeBan) -> None:
    geocoder = Geocoder(communes, ban.url, capacity=2)
    for street in ("a", "b", "c", "a"):
        geocoder.locate(f"rue {street}", "26362")
    assert len(ban.asked) == 4
    geocoder.locate("rue c", "26362")
    assert len(ban.asked) == 4


@pytest.mark.parametrize(
    "body",
    [
        feature(type="municipality"),
        feature(citycode="75108"),
        feature(score=0.2),
        b'{"type": "FeatureCollection", "features": []}',
        b"[1, 2]",
    ],
    ids=["no street", "another commune", "another street", "nothing", "not GeoJSON"],
)
def test_an_answer_that_is_not_this_address_leaves_the_centre(
    geocoder: Geocoder, ban: FakeBan, communes: Communes, body: bytes
) -> None:
    ban.reply = (200, body, 0)
    assert geocoder.locate(ADDRESS, "26362") == Located(communes.get("26362").point, "Valence", "commune")


def test_an_answer_in_an_arrondissement_of_the_town_is_in_the_town(geocoder: Geocoder, ban: FakeBan) -> None:
    ban.reply = (200, feature(citycode="75108", coordinates=[2.31, 48.87]), 0)
    assert geocoder.locate(ADDRESS, "75056").precision == "adresse"


@pytest.mark.parametrize(
    "reply",
    [
        (500, b"oops", 0.0),
        (429, b"", 0.0),
        (200, b"<html>", 0.0),
        (200, b"3", 0.0),
        (200, b'{"features": [{}]}', 0.0),
        (200, b'{"features": [3]}', 0.0),
        (200, b'{"features": 3}', 0.0),
        (200, feature(coordinates=[]), 0.0),
        pytest.param(
            (200, feature(coordinates=[4.9, 4490.0]), 0.0),
            marks=pytest.mark.filterwarnings("ignore:Latitude"),
        ),
        (200, feature(coordinates=["x", None]), 0.0),
        (200, feature(score=None), 0.0),
        (200, feature(type=[]), 0.0),
        (200, feature(citycode={}), 0.0),
        (200, feature(), 0.6),
    ],
)
def test_a_failing_geocoder_leaves_the_centre_and_says_so(
    geocoder: Geocoder, ban: FakeBan, communes: Communes, reply: tuple[int, bytes, float]
) -> None:
    ban.reply = reply
    before = time.monotonic()
    found = geocoder.locate(ADDRESS, "26362")
    assert found == Located(communes.get("26362").point, "Valence", "commune", degraded=True)
    assert time.monotonic() - before < 0.5


def test_nobody_listening_leaves_the_centre_and_says_so(communes: Communes) -> None:
    assert Geocoder(communes, "http://127.0.0.1:9/x", timeout=0.2).locate(ADDRESS, "26362").degraded


def test_after_a_failure_it_is_left_in_peace_for_a_minute(communes: Communes, ban: FakeBan) -> None:
    now = 1000.0
    geocoder = Geocoder(communes, ban.url, clock=lambda: now)
    ban.reply = (500, b"", 0)
    assert geocoder.locate(ADDRESS, "26362").degraded
    ban.reply = (200, feature(), 0)
    assert geocoder.locate(ADDRESS, "26362").degraded
    assert len(ban.asked) == 1
    now += 61
    assert geocoder.locate(ADDRESS, "26362").precision == "adresse"


def test_without_a_geocoder_the_centre_serves_and_nothing_has_failed(communes: Communes) -> None:
    assert Geocoder(communes, "").locate(ADDRESS, "26362") == Located(
        communes.get("26362").point, "Valence", "commune"
    )


def test_without_an_address_nothing_is_asked(geocoder: Geocoder, ban: FakeBan) -> None:
    assert geocoder.locate("  ", "26362").precision == "commune"
    assert ban.asked == []


def test_an_unknown_commune_is_the_only_error(geocoder: Geocoder) -> None:
    with pytest.raises(UnknownCommune):
        geocoder.locate(ADDRESS, "00000")


@pytest.mark.parametrize("status", [200, 500])
def test_an_address_is_in_no_log(
    geocoder: Geocoder,
    ban: FakeBan,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    status: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    ban.reply = (status, feature() if status == 200 else ADDRESS.encode(), 0)
    geocoder.locate(ADDRESS, "26362")
    assert "Lilas" not in caplog.text + "".join(capsys.readouterr())
