"""How often something may be tried: counted in the database, so that every process counts together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.accounts.errors import TooManyAttempts
from directory.accounts.models import Attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in so long."""

    times: int
    within: timedelta


_QUARTER: Final = timedelta(minutes=15)
#: What may be tried, by whom: a person's address, and the machine that asks (an office shares one).
LIMITS: Final[dict[str, Limit]] = {
    "password of an address": Limit(5, _QUARTER),
    "password from a machine": Limit(50, _QUARTER),
    "code of a person": Limit(5, _QUARTER),
    "link to an address": Limit(5, timedelta(hours=1)),
    "link from a machine": Limit(30, timedelta(hours=1)),
    "registration from a machine": Limit(20, timedelta(hours=1)),
    "report from a machine": Limit(20, timedelta(hours=1)),
}


def take(session: Session, what: str, key: bytes, now: datetime) -> None:
    """Count one more try. Raises TooManyAttempts when it was tried too often already. Tries older than a day
    are forgotten."""
    limit = LIMITS[what]
    counted = select(func.count(), func.min(Attempt.at)).where(
        Attempt.key == key, Attempt.at > now - limit.within
    )
    times, first = session.execute(counted).one()
    if times >= limit.times:
        left = limit.within if first is None else first + limit.within - now
        seconds = max(1, int(left.total_seconds()))
        minutes = -(-seconds // 60)
        raise TooManyAttempts(
            f"trop d’essais : attendez {minutes} minute{'s' if minutes > 1 else ''} avant de recommencer",
            seconds=seconds,
        )
    session.add(Attempt(key=key, at=now))
    session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))


def forget(session: Session, key: bytes) -> None:
    """Start anew: it succeeded."""
    session.execute(delete(Attempt).where(Attempt.key == key))
