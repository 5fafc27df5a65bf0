"""The clock, handed down like any other part so that a test can set it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: Takes nothing, gives an aware moment.
Clock = Callable[[], datetime]

PARIS = ZoneInfo("Europe/Paris")


def system_clock() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


def today_in_paris(clock: Clock) -> date:
    """The day it is in France."""
    return clock().astimezone(PARIS).date()
