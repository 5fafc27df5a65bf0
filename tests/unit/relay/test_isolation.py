"""One item that cannot be written does not hold up the others."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import EngineBusy, EngineError, EngineUnavailable, IndexOutdated
from indexer.isolation import without_values, write_apart

NUMBERS = st.lists(st.integers(0, 40), unique=True)


def writing(bad: set[int], written: set[int]) -> Callable[[Sequence[int]], None]:
    """All or nothing, as an engine writes a batch."""

    def write(items: Sequence[int]) -> None:
        if bad.intersection(items):
            raise ValueError("one of them")
        written.update(items)

    return write


@given(NUMBERS, st.sets(st.integers(0, 40)))
def test_all_are_written_but_those_that_cannot_be(items: list[int], bad: set[int]) -> None:
    written: set[int] = set()
    failures = write_apart(writing(bad, written), items)
    assert [item for item, _ in failures] == [item for item in items if item in bad]
    assert written == set(items) - bad


def test_one_culprit_among_many_is_found_in_few_writes() -> None:
    calls = 0

    def write(items: Sequence[int]) -> None:
        nonlocal calls
        calls += 1
        if 700 in items:
            raise ValueError("700")

    assert [item for item, _ in write_apart(write, range(1_000))] == [700]
    assert calls <= 22


@pytest.mark.parametrize("error", [EngineUnavailable, EngineBusy, IndexOutdated])
def test_an_engine_that_cannot_now_is_nobodys_fault(error: type[EngineError]) -> None:
    def write(_items: Sequence[int]) -> None:
        raise error("not now")

    with pytest.raises(error):
        write_apart(write, [1, 2])


def test_a_reason_never_quotes_a_row() -> None:
    assert without_values(ValueError("Camille Roux")) == "ValueError"
    assert without_values(EngineUnavailable("no answer")) == "EngineUnavailable: no answer"
