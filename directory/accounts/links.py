"""Links sent by mail: for one purpose, once, until they expire. What is kept of one opens nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.accounts.errors import LinkSpent
from directory.accounts.models import Link
from directory.accounts.seals import digest, new_token

Purpose = Literal[
    "invitation",
    "sign in",
    "password",
    "answer a booking",
    "assess a booking",
    "confirm a service",
    "provider",
]

#: How long each is good for. An employer answers a request within days; a way in is for now.
LIFETIMES: Final[dict[Purpose, timedelta]] = {
    "invitation": timedelta(days=7),
    "sign in": timedelta(minutes=30),
    "password": timedelta(hours=1),
    "answer a booking": timedelta(days=14),
    "assess a booking": timedelta(days=60),
    "confirm a service": timedelta(days=30),
    "provider": timedelta(minutes=10),
}
SPENT: Final = "ce lien a déjà servi ou a expiré : demandez-en un nouveau"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkValue:
    """What a link is for and whom it was sent to."""

    purpose: str
    courriel: str
    facts: Mapping[str, Any]
    created_by: str | None
    expires_at: datetime


def make(
    session: Session,
    purpose: Purpose,
    courriel: str,
    now: datetime,
    *,
    created_by: str | None = None,
    **facts: Any,
) -> str:
    """A new link → its token, which is kept nowhere: it goes into the mail."""
    token = new_token()
    session.add(
        Link(
            digest=digest(token),
            purpose=purpose,
            courriel=courriel,
            facts=facts,
            created_at=now,
            created_by=created_by,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    session.flush()
    return token


def look(session: Session, token: str, purpose: Purpose, now: datetime) -> LinkValue:
    """What a link says, without using it (a mail reader opens links before people do). Raises LinkSpent."""
    row = session.scalar(select(Link).where(Link.digest == digest(token)))
    if row is None or row.purpose != purpose or row.used_at is not None or row.expires_at <= now:
        raise LinkSpent(SPENT)
    return LinkValue(
        purpose=row.purpose,
        courriel=row.courriel,
        facts=row.facts,
        created_by=row.created_by,
        expires_at=row.expires_at,
    )


def use(session: Session, token: str, purpose: Purpose, now: datetime) -> LinkValue:
    """Use a link: of two who try at once, one succeeds. Raises LinkSpent."""
    found = look(session, token, purpose, now)
    spent = update(Link).where(Link.digest == digest(token), Link.used_at.is_(None)).values(used_at=now)
    if getattr(session.execute(spent), "rowcount", 0) != 1:
        raise LinkSpent(SPENT)
    return found


def revoke(session: Session, purpose: Purpose, now: datetime, **facts: Any) -> None:
    """Use up the links of that purpose whose facts are those."""
    rows = session.scalars(select(Link).where(Link.purpose == purpose, Link.used_at.is_(None)))
    for row in rows:
        if all(row.facts.get(name) == value for name, value in facts.items()):
            row.used_at = now
    session.flush()


def purge(session: Session, now: datetime) -> None:
    """Forget those that expired a month ago."""
    session.execute(delete(Link).where(Link.expires_at < now - timedelta(days=30)))
