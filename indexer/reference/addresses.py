"""The commune that an address names, as files write it: `ST PAUL 3 CHATEAUX`, `PARIS 20`, `DIE CEDEX`."""

from typing import Final

from rapidfuzz import fuzz, process

from indexer.reference.commune import Commune, NameMatch
from indexer.reference.names import fold_all, fold_place, spell_out
from indexer.reference.tables import CommuneTable, departement_of

#: Inside one postal code, names this close are one (`BOURG LES VALANCE`), and none other may be as close by
#: `_AHEAD`: Châtillon-sur-Cluses is not Châtillon-en-Michaille.
_SAME_NAME: Final = 85
_AHEAD: Final = 8
_TELLING: Final = 5
_MOST_CANDIDATES: Final = 10


class AddressBook:
    """Communes by folded name and by postal code."""

    def __init__(self, table: CommuneTable) -> None:
        self._table = table
        self._folded = [
            spell_out(name) if kind == "arrondissement" else name
            for name, kind in zip(fold_all(table.names), table.kinds, strict=True)
        ]
        self._by_name: dict[str, list[int]] = {}
        self._by_postal: dict[str, list[int]] = {}
        for row, name in enumerate(self._folded):
            self._by_name.setdefault(name, []).append(row)
            for postal in table.codes_postaux(row):
                self._by_postal.setdefault(postal, []).append(row)
        for row, names in enumerate(table.other_names):
            for other in fold_all(names.split("|")) if names else ():
                self._by_name.setdefault(other, []).append(row)

    def find(self, nom: str, code_postal: str = "") -> NameMatch:
        """One commune when name and postal code leave no choice, else None and those that may be meant.

        A postal code that the name contradicts decides nothing; one of a CEDEX tells the département. A
        former commune answers with its own row (`current_code` is the code to keep).
        """
        name = fold_place(nom[:200])
        postal = _postal_code(code_postal)
        named = self._by_name.get(name, [])
        if not postal:
            return self._match(named, named)
        there = self._by_postal.get(postal, [])
        if not name:
            return self._match(self._standing(there), there)
        hits = self._in_postal_code(named, there) or self._in_departement(named, postal)
        if not hits and not named:
            hits = self._close_to(name, there)
        return self._match(hits, hits or [*named, *there])

    def _in_postal_code(self, named: list[int], there: list[int]) -> list[int]:
        """Paris with the postal code of the 20e is the 20e."""
        shared = set(there)
        parts = {part for row in named for part in self._table.parts.get(row, ())}
        arrondissements = [row for row in parts & shared if self._table.kinds[row] == "arrondissement"]
        return arrondissements or [row for row in named if row in shared]

    def _in_departement(self, named: list[int], postal: str) -> list[int]:
        """Corsica's two départements share the postal codes in 20."""
        wanted = {"2A", "2B"} if postal.startswith("20") else {departement_of(postal)}
        return [row for row in named if self._table.departement(row) in wanted]

    def _close_to(self, name: str, there: list[int]) -> list[int]:
        """The only name there that begins so (`AMBERIEU` in 01500), or that is a slip away."""
        begun = [row for row in self._standing(there) if self._folded[row].startswith(f"{name} ")]
        if len(begun) == 1 and len(name) >= _TELLING:
            return begun
        names = {row: self._folded[row] for row in there}
        close = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=_SAME_NAME - _AHEAD, limit=2)
        if not close or close[0][1] < _SAME_NAME or (len(close) > 1 and close[0][1] - close[1][1] < _AHEAD):
            return []
        return [close[0][2]]

    def _match(self, hits: list[int], candidates: list[int]) -> NameMatch:
        """A commune of today wins over a former one of its name."""
        chosen = self._standing(hits) or hits
        if len(chosen) == 1:
            commune = self._table.commune(chosen[0])
            return NameMatch(commune, (commune,))
        offered = list(dict.fromkeys(chosen or candidates))
        offered.sort(key=lambda row: (-int(self._table.populations[row]), self._table.codes[row]))
        return NameMatch(None, self._communes(offered[:_MOST_CANDIDATES]))

    def _standing(self, rows: list[int]) -> list[int]:
        """Communes of today; of a divided one, its arrondissement rather than the whole."""
        kept = [row for row in rows if self._table.kinds[row] != "ancienne-commune"]
        wholes = {self._table.parents[row] for row in kept if self._table.kinds[row] == "arrondissement"}
        return [row for row in kept if self._table.codes[row] not in wholes]

    def _communes(self, rows: list[int]) -> tuple[Commune, ...]:
        return tuple(self._table.commune(row) for row in rows)


def _postal_code(text: str) -> str:
    """Five digits, the zero that spreadsheets take from the first ones given back; "" for anything else."""
    digits = text.strip().removesuffix(".0").replace(" ", "")
    return digits.zfill(5) if digits.isdecimal() and digits.isascii() and len(digits) in (4, 5) else ""
