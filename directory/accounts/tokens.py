"""Tokens by which a program of an organisation uses the API: shown once, kept as a digest, with scopes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.accounts import organisations
from directory.accounts.errors import InvalidAccount, UnknownAccount
from directory.accounts.models import Organisation, Token
from directory.accounts.people import clean_name
from directory.accounts.policy import SCOPES
from directory.accounts.principal import NOBODY, Member, Principal, Role
from directory.accounts.seals import digest, new_token

PREFIX: Final = "jalon_"
LIFETIME: Final = timedelta(days=365)
#: The role a program acts in, by the kind of its organisation.
_ROLES: Final[dict[str, tuple[Role, ...]]] = {
    "employer": ("employer",),
    "structure": ("structure_manager", "counsellor"),
    "territory": ("territory_manager",),
}
SEEN_EVERY: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenValue:
    """A token, as lists show it."""

    id: str
    nom: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None


def make(
    session: Session,
    organisation_id: str,
    nom: str,
    scopes: Collection[str],
    now: datetime,
    *,
    created_by: str,
) -> str:
    """A new token → what the program shows, seen this once. Raises InvalidAccount, UnknownAccount."""
    organisations.get(session, organisation_id)
    unknown = set(scopes) - SCOPES.keys()
    if unknown or not scopes:
        raise InvalidAccount(f"choisissez parmi ces droits : {', '.join(SCOPES)}", field="scopes")
    shown = PREFIX + new_token()
    session.add(
        Token(
            digest=digest(shown),
            id=str(uuid4()),
            organisation_id=organisation_id,
            nom=clean_name(nom),
            prefix=shown[: len(PREFIX) + 6],
            scopes=sorted(scopes),
            created_at=now,
            created_by=created_by,
            expires_at=now + LIFETIME,
        )
    )
    session.flush()
    return shown


def principal_of(session: Session, shown: str, now: datetime) -> Principal:
    """The program that shows a token; NOBODY when it is revoked, expired or unknown."""
    row = session.scalar(select(Token).where(Token.digest == digest(shown)))
    if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return NOBODY
    if row.used_at is None or now - row.used_at >= SEEN_EVERY:
        row.used_at = now
    owner = session.get(Organisation, row.organisation_id)
    if owner is None or owner.closed_at is not None:
        return NOBODY
    members = tuple(
        Member(
            organisation_id=owner.id,
            organisation=owner.nom,
            kind=owner.kind,
            role=role,
            siret=owner.siret,
            structure_id=owner.structure_id,
        )
        for role in _ROLES[owner.kind]
    )
    return Principal(
        id=f"token {row.id}", nom=row.nom, members=members, means="token", scopes=frozenset(row.scopes or ())
    )


def listed(session: Session, organisation_id: str) -> list[TokenValue]:
    """The tokens of an organisation, the newest first."""
    wanted = select(Token).where(Token.organisation_id == organisation_id).order_by(Token.created_at.desc())
    return [
        TokenValue(
            id=one.id,
            nom=one.nom,
            prefix=one.prefix,
            scopes=tuple(one.scopes or ()),
            created_at=one.created_at,
            expires_at=one.expires_at,
            used_at=one.used_at,
            revoked_at=one.revoked_at,
        )
        for one in session.scalars(wanted)
    ]


def revoke(session: Session, organisation_id: str, token_id: str, now: datetime) -> None:
    """End a token of that organisation at once. Raises UnknownAccount."""
    ended = (
        update(Token)
        .where(Token.id == token_id, Token.organisation_id == organisation_id)
        .values(revoked_at=now)
    )
    if getattr(session.execute(ended), "rowcount", 0) != 1:
        raise UnknownAccount("ce jeton n’existe pas", id=token_id)
