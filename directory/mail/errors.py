"""What mail raises.

MailError
└── MailUnavailable     the mail server does not take anything now
"""

from directory.errors import DirectoryError


class MailError(DirectoryError):
    """Base of what mail raises."""


class MailUnavailable(MailError):
    """The mail server does not take anything now."""
