"""What accounts raise. Messages are French sentences a user may read.

AccountsError
├── NotAllowed            this person may not do that
├── WrongCredentials      address, password or code do not fit, without saying which
├── TooManyAttempts       tried too often; facts: `seconds` before the next try
├── LinkSpent             a mail link that was used, has expired or never was
├── WeakPassword          a new password that would not hold
├── InvalidAccount        a value that cannot be taken; facts: `field`
├── AddressTaken          the address already belongs to somebody
├── UnknownAccount        nobody and nothing has that id
└── ProviderRefused       the identity provider's answer cannot be trusted
"""

from directory.errors import DirectoryError


class AccountsError(DirectoryError):
    """Base of what accounts raise. Carries facts as keyword arguments, for the log and the doors."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


class NotAllowed(AccountsError):
    """This person may not do that."""


class WrongCredentials(AccountsError):
    """Address, password or code do not fit, without saying which."""


class TooManyAttempts(AccountsError):
    """Tried too often. Facts: `seconds`."""


class LinkSpent(AccountsError):
    """A mail link that was used, has expired or never was."""


class WeakPassword(AccountsError):
    """A new password that would not hold."""


class InvalidAccount(AccountsError):
    """A value that cannot be taken. Facts: `field`."""


class AddressTaken(AccountsError):
    """The address already belongs to somebody."""


class UnknownAccount(AccountsError):
    """Nobody and nothing has that id."""


class ProviderRefused(AccountsError):
    """The identity provider's answer cannot be trusted."""
