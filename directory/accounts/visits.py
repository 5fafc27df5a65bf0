"""Visits: a browser that is logged in, until it leaves, half an hour passes without a request, or half a day
at all (ASVS 7.3). They stand in the database, so that one can be ended from another place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.accounts import people
from directory.accounts.models import Visit
from directory.accounts.principal import NOBODY, Principal
from directory.accounts.seals import digest, new_token

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
#: `seen_at` is written this often at most: reading a page costs no write.
SEEN_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitValue:
    """A visit, as its owner sees it in the list."""

    id: str
    means: str
    device: str
    begun_at: datetime
    seen_at: datetime


def begin(
    session: Session,
    person_id: str,
    means: str,
    device: str,
    now: datetime,
    *,
    provider_token: str | None = None,
) -> str:
    """Open a visit → the token of its cookie, always a new one: one known before logging in opens nothing."""
    token = new_token()
    session.add(
        Visit(
            digest=digest(token),
            id=str(uuid4()),
            person_id=person_id,
            means=means,
            device=device,
            begun_at=now,
            seen_at=now,
            provider_token=provider_token,
        )
    )
    session.flush()
    return token


def principal_of(session: Session, token: str, now: datetime) -> Principal:
    """Who that visit's cookie stands for; NOBODY once it ended, expired, or its person was disabled."""
    row = session.scalar(select(Visit).where(Visit.digest == digest(token)))
    if row is None or not _is_open(row, now):
        return NOBODY
    if now - row.seen_at >= SEEN_EVERY:
        row.seen_at = now
    return people.principal(session, row.person_id, now, visit_id=row.id, means=row.means) or NOBODY


def end(session: Session, token: str, now: datetime) -> str | None:
    """End the visit of that cookie → the provider's own token, needed to log out there too."""
    row = session.scalar(select(Visit).where(Visit.digest == digest(token)))
    if row is None or row.ended_at is not None:
        return None
    row.ended_at = now
    session.flush()
    return row.provider_token


def end_one(session: Session, person_id: str, visit_id: str, now: datetime) -> None:
    """End a visit of one's own by its id; another's is left alone."""
    ended = update(Visit).where(Visit.id == visit_id, Visit.person_id == person_id, Visit.ended_at.is_(None))
    session.execute(ended.values(ended_at=now))


def listed(session: Session, person_id: str, now: datetime) -> list[VisitValue]:
    """Somebody's open visits, the last seen first."""
    rows = session.scalars(
        select(Visit)
        .where(Visit.person_id == person_id, Visit.ended_at.is_(None))
        .order_by(Visit.seen_at.desc())
    )
    return [
        VisitValue(id=one.id, means=one.means, device=one.device, begun_at=one.begun_at, seen_at=one.seen_at)
        for one in rows
        if _is_open(one, now)
    ]


def purge(session: Session, now: datetime) -> None:
    """Forget visits begun more than a month ago."""
    session.execute(delete(Visit).where(Visit.begun_at < now - timedelta(days=30)))


def device_of(user_agent: str) -> str:
    """The family of a browser and its system, for its owner to tell visits apart; nothing finer is kept."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "Navigateur")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{browser} sur {system}" if system else browser


_BROWSERS: Final = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def _is_open(row: Visit, now: datetime) -> bool:
    return row.ended_at is None and now - row.seen_at < IDLE and now - row.begun_at < LONGEST
