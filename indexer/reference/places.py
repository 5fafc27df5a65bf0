"""Places suggested as one types: communes, arrondissements, former names, EPCI, départements and régions."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.engine import Suggestion
from indexer.reference.commune import Territory
from indexer.reference.completion import NameIndex
from indexer.reference.names import fold_all, fold_place, spell_out
from indexer.reference.tables import CommuneTable

#: What one inhabitant counts for by kind of place. A town comes before the territory that bears its name
#: (Vienne, Mayenne), a département before a village that does (Loire before Loiré).
_SHARES: Final = {"departement": 0.02, "epci": 0.01, "region": 0.01, "ancienne-commune": 0.5}
#: How many names are looked at when a postal code typed beside the name chooses among them.
_WIDE: Final = 300
_AFTER_DIGITS: Final = ":"
#: Shorter than for other words (Crets, Loriol): whoever types sees which place is proposed.
_SHORTEST_FORGIVEN: Final = 5


@dataclass(frozen=True, slots=True)
class _Place:
    """One name that can be typed, and the row or the territory it names."""

    name: str
    type: str
    row: int
    territory: Territory | None
    weight: float


class Places:
    """Suggestions over a table of communes and its territories."""

    def __init__(self, table: CommuneTable) -> None:
        self._table = table
        self._places = [*_communes(table), *_former_names(table), *_territories(table)]
        folded = fold_all(place.name for place in self._places)
        spelled = [
            spell_out(name) if place.type == "arrondissement" else name
            for name, place in zip(folded, self._places, strict=True)
        ]
        # Romens is Romans-sur-Isère before one of the two villages that are Romans and no more.
        self._names = NameIndex(
            spelled, [place.weight for place in self._places],
            shortest_forgiven=_SHORTEST_FORGIVEN, whole_first=False,
        )  # fmt: skip
        self._by_code = {code: at for at, place in enumerate(self._places) if (code := self._number(place))}
        self._divided = {self._table.parents[place.row] for place in self._places
                         if place.type == "arrondissement"}  # fmt: skip
        self._postal = sorted(
            (postal, at)
            for at, place in enumerate(self._places)
            if place.type in ("commune", "arrondissement")
            for postal in table.codes_postaux(place.row)
        )

    def suggest(self, q: str, limit: int) -> list[Suggestion]:
        """Best first, each place once. Digits alone are a département, a postal code or a commune's code."""
        query = fold_place(q[:100])
        numbered = query.isdigit()
        found = self._numbered(query) if numbered else self._coded(query) + self._named(query, limit)
        return [self._suggestion(self._places[at]) for at in list(dict.fromkeys(found))[:limit]]

    def _named(self, query: str, limit: int) -> list[int]:
        """As spelt (`paris 8`), else with a number that narrows (`valence 26`), else with slips forgiven."""
        return (
            self._names.complete(query, limit) or self._narrowed(query) or self._names.forgive(query, limit)
        )

    def _coded(self, query: str) -> list[int]:
        """The département or commune that has this code: `26`, `2a`, `2a004`, `26362`."""
        at = self._by_code.get(query.upper())
        return [] if at is None else [at]

    def _numbered(self, digits: str) -> list[int]:
        """A département, communes by postal code as it is being typed, a commune by its own code."""
        if not 2 <= len(digits) <= 5:
            return []
        coded = self._coded(digits)
        begun = self._with_postal_code(digits)
        return coded + begun if len(digits) < 5 else begun + coded

    def _with_postal_code(self, prefix: str) -> list[int]:
        """The most peopled first; but a whole postal code of Paris is first of all an arrondissement's."""
        low = bisect_left(self._postal, (prefix,))
        high = bisect_left(self._postal, (prefix + _AFTER_DIGITS,), low)
        found = {at for _, at in self._postal[low:high]}

        def order(at: int) -> tuple[bool, float, int]:
            place = self._places[at]
            return len(prefix) == 5 and self._table.codes[place.row] in self._divided, -place.weight, at

        return sorted(found, key=order)

    def _narrowed(self, query: str) -> list[int]:
        """A name beside a postal code or a département: `valence 26000`, `26 valence`, `saint denis 97`."""
        words = query.split()
        numbers = [word for word in words if word[0].isdigit()]
        if len(numbers) != 1 or len(words) < 2:
            return []
        name = " ".join(word for word in words if word not in numbers)
        return [
            at for at in self._names.complete(name, _WIDE) if self._is_there(self._places[at], numbers[0])
        ]

    def _is_there(self, place: _Place, number: str) -> bool:
        if place.territory is not None:
            return place.territory.code.lower() == number
        codes = (self._table.departement(place.row).lower(), *self._table.codes_postaux(place.row))
        return any(code.startswith(number) for code in codes)

    def _number(self, place: _Place) -> str | None:
        """The code that can be typed for a place; a région's would be taken for a département's."""
        if place.territory is not None:
            return place.territory.code if place.type == "departement" else None
        if place.name != self._table.names[place.row]:
            return None
        return self._table.codes[place.row]

    def _suggestion(self, place: _Place) -> Suggestion:
        if place.territory is not None:
            return Suggestion(_territory_label(place.territory), place.territory.code, place.type)
        table = self._table
        postal = table.codes_postaux(place.row)
        where = postal[0] if len(postal) == 1 else table.departement(place.row)
        label = f"{place.name} ({where})"
        if place.type == "ancienne-commune":
            label += f", aujourd’hui {table.names[table.current_row(place.row)]}"
        return Suggestion(label, table.codes[place.row], place.type)


def _communes(table: CommuneTable) -> Iterator[_Place]:
    for row, kind in enumerate(table.kinds):
        weight = float(table.populations[row]) * _SHARES.get(kind, 1.0)
        yield _Place(table.names[row], kind, row, None, weight)


def _former_names(table: CommuneTable) -> Iterator[_Place]:
    """Names of former communes whose code went on as the code of the commune that took them in."""
    for row, names in enumerate(table.other_names):
        for name in names.split("|") if names else ():
            yield _Place(name, "ancienne-commune", row, None, 0.0)


def _territories(table: CommuneTable) -> Iterator[_Place]:
    """Overseas a territory is listed as département and as région: the département says it."""
    departements = {t.nom for t in table.territories.values() if t.type == "departement"}
    for territory in table.territories.values():
        if territory.type == "region" and territory.nom in departements:
            continue
        weight = territory.population * _SHARES[territory.type]
        yield _Place(territory.nom, territory.type, -1, territory, weight)


def _territory_label(territory: Territory) -> str:
    match territory.type:
        case "departement":
            return f"{territory.nom} (département, {territory.code})"
        case "region":
            return f"{territory.nom} (région)"
        case "epci":
            return territory.nom
