"""Passwords: Argon2id at the library's parameters (RFC 9106, low memory), twelve characters at least, no rule
of composition (OWASP ASVS 6.2, ANSSI: length and a list of common ones hold better)."""

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from directory.accounts.errors import WeakPassword

SHORTEST: Final = 12
LONGEST: Final = 200

#: What is tried first everywhere, beside the house's own words; compared without case and digits at the end.
COMMON: Final = frozenset(
    {
        "motdepasse", "password", "azerty", "azertyuiop", "qwerty", "qwertyuiop", "bonjour", "bonsoir",
        "jetaime", "soleil", "doudou", "loulou", "chouchou", "marseille", "nicolas", "insertion",
        "conseiller", "conseillere", "francetravail", "poleemploi", "missionlocale", "departement",
        "jalon", "immersion", "administrateur", "administrator", "changeme", "bienvenue", "welcome",
        "letmein", "iloveyou", "football", "monkey", "dragon", "sunshine", "princess",
    }
)  # fmt: skip

_HASHER: Final = PasswordHasher()
#: Verified when nobody has that address, so that the answer takes as long.
_NOBODYS: Final = _HASHER.hash("personne ne possède ce compte")


def check(password: str, *, courriel: str = "", nom: str = "") -> None:
    """Raises WeakPassword for a new password that would not hold."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"le mot de passe doit compter au moins {SHORTEST} caractères", field="password")
    if len(password) > LONGEST:
        raise WeakPassword(f"le mot de passe doit compter au plus {LONGEST} caractères", field="password")
    bare = password.casefold().rstrip("0123456789!?.*-_ ").replace(" ", "")
    if bare in COMMON or len(set(bare)) < 4:
        raise WeakPassword(
            "ce mot de passe est trop courant : choisissez une phrase à vous", field="password"
        )
    own = [part for part in (courriel.partition("@")[0], nom.replace(" ", "")) if len(part) >= 4]
    if any(part.casefold() in bare for part in own):
        raise WeakPassword(
            "le mot de passe ne doit pas contenir votre nom ou votre adresse", field="password"
        )


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether it is that one; takes as long when nothing is kept."""
    try:
        _HASHER.verify(kept or _NOBODYS, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the digest was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)
