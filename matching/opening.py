"""The days on which somewhere can be gone to."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from opening_hours import OpeningHours, State, validate

#: When nothing is told: offices keep weekdays.
_USUAL: Final = "Mo-Fr 09:00-17:00; PH off"
_LONGEST: Final = 500


@lru_cache(maxsize=4_096)
def open_days(hours: str | None, first: date, days: int) -> tuple[date, ...]:
    """Those of so many days from `first` on when it opens, French public holidays known. `hours` in OSM's
    syntax; weekdays when there are none, or none that can be read."""
    readable = hours is not None and len(hours) <= _LONGEST and validate(hours)
    return _read(hours if hours and readable else _USUAL, first, days)


def _read(hours: str, first: date, days: int) -> tuple[date, ...]:
    start = datetime(first.year, first.month, first.day)  # noqa: DTZ001  (opening hours are local)
    end = start + timedelta(days=days)
    found: dict[date, None] = {}
    for opens, closes, state, _ in OpeningHours(hours, country="FR").intervals(start, end):
        if state == State.OPEN:
            last = min(closes, end) - timedelta(minutes=1)
            found |= dict.fromkeys(
                opens.date() + timedelta(days=n) for n in range((last.date() - opens.date()).days + 1)
            )
    return tuple(found)
