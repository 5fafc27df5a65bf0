"""The two tables the project ships, read as columns: a commune is made when it is asked for.

`scripts/build_communes.py` writes them; `data/README.md` tells where they come from and under which licence.
"""

import csv
import gzip
import sys
import zlib
from functools import cached_property
from itertools import islice
from math import pi
from pathlib import Path
from typing import Final, cast, get_args

import numpy as np

from indexer.document import Point
from indexer.reference.commune import Commune, CommuneKind, Territory, TerritoryType
from indexer.reference.errors import UnreadableList

DATA: Final = Path(__file__).parent / "data"

_COMMUNE_COLUMNS: Final = ["code", "nom", "kind", "epci", "ept", "population", "lat", "lon", "surface",
                           "codes_postaux", "parent", "anciens_codes", "autres_noms"]  # fmt: skip
_TERRITORY_COLUMNS: Final = ["type", "code", "nom", "region", "population"]


class CommuneTable:
    """Communes by row number, in the order of their codes. Raises UnreadableList."""

    def __init__(self, folder: Path = DATA) -> None:
        columns = _columns(folder / "communes.csv.gz", _COMMUNE_COLUMNS)
        (self.codes, self.names, kinds, self.epcis, self.epts, populations, lats, lons, surfaces,
         self.postal_codes, self.parents, former, self.other_names) = columns  # fmt: skip
        self.epcis = [sys.intern(epci) for epci in self.epcis]
        known = {kind: cast("CommuneKind", kind) for kind in get_args(CommuneKind)}
        self.kinds: list[CommuneKind] = [known[kind] for kind in kinds]
        self.populations = np.array(populations, dtype=np.int64)
        self.latitudes = np.array(lats, dtype=np.float64)
        self.longitudes = np.array(lons, dtype=np.float64)
        #: Kilometres from the centre to the edge, were the commune round.
        self.radii_km = np.sqrt(np.array(surfaces, dtype=np.float64) / pi)
        self.rows: dict[str, int] = {code: row for row, code in enumerate(self.codes)}
        #: Codes that have no row of their own any more, and the row of the commune that took them over.
        self.former: dict[str, int] = {
            code: row for row, codes in enumerate(former) if codes for code in codes.split()
        }
        self.territories = read_territories(folder)

    def find_row(self, code: str) -> int | None:
        row = self.rows.get(code)
        return self.former.get(code) if row is None else row

    def current_row(self, row: int) -> int:
        """The row of the commune that this one is part of; itself when it stands alone."""
        return self.rows[self.parents[row]] if self.parents[row] else row

    def departement(self, row: int) -> str:
        """The département of the commune that stands there today."""
        return departement_of(self.codes[self.current_row(row)])

    def codes_postaux(self, row: int) -> tuple[str, ...]:
        """A former commune has its commune's: the postal table no longer tells them apart."""
        return tuple((self.postal_codes[row] or self.postal_codes[self.current_row(row)]).split())

    def commune(self, row: int) -> Commune:
        current = self.current_row(row)
        departement = departement_of(self.codes[current])
        return Commune(
            code=self.codes[row],
            nom=self.names[row],
            kind=self.kinds[row],
            departement=departement,
            region=self.territories["departement", departement].region,
            epci=self.epcis[current],
            ept=self.epts[current],
            population=int(self.populations[row]),
            point=Point(float(self.latitudes[row]), float(self.longitudes[row])),
            codes_postaux=self.codes_postaux(row),
            parent=self.parents[row],
        )

    @cached_property
    def parts(self) -> dict[int, list[int]]:
        """Rows of the arrondissements and former communes of each commune that has any."""
        parts: dict[int, list[int]] = {}
        for row, parent in enumerate(self.parents):
            if parent:
                parts.setdefault(self.rows[parent], []).append(row)
        return parts

    @cached_property
    def former_codes(self) -> dict[int, list[str]]:
        """Codes without a row of their own, by the row of the commune that took them over."""
        codes: dict[int, list[str]] = {}
        for code, row in self.former.items():
            codes.setdefault(row, []).append(code)
        return codes


def departement_of(code: str) -> str:
    """`26362` → `26`, `2A004` → `2A`, `97411` → `974`."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def read_territories(folder: Path = DATA) -> dict[tuple[TerritoryType, str], Territory]:
    """Territories by type and code: `84` is a région and a département. Raises UnreadableList."""
    columns = _columns(folder / "territories.csv.gz", _TERRITORY_COLUMNS)
    known = {kind: cast("TerritoryType", kind) for kind in get_args(TerritoryType)}
    return {
        (known[kind], code): Territory(known[kind], code, nom, region, int(population))
        for kind, code, nom, region, population in zip(*columns, strict=True)
    }


def _columns(path: Path, expected: list[str]) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in expected]
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if next(reader, None) != expected:
                raise UnreadableList(path, "colonnes inattendues")
            # By slices: all the rows at once would take three times the memory of the columns.
            while rows := list(islice(reader, 2000)):
                for column, values in zip(columns, zip(*rows, strict=True), strict=True):
                    column.extend(values)
    except (OSError, EOFError, zlib.error, csv.Error, ValueError) as error:
        raise UnreadableList(path, type(error).__name__) from error
    return columns
