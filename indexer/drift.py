"""Whether the index tells what is stored: counted, compared, mended, in bounded memory."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any, Final, Literal

from sqlalchemy.orm import Session, sessionmaker

from indexer import checking, outbox, rebuilding
from indexer.checking import LastCheck
from indexer.engine import EngineError, EngineStatus, SearchReader
from indexer.outbox import Lag
from indexer.rebuilding import LastRebuild
from indexer.relay import Load

Fault = Literal["missing", "stale", "ghost", "ahead"]

_BATCH: Final = 500
_MOST_EXAMPLES: Final = 10
#: Looks at what seems wrong, and what is left between them for what was just brought to show: a reader of the
#: embedded engine looks at its files every twentieth of a second.
_LOOKS: Final = 3
_BETWEEN_LOOKS_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """How the index stands: `engine` None when it cannot be read, `trouble` is then what it raised; `stored`
    is how many options should be found."""

    engine: EngineStatus | None
    trouble: EngineError | None
    stored: int
    lag: Lag
    parked: list[tuple[str, str]]
    rebuild: LastRebuild
    check: LastCheck

    @property
    def drift(self) -> int | None:
        """How many documents too few (above zero) or too many, a quick sign; None when the index cannot be
        read."""
        return None if self.engine is None else self.stored - self.engine.documents


@dataclass(slots=True)
class Drift:
    """What a comparison found. `missing`: stored, not found; `stale`: found in an older version; `ghost`:
    found, not to be shown; `ahead`: found in a version that was never stored, which only a rebuild mends.
    `waiting` differ too, and are announced: the relay will bring them."""

    compared: int = 0
    missing: int = 0
    stale: int = 0
    ghost: int = 0
    ahead: int = 0
    waiting: int = 0
    examples: list[tuple[str, Fault]] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """How many documents are wrong with nothing on its way to mend them."""
        return self.missing + self.stale + self.ghost + self.ahead

    def note(self, option_id: str, fault: Fault) -> None:
        """Count a fault."""
        setattr(self, fault, getattr(self, fault) + 1)
        if len(self.examples) < _MOST_EXAMPLES:
            self.examples.append((option_id, fault))

    def as_dict(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self) | {"faults": self.faults}


def read_state(sessions: sessionmaker[Session], engine: SearchReader, count: Callable[[], int]) -> IndexState:
    """How the index stands. `count` tells how many options should be found."""
    try:
        status, trouble = engine.status(), None
    except EngineError as error:
        status, trouble = None, error
    with sessions() as session:
        return IndexState(
            engine=status,
            trouble=trouble,
            stored=count(),
            lag=outbox.lag(session),
            parked=outbox.parked(session),
            rebuild=rebuilding.last(session),
            check=checking.last(session),
        )


def verify(
    sessions: sessionmaker[Session],
    engine: SearchReader,
    versions: Iterable[tuple[str, int]],
    load: Load,
    *,
    repair: bool = False,
) -> Drift:
    """Compare `versions` (id and version of what is stored, by id) with the index. What differs is looked at
    again, since both move meanwhile. With `repair`, it is announced to the relay. What was found is kept for
    `read_state`. Raises what the engine does."""
    began = time.time()
    drift = Drift()
    suspects = _differences(iter(versions), engine.versions(), drift)
    while ids := list(islice(suspects, _BATCH)):
        faults = _confirm(sessions, engine, load, ids, drift)
        if repair and faults:
            with sessions.begin() as session:
                outbox.for_writing(session)
                outbox.write(session, faults)
    with sessions.begin() as session:
        checking.record(session, LastCheck(began, drift.compared, drift.faults, drift.waiting))
    return drift


def _differences(
    stored: Iterator[tuple[str, int]], found: Iterator[tuple[str, int]], drift: Drift
) -> Iterator[str]:
    """Ids that are not on both sides with the same version: two sorted lists walked together."""
    left, right = next(stored, None), next(found, None)
    while left is not None or right is not None:
        only_left = right is None or (left is not None and left[0] < right[0])
        only_right = left is None or (right is not None and right[0] < left[0])
        if left != right:
            yield (right if only_right else left)[0]  # type: ignore[index]  # that side is there, by its name
        if not only_right:
            drift.compared += 1
            left = next(stored, None)
        if not only_left:
            right = next(found, None)


def _confirm(
    sessions: sessionmaker[Session], engine: SearchReader, load: Load, ids: list[str], drift: Drift
) -> list[str]:
    """Look again at those; the ones truly at fault, counted.

    The index is read before what is stored, and the announcements last: a change made meanwhile is still
    announced then, or was brought meanwhile, which the next look shows.
    """
    suspects: dict[str, Fault] = dict.fromkeys(ids, "stale")
    for look in range(_LOOKS):
        if look and suspects:
            time.sleep(_BETWEEN_LOOKS_SECONDS)
        suspects = _compare(engine, load, sorted(suspects))
        with sessions() as session:
            announced = outbox.waiting(session, sorted(suspects))
        drift.waiting += len(announced)
        for option_id in announced:
            del suspects[option_id]
    for option_id, fault in suspects.items():
        drift.note(option_id, fault)
    return sorted(suspects)


def _compare(engine: SearchReader, load: Load, ids: list[str]) -> dict[str, Fault]:
    if not ids:
        return {}
    held = {option_id: document.version for option_id, document in engine.get(ids).items()}
    wanted = {option_id: document.version for option_id, document in load(ids).documents.items()}
    judged = ((option_id, _fault(wanted.get(option_id), held.get(option_id))) for option_id in ids)
    return {option_id: fault for option_id, fault in judged if fault is not None}


def _fault(wanted: int | None, held: int | None) -> Fault | None:
    if wanted == held:
        return None
    if wanted is None:
        return "ghost"
    if held is None:
        return "missing"
    return "stale" if held < wanted else "ahead"
