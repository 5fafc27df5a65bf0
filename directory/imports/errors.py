"""What stops an import before anything changes. The sentences are for whoever sent the file.

DirectoryError
└── ImportStopped
    ├── UnreadableFile     not one of our formats, cut short, or too big once unfolded
    ├── UnknownKind        its columns say neither structures, services, immersions nor trainings
    ├── NotTakenYet        a kind of file that Jalon does not take yet
    └── InvalidMapping     a mapping that cannot be used, or not with this file
"""

from pathlib import Path

from directory.errors import DirectoryError


class ImportStopped(DirectoryError):
    """Nothing was changed; the sentence says why."""

    exit_code = 2


class UnreadableFile(ImportStopped):
    """`path` cannot be read to its end; `fault` says what is wrong with it."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"{path.name} : {fault}. Rien n'a été changé.")
        self.path = path
        self.fault = fault


class UnknownKind(ImportStopped):
    """Nothing tells what the rows of `path` are."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        seen = ", ".join(columns[:12]) or "aucune"
        super().__init__(
            f"{path.name} : impossible de deviner ce que contient ce fichier (colonnes : {seen}). "
            "Précisez --kind, ou --mapping si ses colonnes portent d'autres noms."
        )


class NotTakenYet(ImportStopped):
    """A kind of file known to the command line and not taken yet."""


class InvalidMapping(ImportStopped):
    """The mapping called `name` cannot be used."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(f"Correspondance {name} : {fault}.")
        self.fault = fault
