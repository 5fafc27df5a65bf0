"""The rows of who may enter and for whom. They never leave this package: the outside gets `Principal` and the
values of `people` and `organisations`.

What opens a door (a mail link, a visit, a token) is kept as a digest: whoever reads the table opens nothing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.columns import Base, Codes, Text, Whole

#: A digest of 256 bits.
Digest = LargeBinary(32)


class Person(Base):
    """Somebody who logs in. `courriel` is lower case; `second_factor` is sealed with the house's key, and
    `second_factor_step` is the last half-minute a code was taken for, so that none serves twice."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(primary_key=True)
    courriel: Mapped[str] = mapped_column(unique=True)
    nom: Mapped[str]
    password: Text
    second_factor: Text
    second_factor_step: Whole
    issuer: Text
    subject: Text
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="person")

    __table_args__ = (UniqueConstraint("issuer", "subject"),)


class Organisation(Base):
    """An employer (by its SIRET), a structure of the inventory, or the territory itself."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    nom: Mapped[str]
    siret: Text = mapped_column(index=True)
    structure_id: Text = mapped_column(index=True)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Membership(Base):
    """A role of a person in an organisation, from a moment to another. Ended, it opens nothing at once."""

    __tablename__ = "membership"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str]
    begins: Mapped[datetime]
    ends: Mapped[datetime | None]
    granted_by: Text

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()


class JoinRequest(Base):
    """Somebody asks to join an organisation that already has members; one of them answers."""

    __tablename__ = "join_request"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    courriel: Mapped[str]
    nom: Mapped[str]
    role: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Text
    accepted: Mapped[bool | None]


class Link(Base):
    """A link sent by mail: for one purpose, once, until it expires. `facts` is what the purpose needs."""

    __tablename__ = "link"

    digest: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    purpose: Mapped[str]
    courriel: Mapped[str] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    created_by: Text
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Visit(Base):
    """A browser that is logged in. `means` says how; `device` is the family of the browser, nothing finer."""

    __tablename__ = "visit"

    digest: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    means: Mapped[str]
    device: Mapped[str]
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    provider_token: Text


class RecoveryCode(Base):
    """Opens the second door once when the telephone is lost."""

    __tablename__ = "recovery_code"

    digest: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """Something that may be tried only so often. `key` is a keyed digest of who tries and what."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(Digest)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_attempt_key", "key", "at"),)


class Token(Base):
    """What a program of an organisation shows to the API. `prefix` is shown in lists to tell them apart."""

    __tablename__ = "api_token"

    digest: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    nom: Mapped[str]
    prefix: Mapped[str]
    scopes: Codes
    created_at: Mapped[datetime]
    created_by: Text
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class AuditLine(Base):
    """Who did what to what, when. `facts` holds ids and codes, never what somebody said or is."""

    __tablename__ = "audit_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Text = mapped_column(index=True)
    organisation_id: Text = mapped_column(index=True)
    verb: Mapped[str]
    what: Text
    what_id: Text = mapped_column(index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
