"""France Travail's ROME files as published, and the few dozen occupations the project ships.

Version 3: `romes_public.csv` and `appellations_public.csv` (`;`). Version 4: `rome_v4….csv` (`,`), which
tells the code of version 3 each code comes from. A folder may hold either or both; where both name a code,
the label of version 4 is shown and that of version 3 remains a title one can type.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from indexer.reference.errors import UnreadableList
from indexer.reference.occupations import Occupation, Occupations
from indexer.reference.tables import DATA

_DEMO: Final = DATA / "occupations_demo.csv"
_V3: Final = "romes_public.csv"
_V3_TITLES: Final = "appellations_public.csv"
_V4: Final = "rome_v4*.csv"


def load_occupations(folder: Path | None = None) -> Occupations:
    """The occupations of France Travail's files in `folder`, or those the project ships.

    Raises UnreadableList when the folder holds none, or one that is not what it should be.
    """
    return Occupations(_read_demo() if folder is None else _read_folder(folder))


def _read_demo() -> Iterator[Occupation]:
    for row in _rows(_DEMO, ",", ("code", "libelle", "parent", "appellations")):
        titles = tuple(title for title in row["appellations"].split("|") if title)
        yield Occupation(row["code"], row["libelle"], titles, row["parent"])


def _read_folder(folder: Path) -> Iterator[Occupation]:
    older = _labels_v3(folder)
    newer = _rows_v4(folder)
    if not older and not newer:
        raise UnreadableList(folder, "aucun fichier ROME")
    titles = _titles_v3(folder)
    for code in sorted(older.keys() | newer.keys()):
        label, parent = newer.get(code, (older.get(code, ""), code))
        former_label = [older[code]] if code in older and older[code] != label else []
        yield Occupation(code, label, (*former_label, *titles.get(code, ())), parent)


def _labels_v3(folder: Path) -> dict[str, str]:
    path = folder / _V3
    if not path.exists():
        return {}
    rows = _rows(path, ";", ("code_rome", "libelle_rome"))
    return {row["code_rome"]: row["libelle_rome"] for row in rows}


def _titles_v3(folder: Path) -> dict[str, list[str]]:
    titles: defaultdict[str, list[str]] = defaultdict(list)
    path = folder / _V3_TITLES
    if path.exists():
        for row in _rows(path, ";", ("rome_code", "libelle_appellation_long")):
            titles[row["rome_code"]].append(row["libelle_appellation_long"])
    return titles


def _rows_v4(folder: Path) -> dict[str, tuple[str, str]]:
    """(label, code of version 3) by code, from the latest file of version 4."""
    latest = max(folder.glob(_V4), default=None)
    if latest is None:
        return {}
    rows = _rows(latest, ",", ("code_rome", "libelle_rome", "code_rome_parent"))
    return {row["code_rome"]: (row["libelle_rome"], row["code_rome_parent"]) for row in rows}


def _rows(path: Path, delimiter: str, needed: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter, strict=True)
            missing = set(needed) - set(reader.fieldnames or ())
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableList(path, type(error).__name__) from error
    if missing:
        raise UnreadableList(path, f"colonnes absentes : {', '.join(sorted(missing))}")
    if any(row[column] is None for row in rows for column in needed):
        raise UnreadableList(path, "ligne incomplète")
    return rows
