"""One-line objects for tests: what a test does not name is plausible and the same every time."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any, Final

from indexer.document import Occurrence, OptionDocument, Point
from indexer.query import Near, Query

TODAY: Final = date(2026, 11, 23)

VALENCE: Final = Point(44.9334, 4.8924)
DIE: Final = Point(44.7531, 5.3703)
CREST: Final = Point(44.7286, 5.0222)
LILLE: Final = Point(50.6311, 3.0468)
HAZEBROUCK: Final = Point(50.7239, 2.5383)

_numbers = count(1)


def option(nom: str = "Service", **given: Any) -> OptionDocument:
    """A service on nothing in particular, nowhere. Lists do; `at` is one point or several."""
    at = given.pop("at", ())
    points = (at,) if isinstance(at, Point) else tuple(at)
    told: dict[str, Any] = {
        "id": f"test--{next(_numbers):06d}",
        "kind": "service",
        "source": "test",
        "version": 1,
        "date_maj": TODAY,
        "points": points,
    }
    lists = {name: tuple(value) if isinstance(value, list | set) else value for name, value in given.items()}
    return OptionDocument(nom=nom, **(told | lists))


def slot(starts: date, **given: Any) -> Occurrence:
    """An occurrence that can be asked for until its first day."""
    told: dict[str, Any] = {"id": f"slot--{next(_numbers):06d}", "ends": starts, "ask_by": starts}
    return Occurrence(starts=starts, **(told | given))


def question(**given: Any) -> Query:
    """A question of today."""
    lists: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in given.items()
    }
    return Query(today=lists.pop("today", TODAY), **lists)


def near(point: Point, radius_km: float = 30, *, remote: bool = True) -> Near:
    """Around a point."""
    return Near(point=point, radius_km=radius_km, remote=remote)


def ids(documents: Iterable[OptionDocument]) -> list[str]:
    """The ids of documents, in their order."""
    return [document.id for document in documents]
