"""Navitia's journeys (doc.navitia.io): public transport with timetables, one request an end, so few ends."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from indexer.document import Point
from matching.routers.source import as_minutes, ask

#: When a journey is looked for: a working morning, the hour most services open.
HOUR: Final = 9


class Navitia:
    """The token stands in the address as a user name and leaves as a header."""

    name = "navitia"
    batch = 1
    batches = 12
    modes = frozenset({"transports-en-commun"})

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._token = unquote(parts.username or "")
        self._address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    def minutes(self, start: Point, ends: Sequence[Point], mode: str) -> list[float | None]:
        """See `Source`: the quickest journey that arrives by the hour of the next working morning, waits
        between two vehicles included."""
        return [self._journey(start, one) for one in ends]

    def _journey(self, start: Point, end: Point) -> float | None:
        morning = next_morning(date.today())  # noqa: DTZ011
        given = {
            "from": _place(start),
            "to": _place(end),
            "datetime": f"{morning:%Y%m%d}T{HOUR:02d}0000",
            "datetime_represents": "arrival",
            "count": "1",
        }
        told = ask("GET", f"{self._address}/journeys", params=given, token=self._token)
        found = [as_minutes(one.get("duration")) for one in _journeys(told)]
        return min((one for one in found if one is not None), default=None)


def next_morning(today: date) -> date:
    """The next day from Monday to Friday after that one."""
    later = today + timedelta(days=1)
    return later + timedelta(days=max(0, 7 - later.weekday()) if later.weekday() >= 5 else 0)


def _journeys(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in told.get("journeys") or [] if isinstance(one, dict)]


def _place(point: Point) -> str:
    return f"{point.longitude:.6f};{point.latitude:.6f}"
