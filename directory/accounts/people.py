"""People who log in: found, made, disabled; and the `Principal` that everything else is given.

Each verb takes the caller's session and flushes; the caller commits.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import uuid4

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, selectinload

from directory.accounts import passwords
from directory.accounts.errors import AddressTaken, InvalidAccount, UnknownAccount, WrongCredentials
from directory.accounts.models import Membership, Person, Visit
from directory.accounts.principal import TWICE, Member, Principal, Role

#: Enough to catch a slip; whether it exists, only a mail tells.
_ADDRESS: Final = re.compile(r"[^\s@<>\"',;:]{1,64}@[^\s@<>\"',;:]+\.[^\s@<>\"',;:.]{2,}")
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody, as lists show them."""

    id: str
    courriel: str
    nom: str
    created_at: datetime
    disabled_at: datetime | None
    has_password: bool
    has_second_factor: bool
    members: tuple[Member, ...]

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role of theirs asks to prove twice who they are."""
        return any(one.role in TWICE for one in self.members)


def clean_address(typed: str) -> str:
    """An address in lower case. Raises InvalidAccount."""
    address = typed.strip().lower()
    if not _ADDRESS.fullmatch(address) or len(address) > 254:
        raise InvalidAccount("cette adresse électronique n’a pas la bonne forme", field="courriel")
    return address


def clean_name(typed: str) -> str:
    """A name on one line. Raises InvalidAccount."""
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidAccount(f"un nom de 1 à {LONGEST_NAME} caractères est attendu", field="nom")
    return name


def add(session: Session, courriel: str, nom: str, now: datetime) -> str:
    """Make somebody → their id. Raises AddressTaken, InvalidAccount."""
    address = clean_address(courriel)
    if find(session, address) is not None:
        raise AddressTaken("un compte existe déjà pour cette adresse", field="courriel")
    person = Person(id=str(uuid4()), courriel=address, nom=clean_name(nom), created_at=now)
    session.add(person)
    session.flush()
    return person.id


def find(session: Session, courriel: str) -> Account | None:
    """Whoever has that address, disabled or not."""
    person = session.scalar(_people().where(Person.courriel == courriel.strip().lower()))
    return None if person is None else _account(person, None)


def get(session: Session, person_id: str, now: datetime | None = None) -> Account:
    """Somebody by id, with the memberships in force at `now`. Raises UnknownAccount."""
    return _account(_get(session, person_id), now)


def listed(session: Session, now: datetime) -> list[Account]:
    """Everybody, by address."""
    return [_account(one, now) for one in session.scalars(_people().order_by(Person.courriel))]


def principal(
    session: Session, person_id: str, now: datetime, *, visit_id: str = "", means: str = ""
) -> Principal | None:
    """Somebody as the doors see them, with the memberships in force; None once disabled."""
    person = session.scalar(_people().where(Person.id == person_id))
    if person is None or person.disabled_at is not None:
        return None
    return Principal(
        id=person.id,
        nom=person.nom,
        courriel=person.courriel,
        members=_members(person, now),
        visit_id=visit_id or None,
        means=means,
    )


def disable(session: Session, person_id: str, now: datetime) -> None:
    """Let somebody in no more: every open visit ends with it. Raises UnknownAccount."""
    person = _get(session, person_id)
    person.disabled_at = person.disabled_at or now
    end_visits(session, person_id, now)
    session.flush()


def enable(session: Session, person_id: str) -> None:
    """Let somebody in again. Raises UnknownAccount."""
    _get(session, person_id).disabled_at = None
    session.flush()


def set_password(session: Session, person_id: str, password: str, now: datetime) -> None:
    """Give a new password; other visits end. Raises WeakPassword, UnknownAccount."""
    person = _get(session, person_id)
    passwords.check(password, courriel=person.courriel, nom=person.nom)
    person.password = passwords.hash_of(password)
    end_visits(session, person_id, now)
    session.flush()


def tie(session: Session, issuer: str, subject: str, courriel: str) -> str | None:
    """The account of a provider's identity → its id: the one tied to it; else the one of that address, when
    it is tied to no other. None when there is none, or when it is disabled."""
    person = session.scalar(_people().where(Person.issuer == issuer, Person.subject == subject))
    if person is None:
        person = session.scalar(_people().where(Person.courriel == courriel, Person.subject.is_(None)))
        if person is not None:
            person.issuer, person.subject = issuer, subject
            session.flush()
    return None if person is None or person.disabled_at is not None else person.id


def check_password(session: Session, courriel: str, password: str) -> str:
    """Whoever has that address and that password → their id. Takes as long whether the address is known or
    not, and says the same. Raises WrongCredentials."""
    person = session.scalar(_people().where(Person.courriel == courriel.strip().lower()))
    known = None if person is None or person.disabled_at is not None else person
    fits = passwords.fits(password, known.password if known else None)
    if known is None or not fits:
        raise WrongCredentials("l’adresse ou le mot de passe ne convient pas")
    if known.password and passwords.is_outdated(known.password):
        known.password = passwords.hash_of(password)
    return known.id


def end_visits(session: Session, person_id: str, now: datetime) -> None:
    """End every visit of somebody."""
    session.execute(
        update(Visit).where(Visit.person_id == person_id, Visit.ended_at.is_(None)).values(ended_at=now)
    )


def _people() -> Select[Person]:
    return select(Person).options(selectinload(Person.memberships).joinedload(Membership.organisation))


def _get(session: Session, person_id: str) -> Person:
    person = session.scalar(_people().where(Person.id == person_id))
    if person is None:
        raise UnknownAccount("ce compte n’existe pas", id=person_id)
    return person


def _account(person: Person, now: datetime | None) -> Account:
    return Account(
        id=person.id,
        courriel=person.courriel,
        nom=person.nom,
        created_at=person.created_at,
        disabled_at=person.disabled_at,
        has_password=person.password is not None,
        has_second_factor=person.second_factor is not None,
        members=_members(person, now),
    )


def _members(person: Person, now: datetime | None) -> tuple[Member, ...]:
    """The roles in force at `now` (None: every one not ended), in organisations not closed."""
    held = [
        one
        for one in person.memberships
        if one.organisation.closed_at is None
        and (one.ends is None if now is None else one.begins <= now and (one.ends is None or one.ends > now))
    ]
    return tuple(
        Member(
            organisation_id=one.organisation_id,
            organisation=one.organisation.nom,
            kind=one.organisation.kind,
            role=cast("Role", one.role),
            siret=one.organisation.siret,
            structure_id=one.organisation.structure_id,
        )
        for one in sorted(held, key=lambda one: (one.organisation.nom, one.role))
    )
