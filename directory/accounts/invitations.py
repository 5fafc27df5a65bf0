"""Letting somebody in: an invitation by a link that serves once, for a role in an organisation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from directory.accounts import audit, links, organisations, people
from directory.accounts.errors import InvalidAccount
from directory.accounts.principal import ROLES, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who is invited, where, as what. `person_id` is set when the address has an account already."""

    courriel: str
    organisation_id: str
    organisation: str
    role: Role
    person_id: str | None


def invite(
    session: Session,
    courriel: str,
    organisation_id: str,
    role: Role,
    now: datetime,
    *,
    invited_by: str | None,
) -> str:
    """Make an invitation → the token of its link; a former one for the same place serves no more. Raises
    InvalidAccount, UnknownAccount."""
    address = people.clean_address(courriel)
    organisation = organisations.get(session, organisation_id)
    if role not in organisations.ROLES_OF[organisation.kind]:
        raise InvalidAccount("ce rôle ne convient pas à cette organisation", field="role")
    links.revoke(session, "invitation", now, to=address, organisation_id=organisation_id, role=role)
    audit.note(session, invited_by, "invited", now, organisation_id=organisation_id, role=role)
    return links.make(
        session, "invitation", address, now, created_by=invited_by,
        to=address, organisation_id=organisation_id, role=role,
    )  # fmt: skip


def look(session: Session, token: str, now: datetime) -> Invitation:
    """What an invitation says, without using it. Raises LinkSpent."""
    return _read(session, links.look(session, token, "invitation", now))


def accept(session: Session, token: str, nom: str, password: str, now: datetime) -> str:
    """Take an invitation up → the person's id; the account is made when there is none. An employer may go
    without a password and come in by links. Raises LinkSpent, WeakPassword, InvalidAccount."""
    asked = _read(session, links.use(session, token, "invitation", now))
    person_id = asked.person_id or people.add(session, asked.courriel, nom, now)
    if password or (asked.person_id is None and asked.role != "employer"):
        people.set_password(session, person_id, password, now)
    organisations.join(session, person_id, asked.organisation_id, asked.role, now, granted_by=None)
    audit.note(session, person_id, "joined", now, organisation_id=asked.organisation_id, role=asked.role)
    return person_id


def _read(session: Session, link: links.LinkValue) -> Invitation:
    organisation = organisations.get(session, str(link.facts["organisation_id"]))
    account = people.find(session, link.courriel)
    return Invitation(
        courriel=link.courriel,
        organisation_id=organisation.id,
        organisation=organisation.nom,
        role=next(one for one in ROLES if one == link.facts["role"]),
        person_id=account.id if account and account.disabled_at is None else None,
    )
