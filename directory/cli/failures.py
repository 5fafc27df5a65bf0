"""What stopped a command, as sentences for whoever typed it and an exit code.

2: usage, settings or an unreadable file, nothing was changed; 3: a guard or a check; 1: the rest.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import DBAPIError

from directory.config import InvalidSettings
from directory.database import DatabaseUnavailable
from directory.errors import DirectoryError
from directory.inventory.errors import StaleVersion
from directory.wish import InvalidSearch
from directory.words import full_sentence
from indexer.backends import InvalidSearchUrl
from indexer.engine import (
    EngineBusy,
    EngineError,
    EngineForbids,
    EngineUntrusted,
    IndexOutdated,
    RebuildRefused,
)
from indexer.reference.errors import ReferenceListError
from matching.errors import InvalidDiagnostic, InvalidMapping, InvalidProfile, MatchingError

#: Every tree of errors that a command may meet; anything else is a fault of the program, and shows its trace.
FORESEEN: Final = (DirectoryError, EngineError, MatchingError, ReferenceListError, DBAPIError, OSError)


@dataclass(frozen=True, slots=True)
class Failure:
    """What to print on stderr, a line each, and what to exit with."""

    lines: tuple[str, ...]
    exit_code: int


def failure_of(error: Exception) -> Failure:
    """The failure that a foreseen error is."""
    if isinstance(error, InvalidProfile | InvalidMapping | InvalidDiagnostic):
        return Failure(_unreadable(error), 2)
    if isinstance(error, InvalidSearch):
        return Failure(tuple(dict.fromkeys(sentence for _, sentence in error.faults)), 2)
    if isinstance(error, EngineError):
        return _engine_failure(error)
    if isinstance(error, DatabaseUnavailable | DBAPIError):
        return _database_failure(error)
    if isinstance(error, OSError):
        return _system_failure(error)
    return Failure((_sentence(error),), _exit_code(error))


CHECK: Final = "« jalon check » dit ce qui ne va pas et comment y remédier."


def _unreadable(error: InvalidProfile | InvalidMapping | InvalidDiagnostic) -> tuple[str, ...]:
    if isinstance(error, InvalidProfile):
        return "Ce profil ne peut pas être lu :", *_fault_lines(error.faults)
    if isinstance(error, InvalidDiagnostic):
        return "Ce diagnostic ne peut pas être lu :", *_fault_lines(error.faults)
    where = f" dans {error.source}" if error.source else ""
    return f"Correspondances à corriger{where} :", *(f"  - {fault}" for fault in error.faults)


def _fault_lines(faults: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"  - {field} : {sentence}" if field else f"  - {sentence}" for field, sentence in faults]


#: Whom the engine does not let in, and whom we do not believe it to be: what to look at, without a secret.
NOT_LET_IN: Final = (
    "Le moteur de recherche refuse ce compte : vérifiez l'utilisateur et le mot de passe de JALON_SEARCH_URL."
)
NOT_BELIEVED: Final = (
    "Le certificat du moteur de recherche n'est pas reconnu : donnez le fichier de l'autorité qui l'a signé"
    " (JALON_SEARCH_URL=…?ca=/chemin/autorite.pem) et le nom de machine qu'il porte."
)


def _engine_failure(error: EngineError) -> Failure:
    if isinstance(error, InvalidSearchUrl):
        return Failure((f"JALON_SEARCH_URL : {error}.",), 2)
    if isinstance(error, EngineForbids | EngineUntrusted):
        return Failure((NOT_LET_IN if isinstance(error, EngineForbids) else NOT_BELIEVED,), 1)
    if isinstance(error, IndexOutdated):
        sentence = "L'index a été fait par une autre version de Jalon : lancez « jalon index rebuild »."
        return Failure((sentence,), 3)
    if isinstance(error, EngineBusy):
        return Failure(("Un autre programme (« jalon serve »…) tient déjà l'index à jour.",), 3)
    if isinstance(error, RebuildRefused):
        sentence = (
            "Le nouvel index serait bien plus petit que l'ancien, qui reste en service : vérifiez la base."
        )
        return Failure((sentence,), 3)
    return Failure(("L'index ne peut pas être lu, ou le moteur de recherche ne répond pas.", CHECK), 1)


def _database_failure(error: DatabaseUnavailable | DBAPIError) -> Failure:
    if isinstance(error, DatabaseUnavailable):
        return Failure((_sentence(error), CHECK), 1)
    # The vendor's sentence alone: the whole error would show the statement.
    said = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "sans explication"
    return Failure((f"La base de données a refusé la demande : {said}.", CHECK), 1)


def _system_failure(error: OSError) -> Failure:
    if isinstance(error, BrokenPipeError):
        return Failure((), 1)  # who read our output has left: nobody to tell
    where = f"{error.filename} : " if error.filename else ""
    return Failure((f"{where}{error.strerror or error}.",), 2 if error.filename else 1)


def _exit_code(error: Exception) -> int:
    if isinstance(error, StaleVersion):
        return 3
    return error.exit_code if isinstance(error, DirectoryError) else 2


def _sentence(error: Exception) -> str:
    """The error's own words, made a sentence: the trees write theirs with or without a capital and a stop."""
    said = str(error).strip()
    if isinstance(error, InvalidSettings) or not said:
        return said or type(error).__name__
    return full_sentence(said)
