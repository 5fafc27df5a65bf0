"""The mails to send, in a table of their own: written in the transaction of what they tell, claimed one by
one, handed over once.

A mail is marked before it is handed to the server and again after. Who dies in between leaves it `sending`:
it may have left or not. It is never handed over again by itself (never twice): it becomes `doubtful`, is
counted by `jalon mail status`, and a person decides (`jalon mail retry`). What the server refuses for now is
tried again, later and later; what it refuses for good is `failed` and told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from directory.mail.letters import Letter
from directory.mail.models import Mail

#: Minutes before each next try; past the last the mail is `failed`.
PAUSES: Final = (1, 5, 15, 60, 240, 720, 1440)
#: A mail handed over so long ago without an answer was left by a program that died.
LOST_AFTER: Final = timedelta(minutes=10)
KEPT: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A mail claimed, to be handed over now."""

    id: str
    recipient: str
    subject: str
    text: str
    html: str
    calendar: str | None
    attempts: int


def write(session: Session, key: str, recipient: str, letter: Letter, now: datetime) -> bool:
    """Add a mail → whether it was: an occasion (`key`) that wrote already writes no more."""
    if session.scalar(select(Mail.id).where(Mail.key == key)) is not None:
        return False
    session.add(
        Mail(
            id=str(uuid4()),
            key=key,
            recipient=recipient,
            subject=letter.subject,
            text=letter.text(),
            html=letter.html(),
            calendar=letter.calendar,
            state="waiting",
            attempts=0,
            written_at=now,
            next_at=now,
        )
    )
    session.flush()
    return True


def claim(session: Session, now: datetime) -> Waiting | None:
    """Take the next mail that is due, marked `sending`; the caller commits before handing it over."""
    wanted = select(Mail).where(Mail.state == "waiting", Mail.next_at <= now).order_by(Mail.next_at, Mail.id)
    row = session.scalars(wanted.limit(1).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    taken = update(Mail).where(Mail.id == row.id, Mail.state == "waiting")
    done = session.execute(taken.values(state="sending", claimed_at=now, attempts=Mail.attempts + 1))
    if getattr(done, "rowcount", 0) != 1:
        return None
    return Waiting(
        id=row.id,
        recipient=row.recipient,
        subject=row.subject,
        text=row.text,
        html=row.html,
        calendar=row.calendar,
        attempts=row.attempts,
    )


def sent(session: Session, mail_id: str, now: datetime) -> None:
    """The server took it."""
    session.execute(update(Mail).where(Mail.id == mail_id).values(state="sent", sent_at=now, error=None))


def put_back(session: Session, mail_id: str, attempts: int, error: str, now: datetime) -> None:
    """The server refused it for now: later, or never after the last pause."""
    if attempts > len(PAUSES):
        failed(session, mail_id, error)
        return
    later = now + timedelta(minutes=PAUSES[attempts - 1])
    session.execute(
        update(Mail).where(Mail.id == mail_id).values(state="waiting", next_at=later, error=error)
    )


def failed(session: Session, mail_id: str, error: str) -> None:
    """The server refused it for good."""
    session.execute(update(Mail).where(Mail.id == mail_id).values(state="failed", error=error))


def doubt(session: Session, now: datetime) -> int:
    """Set apart what was handed over long ago by a program that never came back to tell → how many."""
    lost = update(Mail).where(Mail.state == "sending", Mail.claimed_at < now - LOST_AFTER)
    return int(getattr(session.execute(lost.values(state="doubtful")), "rowcount", 0))


def retry(session: Session, now: datetime, *states: str) -> int:
    """Send again what is doubtful or failed, because a person says so → how many."""
    again = update(Mail).where(Mail.state.in_(states)).values(state="waiting", next_at=now, attempts=0)
    return int(getattr(session.execute(again), "rowcount", 0))


def counts(session: Session) -> Mapping[str, int]:
    """How many mails there are in each state."""
    rows = session.execute(select(Mail.state, func.count()).group_by(Mail.state))
    return {row[0]: row[1] for row in rows}


def purge(session: Session, now: datetime) -> None:
    """Forget mails sent three months ago: they hold names and addresses."""
    session.execute(delete(Mail).where(Mail.state == "sent", Mail.sent_at < now - KEPT))
