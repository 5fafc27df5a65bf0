"""The trail: who did what to what, when. Kept a year (CNIL, délibération 2021-122: six months to a year)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.accounts.models import AuditLine
from directory.accounts.principal import Principal

KEPT: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One line of the trail."""

    at: datetime
    person_id: str | None
    organisation_id: str | None
    verb: str
    what: str | None
    what_id: str | None
    facts: Mapping[str, Any]


def note(
    session: Session,
    who: Principal | str | None,
    verb: str,
    at: datetime,
    *,
    what: tuple[str, str] | None = None,
    organisation_id: str | None = None,
    **facts: Any,
) -> None:
    """Add a line, in the transaction of what it tells. `facts` are ids, codes and numbers."""
    person_id = who.id if isinstance(who, Principal) else who
    kind, what_id = what or (None, None)
    session.add(
        AuditLine(
            at=at,
            person_id=person_id,
            organisation_id=organisation_id,
            verb=verb,
            what=kind,
            what_id=what_id,
            facts=facts,
        )
    )


def read(session: Session, *, what_id: str | None = None, limit: int = 200) -> list[Trace]:
    """The newest lines, of one thing or of all."""
    wanted = select(AuditLine).order_by(AuditLine.id.desc()).limit(limit)
    if what_id is not None:
        wanted = wanted.where(AuditLine.what_id == what_id)
    return [
        Trace(
            at=one.at,
            person_id=one.person_id,
            organisation_id=one.organisation_id,
            verb=one.verb,
            what=one.what,
            what_id=one.what_id,
            facts=one.facts,
        )
        for one in session.scalars(wanted)
    ]


def purge(session: Session, now: datetime) -> int:
    """Forget lines older than a year → how many."""
    done = session.execute(delete(AuditLine).where(AuditLine.at < now - KEPT))
    return int(getattr(done, "rowcount", 0))
