"""Limits that could move, and how many more options each would give, counted exactly by the engine."""

from collections.abc import Iterator
from typing import Any, Final

from indexer.engine import SearchReader
from indexer.query import Query
from matching.candidate import Person
from matching.matches import Relaxation
from matching.recall import all_needs_query
from matching.travel import Travel

#: Minutes offered beyond those accepted, the next two.
STEPS: Final = (30, 45, 60, 90)


def relaxations(person: Person, engine: SearchReader) -> tuple[Relaxation, ...]:
    """Those that give something, the most first. Raises as `SearchReader.count`."""
    changes = list(_changes(person)) if person.needs.needs else []
    if not changes:
        return ()
    now, *then = engine.count([all_needs_query(person), *(query for _, query in changes)])
    gains = [Relaxation(change, count - now) for (change, _), count in zip(changes, then, strict=True)]
    return tuple(sorted((one for one in gains if one.gain > 0), key=lambda one: -one.gain))


def _changes(person: Person) -> Iterator[tuple[dict[str, Any], Query]]:
    travel = person.profile.travel
    if travel.max_minutes is not None and person.travel.modes:
        for minutes in [step for step in STEPS if step > travel.max_minutes][:2]:
            wider = Travel(person.travel.modes, minutes)
            yield {"travel.max_minutes": minutes}, all_needs_query(person, travel=wider)
    if person.profile.remote_ok is False:
        yield {"remote_ok": True}, all_needs_query(person, remote=True)
