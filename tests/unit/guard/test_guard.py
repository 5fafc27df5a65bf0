"""An engine asked with care: an answer soon, or an error soon."""

import time
from collections.abc import Callable, Iterator
from threading import Event

import pytest

from indexer.breaker import Breaker
from indexer.engine import EngineUnavailable, IndexOutdated
from indexer.guard import WAITING, Guarded, Outcome
from tests.builders import option, question
from tests.unit.matching.memory import Memory

OPTION = option("Atelier vélo", id="a")


class Away(Memory):
    """An engine that can be told to fail, to hang, or to have lost its index."""

    def __init__(self) -> None:
        super().__init__([OPTION])
        self.error: Exception | None = None
        self.released = Event()
        self.released.set()
        self.lost = False
        self.asked = 0

    def search_many(self, windows):  # type: ignore[no-untyped-def]
        self.asked += 1
        self.released.wait(10)
        if self.error:
            raise self.error
        if self.lost:
            self.documents.clear()
        return super().search_many(windows)

    def exists(self) -> bool:
        return not self.lost


Told = list[tuple[str, Outcome]]


@pytest.fixture
def engine() -> Iterator[Away]:
    made = Away()
    yield made
    made.released.set()


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def guarded(engine: Away, told: Told) -> Callable[..., Guarded]:
    def make(*, failures: int = 3, seconds: float | None = None) -> Guarded:
        return Guarded(
            engine,
            Breaker(failures=failures, pause_seconds=60),
            seconds=seconds,
            watch=lambda verb, outcome, _: told.append((verb, outcome)),
        )

    return make


def total(reader: Guarded) -> int:
    return reader.search(question(), limit=9).total


def test_an_engine_that_answers_is_heard(guarded: Callable[..., Guarded], told: Told) -> None:
    assert total(guarded()) == 1
    assert guarded().get(["a"])["a"].nom == "Atelier vélo"
    assert guarded().count([question()]) == [1]
    assert told == [("search", "ok"), ("get", "ok"), ("count", "ok")]


@pytest.mark.parametrize("error", [EngineUnavailable("away"), IndexOutdated("old")])
def test_an_engine_that_fails_is_soon_left_alone(
    guarded: Callable[..., Guarded], engine: Away, told: Told, error: Exception
) -> None:
    engine.error = error
    reader = guarded(failures=2)
    for _ in range(5):
        with pytest.raises((EngineUnavailable, IndexOutdated)):
            total(reader)
    assert engine.asked == 2
    assert [outcome for _, outcome in told] == ["failed"] * 2 + ["refused"] * 3


def test_an_engine_that_hangs_is_not_waited_for(guarded: Callable[..., Guarded], engine: Away) -> None:
    engine.released.clear()
    began = time.monotonic()
    with pytest.raises(EngineUnavailable, match="in time"):
        total(guarded(seconds=0.05))
    assert time.monotonic() - began < 5  # it hangs for ten


def test_so_many_may_hang_and_the_next_is_told_at_once(guarded: Callable[..., Guarded], engine: Away) -> None:
    engine.released.clear()
    reader = guarded(failures=1_000, seconds=0.01)
    for _ in range(WAITING):
        with pytest.raises(EngineUnavailable, match="in time"):
            total(reader)
    with pytest.raises(EngineUnavailable, match="too many"):
        total(reader)
    assert engine.asked == WAITING


def test_nothing_found_is_not_believed_of_an_index_that_is_gone(
    guarded: Callable[..., Guarded], engine: Away
) -> None:
    reader = guarded()
    engine.lost = True
    with pytest.raises(EngineUnavailable, match="no index"):
        total(reader)
    with pytest.raises(EngineUnavailable, match="no index"):
        reader.suggest("x", limit=1)
    with pytest.raises(EngineUnavailable, match="no index"):
        reader.status()


def test_nothing_found_is_believed_of_an_index_that_is_there(guarded: Callable[..., Guarded]) -> None:
    assert guarded().suggest("x", limit=1) == []
    assert guarded().get(["unknown"]) == {}


def test_a_fault_of_ours_is_no_fault_of_the_engine(guarded: Callable[..., Guarded], engine: Away) -> None:
    engine.error = KeyError("ours")
    reader = guarded(failures=1)
    for _ in range(3):
        with pytest.raises(KeyError):
            total(reader)
    assert engine.asked == 3
