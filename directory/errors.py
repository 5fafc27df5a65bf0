"""What the directory raises, and how a command ends.

    DirectoryError
    ├── config.InvalidSettings
    ├── database.*       (see directory.database.errors)
    ├── accounts.*       (see directory.accounts.errors)
    ├── mail.*           (see directory.mail.errors)
    ├── inventory.*      (see directory.inventory.errors)
    └── imports.*        (see directory.imports.errors)

`directory.http_errors` says which HTTP status each one gets; `directory.cli` which exit code.
"""

from typing import ClassVar


class DirectoryError(Exception):
    """Base of our errors: a French sentence for the reader, and the exit code of a command it stops
    (2: usage, settings or an unreadable file; 3: a guard or a check; see `interfaces.md`)."""

    exit_code: ClassVar[int] = 2
