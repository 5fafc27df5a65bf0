"""What the rows of a file are: said on the command line, else told by the columns, then by its name."""

from collections.abc import Collection
from pathlib import Path
from typing import Final, Literal, get_args

from directory.imports.errors import NotTakenYet, UnknownKind
from directory.inventory.records import RecordKind

FileKind = Literal["structures", "services", "immersions", "trainings", "shortages"]
FILE_KINDS: Final[tuple[FileKind, ...]] = get_args(FileKind)

RECORD_OF: Final[dict[str, RecordKind]] = {
    "structures": "structure", "services": "service", "immersions": "immersion", "trainings": "training",
}  # fmt: skip

#: Columns that only one kind has, the surest first: an immersion may carry the id of a structure.
_OWN_COLUMNS: Final[tuple[tuple[FileKind, frozenset[str]], ...]] = (
    (
        "immersions",
        frozenset({"creneaux", "appellation", "accessible_handicap", "quota_semaine", "quota_mois"}),
    ),
    ("trainings", frozenset({"sessions", "organisme", "financements", "certification", "reste_a_charge"})),
    (
        "services",
        frozenset({"structure_id", "modes_accueil", "mobilisable_par", "frais", "zone_eligibilite"}),
    ),
    ("structures", frozenset({"reseaux_porteurs", "site_web", "accessibilite_lieu"})),
    ("shortages", frozenset({"fap", "code_fap", "tension"})),
)
_NAMES: Final[tuple[tuple[str, FileKind], ...]] = (
    ("immersion", "immersions"), ("training", "trainings"), ("formation", "trainings"),
    ("service", "services"), ("structure", "structures"), ("shortage", "shortages"), ("tension", "shortages"),
)  # fmt: skip
_ALWAYS: Final = frozenset({"id", "nom"})


def find_kind(asked: str, path: Path, columns: Collection[str]) -> RecordKind:
    """The kind of the rows; `asked` is one of FILE_KINDS or `auto`. Raises UnknownKind, NotTakenYet."""
    kind = _guess(path, columns) if asked == "auto" else asked
    if kind == "shortages":
        raise NotTakenYet(
            f"{path.name} : les métiers en tension ne sont pas encore pris ; ils viendront avec l'espace des "
            "employeurs. Rien n'a été changé."
        )
    return RECORD_OF[kind]


def _guess(path: Path, columns: Collection[str]) -> str:
    found = {kind: len(own.intersection(columns)) for kind, own in _OWN_COLUMNS}
    best = max(found, key=lambda kind: found[kind])
    if found[best]:
        return best
    name = path.name.lower()
    named = next((kind for part, kind in _NAMES if part in name), None)
    # A list with no rows has no columns: its name is all there is.
    if named and (named == "shortages" or not columns or _ALWAYS.issubset(columns)):
        return named
    if _ALWAYS.issubset(columns) and "siret" in columns:
        return "structures"
    raise UnknownKind(path, sorted(columns))
