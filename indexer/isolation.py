"""One document that cannot be written must not hold up the others: a batch that fails is halved until the
culprit stands alone."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from indexer.engine import EngineBusy, EngineError, EngineUnavailable, IndexOutdated
from indexer.outbox import StoreUnavailable

Item = TypeVar("Item")

#: Errors that say the engine cannot write now, or the rows not be read, whatever the document.
NOT_NOW: Final = (EngineUnavailable, EngineBusy, IndexOutdated, StoreUnavailable)


def write_apart(
    write: Callable[[Sequence[Item]], None], items: Sequence[Item]
) -> list[tuple[Item, Exception]]:
    """Write those items together, apart from those that cannot be, which are returned with what each raised.
    `write` may be called with the same item several times. Raises what `NOT_NOW` names."""
    try:
        write(items)
    except NOT_NOW:
        raise
    except Exception as error:  # a row or an engine may fail in any way: it is set aside, with its reason
        if len(items) > 1:
            middle = len(items) // 2
            return write_apart(write, items[:middle]) + write_apart(write, items[middle:])
        return [(items[0], error)]
    return []


def without_values(error: Exception) -> str:
    """What went wrong, by its kind; an engine's own message speaks of the index, others may quote a row."""
    return f"{type(error).__name__}: {error}" if isinstance(error, EngineError) else type(error).__name__
