"""Secrets: what is made, what is kept of it, and what is kept sealed.

Keys are drawn from the house's secret key by HKDF, one for each use; former secret keys still open what they
sealed (`JALON_SECRET_KEY_FALLBACKS`), so that a key can be changed without losing a second factor.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from directory.accounts.errors import AccountsError

TOKEN_BYTES: Final = 32


class SealBroken(AccountsError):
    """What was sealed cannot be opened with any key at hand."""


def new_token() -> str:
    """43 characters nobody can guess, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> bytes:
    """What is kept of a token: 32 bytes. Tokens are long enough that no salt is needed."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens with the house's keys, the newest first."""

    keys: tuple[str, ...]

    @classmethod
    def of(cls, newest: str, former: Sequence[str] = ()) -> "Vault":
        """The vault of a house."""
        return cls((newest, *former))

    def seal(self, text: str) -> str:
        """A text that only this house opens."""
        return self._box().encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text that was sealed. Raises SealBroken."""
        try:
            return self._box().decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBroken("ce secret a été scellé avec une autre clé") from error

    def mark(self, *parts: str) -> bytes:
        """The keyed digest of who does what: the same each time, and nobody reads back whose it is."""
        return hmac.digest(self._key(self.keys[0], b"mark"), "\0".join(parts).encode(), "sha256")

    def _box(self) -> MultiFernet:
        return MultiFernet([Fernet(base64.urlsafe_b64encode(self._key(one, b"seal"))) for one in self.keys])

    @staticmethod
    def _key(secret: str, use: bytes) -> bytes:
        return HKDF(SHA256(), length=32, salt=None, info=b"jalon " + use).derive(secret.encode())
