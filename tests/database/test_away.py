"""A database that is away, or busy: our error, at once or after the wait agreed, and back by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from directory.database import Database, DatabaseBusy, DatabaseUnavailable, Use, open_database
from directory.inventory.intake import take
from directory.inventory.lists import count_options
from indexer.outbox import StoreUnavailable, outbox, rebuild_state
from tests.clusters import Cluster, running_cluster
from tests.inventory.records import TODAY, service

HASTY = Use(name="jalon essai", connections=1, statement_seconds=1, lock_seconds=1, idle_seconds=1)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server that these tests may stop."""
    with running_cluster() as running:
        yield running


@pytest.fixture
def hasty(database_url: str) -> Iterator[Database]:
    """A database whose users wait a second for anything."""
    opened = open_database(database_url, HASTY)
    yield opened
    opened.close()


@pytest.fixture
def hasty_postgresql(postgres_cluster: Cluster) -> Iterator[Database]:
    with postgres_cluster.database("hasty") as url:
        opened = open_database(url, HASTY)
        yield opened
        opened.close()


def test_nobody_at_that_address_is_told_without_the_password() -> None:
    nobody = open_database("postgresql+psycopg://jalon:secret@127.0.0.1:1/jalon")
    with pytest.raises(DatabaseUnavailable, match="ne répond pas") as caught:
        count_options(nobody.sessions)
    assert "secret" not in str(caught.value)
    assert isinstance(caught.value, StoreUnavailable)
    assert not isinstance(caught.value, DatabaseBusy)


def test_a_folder_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="unable to open"):
        count_options(open_database(f"sqlite:///{tmp_path}").sessions)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "jalon.db").write_text("Rien de tel." * 100, encoding="utf-8")
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        count_options(open_database(f"sqlite:///{tmp_path}/jalon.db").sessions)


def test_a_table_that_is_missing_is_a_fault_of_the_program(database: Database) -> None:
    with database.sessions() as session, pytest.raises(Exception, match="nowhere") as caught:
        session.execute(text("SELECT 1 FROM nowhere"))
    assert not isinstance(caught.value, DatabaseUnavailable)


def test_what_somebody_typed_is_not_in_an_error(database: Database) -> None:
    with database.sessions() as session, pytest.raises(Exception, match="nowhere") as caught:
        session.execute(text("SELECT 1 FROM nowhere WHERE nom = :nom"), {"nom": "Camille Roux"})
    assert "Camille" not in str(caught.value)


@pytest.mark.needs("postgres")
@pytest.mark.parametrize("end", ["fast", "immediate"])
def test_a_server_that_stops_is_told_and_its_return_costs_nobody_an_error(cluster: Cluster, end: str) -> None:
    with cluster.database("stopped") as url:
        database = open_database(url)
        with database.sessions.begin() as session:
            take(session, [service()], today=TODAY)
        with database.sessions() as reading:
            assert reading.scalar(select(func.count()).select_from(outbox)) == 1
            cluster.stop(end)
            with pytest.raises(DatabaseUnavailable):  # cut in the middle of a transaction
                reading.scalar(select(func.count()).select_from(outbox))
        with pytest.raises(DatabaseUnavailable):  # refused at the door
            count_options(database.sessions)
        cluster.start()
        assert count_options(database.sessions) == 1
        cluster.stop(end)
        cluster.start()
        assert count_options(database.sessions) == 1  # over a connection that died unseen
        database.close()


def test_a_writer_that_another_one_keeps_waiting_is_told_so(database: Database, hasty: Database) -> None:
    hold = update(rebuild_state).values(documents=1)
    with database.writing() as first:
        first.execute(hold)
        with pytest.raises(DatabaseBusy, match="occupée"), hasty.writing() as second:
            second.execute(hold)
    with hasty.writing() as third:
        third.execute(hold)


@pytest.mark.needs("postgres")
def test_a_statement_that_runs_away_is_ended(hasty_postgresql: Database) -> None:
    with hasty_postgresql.sessions() as session, pytest.raises(DatabaseBusy, match="statement timeout"):
        session.execute(text("SELECT pg_sleep(10)"))


@pytest.mark.needs("postgres")
def test_a_pool_with_nothing_left_says_so(
    hasty_postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hasty_postgresql.engine.pool, "_timeout", 0.05)
    sessions = [hasty_postgresql.sessions() for _ in range(3)]
    for session in sessions[:2]:
        session.execute(text("SELECT 1"))
    with pytest.raises(DatabaseBusy, match="connexions"):
        sessions[2].execute(text("SELECT 1"))
    for session in sessions:
        session.close()


@pytest.mark.needs("postgres")
def test_the_server_knows_who_is_there_and_how_long_they_may_take(hasty_postgresql: Database) -> None:
    names = ("application_name", "statement_timeout", "lock_timeout", "jit")
    with hasty_postgresql.sessions() as session:
        said = [session.scalar(text(f"SHOW {name}")) for name in names]
    assert said == ["jalon essai", "1s", "1s", "off"]


@pytest.mark.needs("postgres")
def test_the_address_has_the_last_word(postgres_cluster: Cluster) -> None:
    with postgres_cluster.database("last_word") as url:
        opened = open_database(f"{url}&application_name=ailleurs&options=-c%20statement_timeout%3D7s")
        with opened.sessions() as session:
            said = [
                session.scalar(text(f"SHOW {name}")) for name in ("application_name", "statement_timeout")
            ]
        opened.close()
    assert said == ["ailleurs", "7s"]
