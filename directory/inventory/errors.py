"""What the inventory raises. Messages are French sentences a user may read.

InventoryError
├── NotFound             no option or structure has that id
├── StaleVersion         somebody changed it since it was read
├── IdTaken              the id already belongs to another row
├── InvalidEdit          a field that cannot be changed, or a value of the wrong kind
├── GuardStopped         a source lost too many of its rows at once
├── BulkRefused          a statement would change options behind the flush hook
└── DatabaseOutdated     the tables are not those this program expects
"""

from typing import ClassVar

from directory.errors import DirectoryError


class InventoryError(DirectoryError):
    """Base of what the inventory raises. Carries facts as keyword arguments, for the log and the doors."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


class NotFound(InventoryError):
    """No option or structure has that id."""


class StaleVersion(InventoryError):
    """Somebody changed it since it was read."""


class IdTaken(InventoryError):
    """The id already belongs to another row."""


class InvalidEdit(InventoryError):
    """A field that cannot be changed, or a value of the wrong kind. Facts: `field`."""


class GuardStopped(InventoryError):
    """A source lost too many of its rows at once. Facts: `source`, `kind`, `lost`, `known`."""

    exit_code: ClassVar[int] = 3


class BulkRefused(InventoryError):
    """A statement would change options behind the flush hook, so that the index would never hear of it."""


class DatabaseOutdated(InventoryError):
    """The tables are not those this program expects."""
