"""The commands that make the database and tend the index, on the real engine of one machine."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import structlog

from directory.cli import run
from directory.database import open_database
from directory.inventory import catalogue
from directory.inventory.intake import take
from indexer.embedded import EmbeddedEngine
from tests.inventory.records import TODAY, service

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def jalon(
    tmp_path: Path, blank_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Run a command: its exit code, what it printed, what it said aside."""
    handlers = logging.getLogger().handlers[:]
    monkeypatch.setenv("JALON_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("JALON_DATABASE_URL", blank_url)
    monkeypatch.delenv("JALON_SEARCH_URL", raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    yield call
    # The commands log to the stderr of their test, which ends with it.
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers


@pytest.fixture
def ten(jalon: Command, tmp_path: Path, blank_url: str) -> Path:
    """A database with ten services that the index has not heard of; its folder."""
    assert jalon("db", "upgrade")[0] == 0
    database = open_database(blank_url)
    with database.writing() as opened:
        take(opened, [service(f"dora--{number}") for number in range(10)], today=TODAY)
    database.close()
    return tmp_path


def answer(said: tuple[int, str, str]) -> Any:
    assert said[0] in (0, 3), said
    return orjson.loads(said[1])


def test_the_database_is_made_once(jalon: Command) -> None:
    assert "créée" in jalon("db", "upgrade")[1]
    again = answer(jalon("db", "upgrade", "--json"))
    assert again["before"]
    assert again["after"] == again["before"]


def test_an_index_without_database_says_how_to_make_it(jalon: Command) -> None:
    code, _, aside = jalon("index", "status")
    assert code == 2
    assert "jalon db upgrade" in aside


@pytest.mark.usefixtures("ten")
def test_what_waits_is_brought_to_the_index(jalon: Command) -> None:
    before = answer(jalon("index", "status", "--json"))
    assert (before["lag"]["pending"], before["drift"]) == (10, 10)
    assert answer(jalon("index", "sync", "--json")) == {"handled": 10, "pending": 0}
    code, told, _ = jalon("index", "status")
    assert code == 0
    assert "10 options" in told


@pytest.mark.usefixtures("ten")
def test_a_rebuild_finds_everything_and_leaves_nothing_waiting(jalon: Command) -> None:
    assert answer(jalon("index", "rebuild", "--json"))["documents"] == 10
    after = answer(jalon("index", "status", "--json"))
    assert (after["lag"]["pending"], after["drift"], after["rebuild"]["documents"]) == (0, 0, 10)


@pytest.mark.usefixtures("ten")
def test_a_rebuild_from_a_database_nearly_empty_asks_for_force(jalon: Command, blank_url: str) -> None:
    jalon("index", "rebuild")
    database = open_database(blank_url)
    with database.writing() as opened:
        for number in range(6):
            catalogue.withdraw(opened, f"dora--{number}", reason="fermeture")
    database.close()
    code, _, aside = jalon("index", "rebuild")
    assert code == 3
    assert "--force" in aside
    assert answer(jalon("index", "rebuild", "--force", "--json"))["documents"] == 4


def test_what_differs_is_told_and_mended(jalon: Command, ten: Path) -> None:
    jalon("index", "sync")
    index = EmbeddedEngine(ten / "index")
    index.delete({"dora--3": 1})
    index.close()
    code, told, _ = jalon("index", "verify")
    assert code == 3
    assert "1 absentes" in told
    assert "--repair" in told
    code, told, _ = jalon("index", "verify", "--repair")
    assert code == 0, told
    assert jalon("index", "verify")[0] == 0


def test_a_second_writer_is_told_that_another_one_works(jalon: Command, ten: Path) -> None:
    other = EmbeddedEngine(ten / "index")
    other.delete({"nobody": 1})  # takes the writer
    code, _, aside = jalon("index", "sync")
    other.close()
    assert code == 3
    assert "tient déjà l'index à jour" in aside
