"""The database is away: the search, the match and the sheets of the index answer; the rest says when to come
back."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.database import DatabaseBusy, DatabaseUnavailable, Use, open_database
from directory.inventory.catalogue import edit
from directory.wiring import Jalon
from tests.clusters import Cluster, running_cluster
from tests.databases import POSTGRESQL
from tests.degraded.doors import FOUND, PROFILE, Timed, browser, found, is_reduced, ticked
from tests.houses import close_house, furnish, handful, open_house, writing


class House:
    """A house, and how its database goes away and comes back."""

    def __init__(self, jalon: Jalon, leave: Callable[[], None], come_back: Callable[[], None]) -> None:
        self.jalon = jalon
        self.leave = leave
        self.come_back = come_back


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server that these tests may stop."""
    with running_cluster() as running:
        yield running


@pytest.fixture(params=["deleted", "moved", POSTGRESQL])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A handful of options in a house whose database can be taken away, by whatever means."""
    if request.param == "postgresql":
        server: Cluster = request.getfixturevalue("cluster")
        with server.database("away") as url:
            jalon = open_house(tmp_path, database_url=url)
            furnish(jalon, handful())
            yield House(jalon, lambda: server.stop("immediate"), server.start)
            close_house(jalon)
        return
    jalon = open_house(tmp_path)
    furnish(jalon, handful())
    file, elsewhere = tmp_path / "jalon.sqlite3", tmp_path / "elsewhere"

    def leave() -> None:
        if request.param == "deleted":  # its connections stay open: they must not go on with what is no more
            elsewhere.write_bytes(file.read_bytes())
            file.unlink()
        else:
            jalon.database.close()
            file.rename(elsewhere)

    def come_back() -> None:
        elsewhere.rename(file)

    yield House(jalon, leave, come_back)
    close_house(jalon)


def told(answer: TestResponse, *, page: bool = False) -> None:
    """That an answer says that it cannot, and when to come back."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["Retry-After"] == "5"
    assert answer.mimetype == ("text/html" if page else "application/problem+json")
    assert "ne répond pas" in answer.text


def test_what_the_index_holds_is_served_the_rest_says_when_to_come_back_and_it_comes_back(
    house: House,
) -> None:
    client = browser(house.jalon)
    before = client.get("/services/dora--1").text
    row: Any = client.get("/api/v1/services/dora--1").json
    house.leave()
    try:
        _serves_the_index(client, before, row)
        _says_when_to_come_back(client)
        with pytest.raises(DatabaseUnavailable), writing(house.jalon) as session:
            edit(session, "dora--1", {"nom": "Autre"}, expected_version=1, author="tests")
    finally:
        house.come_back()
    assert client.get("/health/ready").status_code == 200
    assert client.get("/api/v1/services").status_code == 200
    with writing(house.jalon) as session:
        assert edit(session, "dora--1", {"nom": "Autre"}, expected_version=1, author="tests").version == 2


def _serves_the_index(client: FlaskClient, before: str, row: dict[str, Any]) -> None:
    assert found(client) == FOUND
    assert not is_reduced(client)
    assert client.get("/").status_code == 200
    assert "Préparer le code" in client.get("/recherche?q=code+de+la+route").text
    assert client.get("/services/dora--1").text == before
    assert client.get("/api/v1/suggest?q=transp&what=options").status_code == 200
    assert client.post("/api/v1/match", json=PROFILE).status_code == 200
    assert "option" in ticked(client)
    sheet = client.get("/structures/dora--s1")
    assert sheet.status_code == 200
    assert "3 rue des Alpes" in sheet.text
    assert "Préparer le code" in sheet.text
    hidden = client.get("/structures/dora--s2")
    assert hidden.status_code == 200
    assert "Cachée" not in hidden.text
    indexed: Any = client.get("/api/v1/services/dora--1").json
    assert indexed == {name: value or None for name, value in row.items()}
    assert "contact_nom_prenom" not in indexed


def _says_when_to_come_back(client: FlaskClient) -> None:
    for path in ("/api/v1/services", "/api/v1/services/unknown", "/api/v1/structures/dora--s1"):
        told(client.get(path))
    for path in ("/services/unknown", "/structures/unknown"):
        told(client.get(path), page=True)
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.headers["Retry-After"]) == (503, "5")
    checks: Any = ready.json
    assert checks["checks"]["index"] == "ok"
    assert checks["checks"]["database"] == "DatabaseUnavailable"
    assert client.get("/health/live").status_code == 200


def test_a_door_that_writes_says_when_to_come_back(house: House) -> None:
    client = browser(house.jalon)
    house.leave()
    try:
        page = client.get("/connexion")
        assert page.status_code == 200
        token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        form = {"csrf_token": token, "courriel": "camille@exemple.fr", "mot_de_passe": "une phrase de passe"}
        answer = client.post("/connexion", data=form)
        told(answer, page=True)
    finally:
        house.come_back()


def test_a_visitor_who_shows_a_cookie_reads_public_pages_as_anybody(house: House) -> None:
    client = browser(house.jalon)
    house.leave()
    try:
        client.set_cookie("jalon", "x" * 43)
        assert client.get("/recherche").status_code == 200
        assert client.get("/services/dora--1").status_code == 200
    finally:
        house.come_back()


@pytest.mark.needs("postgres")
def test_a_server_that_hangs_holds_no_page_of_the_index_nor_the_health(
    cluster: Cluster, tmp_path: Path
) -> None:
    with cluster.database("hung") as url:
        jalon = open_house(tmp_path, database_url=url)
        furnish(jalon, handful())
        jalon.database.close()
        first = int((cluster.folder / "data/postmaster.pid").read_text(encoding="ascii").split()[0])
        client = browser(jalon)
        os.kill(first, signal.SIGSTOP)
        try:
            with Timed() as pages:
                assert found(client) == FOUND
                assert client.get("/services/dora--1").status_code == 200
            with Timed() as health:
                assert client.get("/health/ready").status_code == 503
        finally:
            os.kill(first, signal.SIGCONT)
        # A connection to it is waited for three seconds.
        assert pages.seconds < 2.5
        assert health.seconds < 2.5
        close_house(jalon)


def test_a_file_that_another_program_locks_is_busy_and_the_index_answers(tmp_path: Path) -> None:
    jalon = open_house(tmp_path)
    furnish(jalon, handful())
    jalon.database.close()
    file = tmp_path / "jalon.sqlite3"
    jalon.__dict__["database"] = open_database(f"sqlite:///{file}", Use(lock_seconds=0))
    locked = sqlite3.connect(file)
    locked.execute("PRAGMA locking_mode = EXCLUSIVE")
    locked.execute("BEGIN IMMEDIATE")
    client = browser(jalon)
    assert found(client) == FOUND
    told(client.get("/api/v1/services"))
    with pytest.raises(DatabaseBusy), writing(jalon) as session:
        edit(session, "dora--1", {"nom": "Autre"}, expected_version=1, author="tests")
    locked.close()
    assert client.get("/api/v1/services").status_code == 200
    close_house(jalon)


def test_the_file_of_a_database_is_made_by_the_migrations_alone(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path}/none/jalon.db")
    assert not opened.exists()
    with pytest.raises(DatabaseUnavailable):
        opened.engine.connect()
    assert not (tmp_path / "none").exists()
