"""Communes in zone France Ruralités Revitalisation (FRR), from the list its administration publishes.

The list changes by decree and is not shipped: whoever serves a territory fetches it and names the file. A CSV
with a column of INSEE codes and, in the list of the DGCL, one of the classification.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from indexer.reference.errors import UnreadableList
from indexer.reference.names import fold

_INSEE: Final = re.compile(r"\d[\dAB]\d{3}")
#: Said of a commune that is not classed.
_NOT_CLASSED: Final = ("", "non classee", "non classe", "non", "9999", "0")


def read_rural(file: Path) -> Mapping[str, bool | None]:
    """Whether each commune of the list is classed; None where only a part of it is, which the address tells.
    Raises UnreadableList, OSError."""
    try:
        rows = list(_rows(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableList(file, "ce n’est pas un fichier CSV en UTF-8") from error
    if not rows:
        raise UnreadableList(file, "fichier vide")
    header = [fold(name) for name in rows[0]]
    code = next((at for at, name in enumerate(header) if "insee" in name or "codgeo" in name), None)
    if code is None:
        raise UnreadableList(file, "pas de colonne de codes INSEE (Code_insee, codgeo…)")
    kind = next((at for at, name in enumerate(header) if "classement" in name or "frr" in name), None)
    told = ((row[code].strip().upper().zfill(5), row) for row in rows[1:] if len(row) > code)
    found = {insee: _classed(row, kind) for insee, row in told if _INSEE.fullmatch(insee)}
    if not found:
        raise UnreadableList(file, "aucun code INSEE de commune")
    return MappingProxyType(found)


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        sample = opened.readline()
        opened.seek(0)
        yield from csv.reader(opened, delimiter=";" if ";" in sample else ",")


def _classed(row: list[str], kind: int | None) -> bool | None:
    """A list without a classification names only the communes that are classed."""
    if kind is None:
        return True
    said = fold(row[kind]) if len(row) > kind else ""
    if said in _NOT_CLASSED:
        return False
    return None if "partiel" in said else True
