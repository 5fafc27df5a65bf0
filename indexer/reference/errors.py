"""What can go wrong with a reference list. The sentences are for whoever sent the value, and name the field.

ReferenceListError
├── UnknownCode          a value that is in no list, with the nearest that are
│   └── UnknownCommune
└── UnreadableList       a table of the project or a file of France Travail that cannot be read
"""

from pathlib import Path


class ReferenceListError(Exception):
    """Anything that goes wrong with a reference list."""


class UnknownCode(ReferenceListError):
    """`value` is not in the list of `field`; `nearest` holds what may have been meant, best first."""

    def __init__(self, field: str, value: str, nearest: tuple[str, ...] = ()) -> None:
        self.field = field
        self.value = value
        self.nearest = nearest
        super().__init__(field, value, nearest)

    def __str__(self) -> str:
        hint = f" Valeurs les plus proches : {', '.join(self.nearest)}." if self.nearest else ""
        return f"{self.field} : la valeur « {self.value[:80]} » n’existe pas.{hint}"


class UnknownCommune(UnknownCode):
    """No commune has this code, today or before a merger."""

    def __str__(self) -> str:
        hint = f" Communes les plus proches : {', '.join(self.nearest)}." if self.nearest else ""
        return f"{self.field} : la commune « {self.value[:80]} » n’est pas connue.{hint}"


class UnreadableList(ReferenceListError):
    """A file of a reference list is missing, or is not what its name says."""

    def __init__(self, path: Path, fault: str) -> None:
        self.path = path
        self.fault = fault
        super().__init__(path, fault)

    def __str__(self) -> str:
        return f"liste de référence illisible : {self.path.name} ({self.fault})"
