"""Communes of France: by code old or new, by name, by place, and the zones that cover them."""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.document import Point
from indexer.engine import Suggestion
from indexer.reference.addresses import AddressBook
from indexer.reference.commune import Commune, NameMatch, Territory, TerritoryType
from indexer.reference.distance import distances_km
from indexer.reference.errors import UnknownCommune
from indexer.reference.places import Places
from indexer.reference.tables import DATA, CommuneTable
from indexer.reference.zone_names import ZoneNames

FRANCE: Final = "france"
FRANCE_AS_COUNTRY: Final = "99100"
_EVERYWHERE: Final = frozenset({FRANCE, FRANCE_AS_COUNTRY})
_COUNTRY: Final = re.compile(r"99[0-5]\d{2}")


class Communes:
    """The whole list, read from `folder`. Raises UnreadableList."""

    def __init__(self, folder: Path = DATA) -> None:
        self._table = CommuneTable(folder)
        self._rural: Mapping[str, bool | None] | None = None

    def with_rural(self, rural: Mapping[str, bool | None]) -> "Communes":
        """The same list, knowing which communes are in zone France Ruralités Revitalisation."""
        known = copy(self)
        vars(known)["_rural"] = rural
        return known

    def is_rural(self, code: str) -> bool | None:
        """Whether a commune is in zone France Ruralités Revitalisation; None without a list, for a part of it
        only, or for a commune that the list does not hold."""
        return None if self._rural is None else self._rural.get(code)

    def __len__(self) -> int:
        return len(self._table.codes)

    def standing(self) -> Iterator[Commune]:
        """The communes of today, by code; arrondissements and former communes left out."""
        return (self._table.commune(int(row)) for row in self._standing)

    def find(self, code: str) -> Commune | None:
        """The commune of a code of today, of an arrondissement, or of a commune merged since.

        Of a merged one it is its own row, `parent` telling where it went; codes given up so long ago that
        no list keeps their name answer with the commune of today.
        """
        row = self._table.find_row(code)
        return None if row is None else self._table.commune(row)

    def get(self, code: str, *, field: str = "code_insee") -> Commune:
        """Raises UnknownCommune, in the name of `field`, with the nearest communes."""
        return self._table.commune(self._get_row(code, field))

    def current(self, code: str) -> Commune:
        """The commune that stands there today: Paris for an arrondissement. Raises UnknownCommune."""
        return self._table.commune(self._table.current_row(self._get_row(code)))

    def relatives(self, code: str) -> frozenset[str]:
        """Other codes of the same place: a commune's arrondissements and former communes, or the commune
        of which this one is a part. Never its neighbours inside that commune. Raises UnknownCommune."""
        table = self._table
        row = self._get_row(code)
        current = table.current_row(row)
        related = {table.codes[row], table.codes[current]}
        if row == current:
            related.update(table.codes[part] for part in table.parts.get(row, ()))
            related.update(table.former_codes.get(row, ()))
        return frozenset(related - {code})

    def zones_of(self, code: str) -> frozenset[str]:
        """Every code of a `zone_eligibilite` that covers this commune. Raises UnknownCommune.

        No région: the schema spells it as its départements, whose codes it would be mistaken for.
        """
        commune = self.get(code)
        around = {commune.epci, commune.ept, commune.departement} - {""}
        return frozenset({code}) | self.relatives(code) | around | _EVERYWHERE

    def is_zone_code(self, code: str) -> bool:
        """Whether a code of a `zone_eligibilite` exists: commune, EPCI, département, country or `france`."""
        return (
            code in _EVERYWHERE
            or self._table.find_row(code) is not None
            or self.find_territory("epci", code) is not None
            or self.find_territory("departement", code) is not None
            or _COUNTRY.fullmatch(code) is not None
        )

    def zone_label(self, code: str) -> str:
        """What a reader sees for a code of a `zone_eligibilite`; the code itself when it is not known."""
        if code in _EVERYWHERE:
            return "France entière"
        row = self._table.find_row(code)
        if row is not None:
            return self._table.names[row]
        territory = self.find_territory("epci", code) or self.find_territory("departement", code)
        return territory.nom if territory else code

    def find_territory(self, type_: TerritoryType, code: str) -> Territory | None:
        """An EPCI (or EPT), a département or a région."""
        return self._table.territories.get((type_, code))

    def nearest(self, lat: float, lon: float) -> Commune:
        """The commune of today a point most likely lies in: the one whose centre is nearest for its size.

        Tried on the town halls of France: right for nine in ten, for 95 in 100 of the thousand largest towns
        (90 by distance alone, which gives half of Valence to the small town across the Rhône).
        """
        rows = self._standing
        table = self._table
        distances = distances_km(Point(lat, lon), table.latitudes[rows], table.longitudes[rows])
        return table.commune(int(rows[np.argmin(distances / table.radii_km[rows])]))

    def suggest(self, q: str, limit: int = 10) -> list[Suggestion]:
        """Communes, arrondissements, former communes, EPCI, départements and régions for what is being
        typed: a name, part of it, or a postal code. `type` says which."""
        return self._places.suggest(q, limit)

    def find_by_name(self, nom: str, code_postal: str = "") -> NameMatch:
        """The commune that an address names, if only one can be meant. See `addresses`."""
        return self._addresses.find(nom, code_postal)

    def codes_named(self, name: str) -> frozenset[str]:
        """The zone codes that a name written in a text may stand for: communes (every homonym), EPCI,
        département, région (its départements). Empty when nothing bears it."""
        return self._zone_names.find(name)

    def nearest_labels(self, value: str, limit: int = 3) -> tuple[str, ...]:
        """Communes that an unknown code or a name given for a code may have meant, with their codes."""
        meant = [place for place in self.suggest(value, 4 * limit) if place.type in _COMMUNE_KINDS]
        codes = [place.code for place in meant]
        if not codes and len(value) <= 6:
            close = process.extract(
                value.upper(), self._table.codes, scorer=OSA.distance, score_cutoff=1, limit=limit
            )
            codes = [code for code, _, _ in close]
        known = [self._table.commune(self._table.rows[code]) for code in dict.fromkeys(codes)]
        return tuple(f"{commune.nom} ({commune.code})" for commune in known[:limit])

    @cached_property
    def _places(self) -> Places:
        return Places(self._table)

    @cached_property
    def _zone_names(self) -> ZoneNames:
        return ZoneNames(self._table)

    @cached_property
    def _addresses(self) -> AddressBook:
        return AddressBook(self._table)

    @cached_property
    def _standing(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        return np.array([row for row, kind in enumerate(self._table.kinds) if kind == "commune"])

    def _get_row(self, code: str, field: str = "code_insee") -> int:
        row = self._table.find_row(code)
        if row is None:
            raise UnknownCommune(field, code, self.nearest_labels(code[:100]))
        return row


_COMMUNE_KINDS: Final = frozenset({"commune", "arrondissement", "ancienne-commune"})


@cache
def load_communes() -> Communes:
    """The list the project ships, read once."""
    return Communes()
