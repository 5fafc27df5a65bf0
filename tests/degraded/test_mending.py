"""The relay makes an index anew that was lost, and never lets a part of it pass for the whole."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import create_server

import orjson
import pytest

from directory.cli.index import mender_of, relay_of
from directory.inventory.catalogue import edit
from directory.inventory.intake import take
from directory.wiring import Jalon
from indexer import rebuilding
from indexer.embedded.generations import STAMP
from indexer.engine import EngineUnavailable, IndexOutdated
from indexer.mending import Mender, is_older
from tests.degraded.doors import with_engine
from tests.degraded.test_engine_away import lose
from tests.houses import close_house, furnish, handful, open_house, writing


@pytest.fixture
def jalon(tmp_path: Path) -> Iterator[Jalon]:
    """A handful of options, indexed, and one change that waits."""
    opened = open_house(tmp_path)
    furnish(opened, handful())
    with writing(opened) as session:
        edit(session, "dora--1", {"nom": "Atelier glycine"}, expected_version=1, author="tests")
    yield opened
    close_house(opened)


@pytest.mark.parametrize("loss", ["folder", "pointer", "generation", "stamp", "old", "files"])
def test_whatever_is_lost_the_relay_makes_it_anew_whole(jalon: Jalon, tmp_path: Path, loss: str) -> None:
    lose(tmp_path / "index", loss)
    jalon.engine.close()
    jalon.__dict__.pop("engine")
    relay_of(jalon).drain()
    jalon.engine.refresh()
    assert jalon.engine.status().documents == 6
    assert jalon.engine.get(["dora--1"])["dora--1"].nom == "Atelier glycine"


def test_it_does_so_while_it_runs_and_owns_the_writer(jalon: Jalon, tmp_path: Path) -> None:
    relay = relay_of(jalon)
    relay.drain()
    shutil.rmtree(tmp_path / "index")
    with writing(jalon) as session:
        edit(session, "dora--2", {"nom": "Atelier jonquille"}, expected_version=1, author="tests")
    relay._mender._next = 0.0  # type: ignore[union-attr]  # a second has passed
    relay.drain()
    assert jalon.engine.status().documents == 6
    with writing(jalon) as session:
        edit(session, "dora--2", {"nom": "Atelier capucine"}, expected_version=2, author="tests")
    relay.drain()
    jalon.engine.refresh()
    assert jalon.engine.get(["dora--2"])["dora--2"].nom == "Atelier capucine"


def test_lost_between_two_looks_it_is_not_written_to(jalon: Jalon, tmp_path: Path) -> None:
    relay = relay_of(jalon)
    relay._mender.look()  # type: ignore[union-attr]
    lose(tmp_path / "index", "folder")
    with pytest.raises(EngineUnavailable, match="anew"):
        relay.step()
    assert not (tmp_path / "index" / "current").exists()


def test_a_first_import_is_brought_without_making_anything_anew(tmp_path: Path) -> None:
    fresh = open_house(tmp_path)
    with writing(fresh) as session:
        take(session, handful(), today=fresh.today())
    assert relay_of(fresh).drain() == 6
    with fresh.database.sessions() as session:
        assert rebuilding.last(session).ended is None
    close_house(fresh)


def test_an_engine_away_is_waited_for_and_nothing_made_anew(jalon: Jalon) -> None:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    away = with_engine(jalon, f"opensearch+http://127.0.0.1:{port}/jalon")
    with pytest.raises(EngineUnavailable):
        relay_of(away).step()
    with jalon.database.sessions() as session:
        assert rebuilding.last(session).ended is None


def test_an_index_of_a_newer_version_is_left_to_it(jalon: Jalon, tmp_path: Path) -> None:
    stamp = tmp_path / "index" / (tmp_path / "index" / "current").read_text() / "stamp.json"
    stamp.write_bytes(orjson.dumps(STAMP | {"document": 1_000}))
    jalon.engine.close()
    jalon.__dict__.pop("engine")
    assert mender_of(jalon).trouble() == ""
    with pytest.raises(IndexOutdated):
        relay_of(jalon).step()


@pytest.mark.parametrize(
    ("made", "older"),
    [
        (None, True),
        ({}, True),
        ({"document": 1, "tantivy": "0.26.0"}, True),
        ({"document": 2, "tantivy": "0.27.0"}, True),
        ({"document": 3, "tantivy": "0.27.0"}, False),
        ({"document": 1, "tantivy": "0.28.0"}, False),
    ],
)
def test_a_format_is_older_when_no_part_of_it_is_newer(made: object, older: bool) -> None:
    assert is_older(made, {"document": 2, "tantivy": "0.27.0"}) is older


class _Lost:
    def exists(self) -> bool:
        return False


def test_a_rebuild_that_fails_is_tried_again_later_and_later() -> None:
    tries: list[float] = []
    now = [0.0]

    def remake() -> None:
        tries.append(now[0])
        raise EngineUnavailable("no room")

    clock: Callable[[], float] = lambda: now[0]  # noqa: E731
    mender = Mender(_Lost(), stored=lambda: 9, announced=lambda: 0, remake=remake, clock=clock)  # type: ignore[arg-type]
    while now[0] < 15:
        mender.look()
        now[0] += 0.5
    assert tries == [0.0, 2.0, 6.0, 14.0]
