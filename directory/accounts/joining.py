"""Requests to join an organisation that has members already; one of them answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts import organisations, people
from directory.accounts.errors import UnknownAccount
from directory.accounts.models import JoinRequest
from directory.accounts.principal import ROLES, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinValue:
    """Somebody who waits to be let in."""

    id: str
    organisation_id: str
    courriel: str
    nom: str
    role: str
    asked_at: datetime


def ask_to_join(
    session: Session, organisation_id: str, courriel: str, nom: str, role: Role, now: datetime
) -> str:
    """Note that somebody asks to join → the request's id; the one that waits already, when it does."""
    address = people.clean_address(courriel)
    waiting = session.scalar(
        select(JoinRequest).where(
            JoinRequest.organisation_id == organisation_id,
            JoinRequest.courriel == address,
            JoinRequest.answered_at.is_(None),
        )
    )
    if waiting is not None:
        return waiting.id
    made = JoinRequest(
        id=str(uuid4()),
        organisation_id=organisation_id,
        courriel=address,
        nom=people.clean_name(nom),
        role=role,
        asked_at=now,
    )
    session.add(made)
    session.flush()
    return made.id


def waiting(session: Session, organisation_id: str) -> list[JoinValue]:
    """Who waits to be let in, the first to ask first."""
    wanted = select(JoinRequest).where(
        JoinRequest.organisation_id == organisation_id, JoinRequest.answered_at.is_(None)
    )
    return [_join_value(one) for one in session.scalars(wanted.order_by(JoinRequest.asked_at))]


def get_join(session: Session, join_id: str) -> JoinValue:
    """A request that waits. Raises UnknownAccount once answered."""
    row = session.get(JoinRequest, join_id)
    if row is None or row.answered_at is not None:
        raise UnknownAccount("cette demande n’existe pas ou a déjà eu sa réponse", id=join_id)
    return _join_value(row)


def answer_join(
    session: Session, join_id: str, *, accepted: bool, answered_by: str, now: datetime
) -> JoinValue:
    """Let somebody in or not; the account is made when there is none. Raises UnknownAccount."""
    asked = get_join(session, join_id)
    row = session.get_one(JoinRequest, join_id)
    row.answered_at, row.answered_by, row.accepted = now, answered_by, accepted
    if accepted:
        known = people.find(session, asked.courriel)
        person_id = known.id if known else people.add(session, asked.courriel, asked.nom, now)
        role = next(one for one in ROLES if one == asked.role)
        organisations.join(session, person_id, asked.organisation_id, role, now, granted_by=answered_by)
    session.flush()
    return asked


def _join_value(row: JoinRequest) -> JoinValue:
    return JoinValue(
        id=row.id,
        organisation_id=row.organisation_id,
        courriel=row.courriel,
        nom=row.nom,
        role=row.role,
        asked_at=row.asked_at,
    )
