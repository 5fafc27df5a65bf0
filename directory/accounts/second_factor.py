"""The second factor: a code of the telephone (TOTP, RFC 6238), good once, or one of eight recovery codes."""

import secrets
from datetime import datetime
from typing import Final

import pyotp
from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from directory.accounts.errors import UnknownAccount, WrongCredentials
from directory.accounts.models import Person, RecoveryCode
from directory.accounts.seals import Vault, digest

ISSUER: Final = "Jalon"
STEP_SECONDS: Final = 30
#: A telephone may be half a minute off, either way.
DRIFT_STEPS: Final = 1
CODES: Final = 8
WRONG: Final = "ce code n’est pas le bon ou a déjà servi"


def new_secret() -> str:
    """A secret to show once, as text and as a QR code."""
    return pyotp.random_base32()


def address_of(secret: str, courriel: str) -> str:
    """The `otpauth://` address that an authenticator reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=courriel, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half-minute a code is that of, when it is one near `now`."""
    typed = "".join(code.split())
    if len(typed) != 6 or not typed.isascii() or not typed.isdecimal():
        return None
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(current - DRIFT_STEPS, current + DRIFT_STEPS + 1):
        if secrets.compare_digest(totp.at(step * STEP_SECONDS), typed):
            return step
    return None


def enrol(session: Session, vault: Vault, person_id: str, secret: str, code: str, now: datetime) -> list[str]:
    """Keep a secret once a code of it was shown → eight recovery codes, shown this once. Raises
    WrongCredentials."""
    step = step_of(secret, code, now)
    if step is None:
        raise WrongCredentials(WRONG, field="code")
    person = _get(session, person_id)
    person.second_factor, person.second_factor_step = vault.seal(secret), step
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = ["-".join(secrets.token_hex(2) for _ in range(3)) for _ in range(CODES)]
    session.add_all(RecoveryCode(digest=_digest(person_id, one), person_id=person_id) for one in codes)
    session.flush()
    return codes


def verify(session: Session, vault: Vault, person_id: str, code: str, now: datetime) -> None:
    """Take a code once, or a recovery code once. Raises WrongCredentials."""
    person = _get(session, person_id)
    secret = vault.open(person.second_factor) if person.second_factor else None
    step = step_of(secret, code, now) if secret else None
    if step is not None and _take_step(session, person_id, step):
        return
    spent = (
        update(RecoveryCode)
        .where(
            RecoveryCode.digest == _digest(person_id, code.strip().lower()),
            RecoveryCode.person_id == person_id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    if step is not None or getattr(session.execute(spent), "rowcount", 0) != 1:
        raise WrongCredentials(WRONG, field="code")


def reset(session: Session, person_id: str) -> None:
    """Forget the second factor, the telephone being lost: the next visit enrols anew."""
    person = _get(session, person_id)
    person.second_factor = person.second_factor_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    session.flush()


def _take_step(session: Session, person_id: str, step: int) -> bool:
    """Whether the code was still to be used: of two who show it at once, one passes."""
    taken = (
        update(Person)
        .where(
            Person.id == person_id,
            or_(Person.second_factor_step.is_(None), Person.second_factor_step < step),
        )
        .values(second_factor_step=step)
    )
    return getattr(session.execute(taken), "rowcount", 0) == 1


def _digest(person_id: str, code: str) -> bytes:
    return digest(f"{person_id} {code}")


def _get(session: Session, person_id: str) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise UnknownAccount("ce compte n’existe pas", id=person_id)
    return person
