"""The engine is away: the rows answer, say so, and give way by themselves when it is back."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from flask.testing import FlaskClient

from directory.inventory.catalogue import edit
from directory.inventory.loading import load, stream
from directory.wiring import Jalon
from indexer.rebuild import rebuild
from tests.degraded.doors import (
    FOUND,
    PROFILE,
    SEARCH,
    Timed,
    browser,
    found,
    is_reduced,
    one_that_hangs,
    ticked,
    with_engine,
)
from tests.houses import close_house, furnish, handful, open_house, writing


@pytest.fixture
def jalon(tmp_path: Path) -> Iterator[Jalon]:
    """A handful of options, indexed."""
    opened = open_house(tmp_path)
    furnish(opened, handful())
    yield opened
    close_house(opened)


@pytest.fixture
def away(jalon: Jalon) -> Jalon:
    """The same house; where its engine should be, nobody listens."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return with_engine(jalon, f"opensearch+http://127.0.0.1:{port}/jalon")


def test_a_search_is_answered_by_the_rows_dated_and_said_to_be_reduced(jalon: Jalon, away: Jalon) -> None:
    usual: Any = browser(jalon).get(SEARCH).json
    assert (usual["degraded"], usual["degraded_at"], usual["notice"]) == (False, None, None)
    answer: Any = browser(away).get(SEARCH).json
    assert answer["degraded"] is True
    assert answer["degraded_at"] == "2026-11-23T13:00:00+01:00"
    assert "décomptes" in answer["notice"]
    assert {one["id"] for one in answer["items"]} == {one["id"] for one in usual["items"]} == FOUND
    assert answer["facets"] == {}


def test_the_page_says_so_and_counts_nothing_rather_than_wrong(away: Jalon) -> None:
    page = browser(away).get("/recherche?lieu=Valence+(26000)&q=code+de+la+route").text
    assert "Réponse réduite, le 23" in page
    assert "Préparer le code de la route" in page
    assert "Les mots ne sont cherchés que dans les noms" in page
    assert re.search(r'id="n-kind-service"[^>]*></span>', page)
    assert "Réponse réduite" not in browser(away).get("/recherche?radius_km=0&lieu=Valence").text


def test_every_filter_still_holds(away: Jalon) -> None:
    client = browser(away)
    for query, ids in {
        "frais=gratuit": {"dora--1"},
        "publics=jeunes": {"soliguide--4"},
        "kind=immersion": set[str](),
        "sources=soliguide": {"soliguide--4"},
        "sources=nobody": set[str](),
        "modes_accueil=a-distance": set[str](),
    }.items():
        answer: Any = client.get(f"{SEARCH}&{query}").json
        assert {one["id"] for one in answer["items"]} == ids, query


def test_a_match_is_answered_too_with_its_numbers(jalon: Jalon, away: Jalon) -> None:
    usual: Any = browser(jalon).post("/api/v1/match", json=PROFILE).json
    reduced: Any = browser(away).post("/api/v1/match", json=PROFILE).json
    assert [one["id"] for one in reduced["results"]] == [one["id"] for one in usual["results"]]
    assert (usual["degraded"], reduced["degraded"]) == (False, True)
    assert "thèmes" in reduced["notice"]
    assert "Réponse réduite" in ticked(browser(away))
    assert 'href="tel:112"' in ticked(browser(away))


def test_sheets_of_options_and_structures_are_shown_whole(away: Jalon) -> None:
    client = browser(away)
    assert "Une seconde" not in client.get("/services/dora--1").text
    assert "3 rue des Alpes" in client.get("/services/dora--1").text
    assert "Préparer le code de la route" in client.get("/structures/dora--s1").text
    assert client.get("/services/unknown").status_code == 404
    hidden = client.get("/services/dora--3").text
    assert "Cachée" not in hidden
    assert "Camille" not in client.get("/services/dora--1").text


def test_writes_go_on_and_are_seen_at_once(away: Jalon) -> None:
    with writing(away) as session:
        edit(session, "dora--1", {"nom": "Atelier glycine"}, expected_version=1, author="tests")
    assert "Atelier glycine" in browser(away).get("/recherche?q=glycine").text


def test_readiness_tells_it_and_liveness_does_not_care(away: Jalon) -> None:
    client = browser(away)
    assert client.get("/health/live").status_code == 200
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.headers["Retry-After"]) == (503, "5")
    told: Any = ready.json
    assert told["checks"]["database"] == "ok"
    assert told["checks"]["index"] != "ok"


def test_an_engine_that_hangs_is_waited_for_a_few_times_and_never_long(jalon: Jalon) -> None:
    with one_that_hangs() as port:
        hung = with_engine(jalon, f"opensearch+http://127.0.0.1:{port}/jalon?timeout=30", search_seconds=0.2)
        client = browser(hung)
        assert found(client) == FOUND  # what is loaded once is loaded
        with Timed() as few:
            assert all(is_reduced(client) for _ in range(2))
        assert hung.guarded._breaker.state == "open"
        with Timed() as many:
            assert all(is_reduced(client) for _ in range(10))
            assert client.get("/services/dora--1").status_code == 200
            assert client.post("/api/v1/match", json=PROFILE).status_code == 200
        with Timed() as health:
            assert client.get("/health/ready").status_code == 503
    assert few.seconds >= 2 * 0.2
    # Waited for, the engine would have taken thirty seconds each time.
    assert many.seconds < 20
    assert health.seconds < 10


def test_both_away_is_said_with_when_to_come_back_and_emergency_numbers_stay(
    tmp_path: Path, away: Jalon
) -> None:
    away.database.close()
    shutil.move(tmp_path / "jalon.sqlite3", tmp_path / "elsewhere")
    (tmp_path / "jalon.sqlite3").mkdir()
    client = browser(away)
    for path in (SEARCH, "/recherche", "/services/dora--1"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert 'href="tel:115"' in client.get("/recherche").text
    assert client.get("/").status_code == 200


class TestIndexOfThisMachine:
    """The embedded engine loses its files while it serves."""

    @pytest.fixture
    def client(self, jalon: Jalon) -> FlaskClient:
        made = browser(jalon)
        assert found(made) == FOUND
        assert not is_reduced(made)
        return made

    @pytest.fixture
    def index(self, tmp_path: Path) -> Path:
        return tmp_path / "index"

    def _mend(self, jalon: Jalon) -> None:
        """As the relay does, from a process of its own."""
        jalon.engine.close()
        sessions = jalon.database.sessions
        rebuild(sessions, jalon.engine, stream(sessions), load(sessions))

    @pytest.mark.parametrize("loss", ["folder", "pointer", "generation", "stamp", "old", "files"])
    def test_whatever_is_lost_the_rows_answer_until_the_index_is_made_anew(
        self, jalon: Jalon, client: FlaskClient, index: Path, loss: str
    ) -> None:
        lose(index, loss)
        jalon.engine.close()
        jalon.__dict__.pop("engine")  # a process that starts now
        jalon.__dict__.pop("guarded")
        fresh = browser(jalon)
        assert is_reduced(fresh)
        assert found(fresh) == FOUND
        if loss in {"folder", "pointer", "generation"}:
            assert is_reduced(client)
        assert found(client) == FOUND
        self._mend(jalon)
        jalon.__dict__.pop("guarded")
        assert not is_reduced(browser(jalon))


def lose(index: Path, loss: str) -> None:
    """Lose a part of an index."""
    generation = index / (index / "current").read_text()
    match loss:
        case "folder":
            shutil.rmtree(index)
        case "pointer":
            (index / "current").unlink()
        case "generation":
            shutil.rmtree(generation)
        case "stamp":
            (generation / "stamp.json").write_bytes(b"{")
        case "old":
            (generation / "stamp.json").write_bytes(b'{"tantivy":"0.1"}')
        case "files":
            for file in generation.glob("*.store"):
                file.write_bytes(b"")
            (generation / "meta.json").write_bytes(b"{}")
