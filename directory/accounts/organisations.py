"""Organisations, and who belongs to them from when to when. Each verb flushes; the caller commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from directory.accounts import people
from directory.accounts.errors import InvalidAccount, UnknownAccount
from directory.accounts.models import Membership, Organisation, Person
from directory.accounts.principal import Role

KINDS: Final = ("employer", "structure", "territory")
#: The roles that make sense in each kind of organisation.
ROLES_OF: Final[dict[str, frozenset[Role]]] = {
    "employer": frozenset({"employer"}),
    "structure": frozenset({"counsellor", "structure_manager"}),
    "territory": frozenset({"territory_manager", "administrator", "counsellor"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationValue:
    """An organisation, as the outside sees it."""

    id: str
    kind: str
    nom: str
    siret: str | None
    structure_id: str | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipValue:
    """A person's role in an organisation, past ones included."""

    id: str
    person_id: str
    nom: str
    courriel: str
    role: str
    begins: datetime
    ends: datetime | None


def add(
    session: Session,
    kind: str,
    nom: str,
    now: datetime,
    *,
    siret: str | None = None,
    structure_id: str | None = None,
) -> str:
    """Make an organisation → its id. Raises InvalidAccount."""
    if kind not in KINDS:
        raise InvalidAccount(f"une de ces sortes est attendue : {', '.join(KINDS)}", field="kind")
    made = Organisation(
        id=str(uuid4()),
        kind=kind,
        nom=people.clean_name(nom),
        siret=siret,
        structure_id=structure_id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made.id


def get(session: Session, organisation_id: str) -> OrganisationValue:
    """An organisation. Raises UnknownAccount."""
    row = session.get(Organisation, organisation_id)
    if row is None:
        raise UnknownAccount("cette organisation n’existe pas", id=organisation_id)
    return _value(row)


def find_employer(session: Session, siren: str) -> OrganisationValue | None:
    """The employer whose SIRET begins with that SIREN: one organisation a company, several establishments."""
    wanted = select(Organisation).where(
        Organisation.kind == "employer",
        Organisation.siret.startswith(siren),
        Organisation.closed_at.is_(None),
    )
    row = session.scalars(wanted.order_by(Organisation.created_at).limit(1)).first()
    return None if row is None else _value(row)


def find_structure(session: Session, structure_id: str) -> OrganisationValue | None:
    """The organisation of a structure of the inventory."""
    wanted = select(Organisation).where(
        Organisation.structure_id == structure_id, Organisation.closed_at.is_(None)
    )
    row = session.scalars(wanted.limit(1)).first()
    return None if row is None else _value(row)


def listed(session: Session) -> list[OrganisationValue]:
    """Every organisation, by name."""
    return [
        _value(one)
        for one in session.scalars(select(Organisation).order_by(Organisation.nom, Organisation.id))
    ]


def join(
    session: Session,
    person_id: str,
    organisation_id: str,
    role: Role,
    now: datetime,
    *,
    granted_by: str | None,
) -> str:
    """Give a role from now on → the membership's id; the one already held, when it is. Raises InvalidAccount,
    UnknownAccount."""
    organisation = get(session, organisation_id)
    if role not in ROLES_OF[organisation.kind]:
        raise InvalidAccount("ce rôle ne convient pas à cette organisation", field="role")
    held = session.scalar(
        select(Membership).where(
            Membership.person_id == person_id,
            Membership.organisation_id == organisation_id,
            Membership.role == role,
            or_(Membership.ends.is_(None), Membership.ends > now),
        )
    )
    if held is not None:
        return held.id
    made = Membership(
        id=str(uuid4()),
        person_id=person_id,
        organisation_id=organisation_id,
        role=role,
        begins=now,
        granted_by=granted_by,
    )
    session.add(made)
    session.flush()
    return made.id


def leave(session: Session, membership_id: str, now: datetime) -> None:
    """End a role: it opens nothing from this moment. Raises UnknownAccount."""
    row = session.get(Membership, membership_id)
    if row is None:
        raise UnknownAccount("cette appartenance n’existe pas", id=membership_id)
    row.ends = min(row.ends, now) if row.ends else now
    session.flush()


def members(session: Session, organisation_id: str) -> list[MembershipValue]:
    """Everybody who belongs or belonged, the present ones first."""
    wanted = (
        select(Membership)
        .options(joinedload(Membership.person))
        .where(Membership.organisation_id == organisation_id)
    )
    rows = sorted(session.scalars(wanted), key=lambda one: (one.ends is not None, one.person.nom, one.begins))
    return [
        MembershipValue(
            id=one.id,
            person_id=one.person_id,
            nom=one.person.nom,
            courriel=one.person.courriel,
            role=one.role,
            begins=one.begins,
            ends=one.ends,
        )
        for one in rows
    ]


def get_membership(session: Session, membership_id: str) -> tuple[str, MembershipValue]:
    """The organisation's id and a membership. Raises UnknownAccount."""
    row = session.get(Membership, membership_id)
    if row is None:
        raise UnknownAccount("cette appartenance n’existe pas", id=membership_id)
    found = next(one for one in members(session, row.organisation_id) if one.id == membership_id)
    return row.organisation_id, found


def addresses(session: Session, organisation_id: str, now: datetime) -> list[tuple[str, str]]:
    """(person id, address) of the members in force of an organisation, disabled people left out."""
    wanted = (
        select(Person.id, Person.courriel)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Person.disabled_at.is_(None),
            Membership.begins <= now,
            or_(Membership.ends.is_(None), Membership.ends > now),
        )
        .distinct()
        .order_by(Person.courriel)
    )
    return [(person_id, courriel) for person_id, courriel in session.execute(wanted)]


def _value(row: Organisation) -> OrganisationValue:
    return OrganisationValue(
        id=row.id,
        kind=row.kind,
        nom=row.nom,
        siret=row.siret,
        structure_id=row.structure_id,
        closed_at=row.closed_at,
    )
