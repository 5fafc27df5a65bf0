"""Reading the lines of a mapping file: each item it speaks of, its weights, statuses, authors and indicators,
every fault kept with the place it stands at."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final

from indexer.reference.vocabulary import CATEGORIES, THEMES
from matching.diagnostic.entries import INDICATORS, STATUSES, TRANSPORTS, Entry, Line
from matching.diagnostic.nomenclature import Item, Nomenclature, Section
from matching.facts import FACTS

_KEYS: Final = ("themes", "indicators", "nowhere", "aliases", "status", "author")
_INSIDE_A_CATEGORY: Final = ("objectives", "situations")


class LineReader:
    """Reads one file. `partial`: a line of weight 0 takes the packaged one away. `faults` are sentences."""

    def __init__(self, names: Nomenclature, status: str, author: str, *, partial: bool) -> None:
        self.faults: list[str] = []
        self._names = names
        self._signed = {"status": status, "author": author}
        self._partial = partial

    def read(self, section: Section, told: object, base: Table[Item, Entry]) -> dict[Item, Entry]:
        """The entries of a section, those of `base` completed."""
        found: dict[Item, Entry] = {}
        for place, item, value in self._items(section, told):
            if item in found:
                self.faults.append(f"{place} : dit deux fois")
            found[item] = self._entry(place, item, value, base.get(item))
        return found

    def _items(self, section: Section, told: object) -> Iterator[tuple[str, Item, Table[str, Any]]]:
        """(place in the file, item, what is said of it)."""
        if section == "criteria":
            for code, value, place, body in self._twice(section, told):
                yield from self._known(place, self._names.find_criterion(code, value), body)
        elif section in _INSIDE_A_CATEGORY:
            for under, label, place, body in self._twice(section, told):
                item = self._names.find(section, label, under=under)
                if under not in CATEGORIES:
                    self.faults.append(f"{place} : « {under} » n’est pas une catégorie")
                elif item is not None and item.under != under:
                    self.faults.append(f"{place} : se range sous {item.under}")
                else:
                    yield from self._known(place, item, body, self._labels(section, under), label)
        else:
            for name, body in self._table(section, told):
                yield from self._known(f"{section}.{name}", self._names.find(section, name), body)

    def _twice(self, section: str, told: object) -> Iterator[tuple[str, str, str, object]]:
        for outer, inside in self._table(section, told):
            for inner, body in self._table(f"{section}.{outer}", inside):
                yield outer, inner, f"{section}.{outer}.« {inner} »", body

    def _table(self, place: str, told: object) -> Iterable[tuple[str, object]]:
        if isinstance(told, dict):
            return list(told.items())
        self.faults.append(f"{place} : une table est attendue")
        return ()

    def _known(
        self, place: str, item: Item | None, body: object, among: Iterable[str] = (), label: str = ""
    ) -> Iterator[tuple[str, Item, Table[str, Any]]]:
        if item is None:
            self.faults.append(f"{place} : n’est pas dans la méthode{nearest(label, among)}")
        elif not isinstance(body, dict):
            self.faults.append(f"{place} : une table est attendue")
        else:
            yield place, item, body

    def _labels(self, section: Section, under: str) -> list[str]:
        return [item.label for item in self._names.of(section) if item.under == under]

    def _entry(self, place: str, item: Item, told: Table[str, Any], base: Entry | None) -> Entry:
        self.faults += [
            f"{place} : clé inconnue « {key} »{nearest(key, _KEYS)}" for key in told if key not in _KEYS
        ]
        lines = {line.theme: line for line in base.lines} if base else {}
        for theme, value in self._table(f"{place}.themes", told.get("themes", {})):
            line = self._line(f"{place} : {theme}", theme, value, self._signed | _signed(told))
            lines[theme] = line
        indicators = dict(base.indicators) if base else {}
        indicators |= self._indicators(place, told.get("indicators", {}))
        aliases = told.get("aliases", [])
        if not isinstance(aliases, list) or not all(isinstance(one, str) and one for one in aliases):
            self.faults.append(f"{place}.aliases : une liste de textes est attendue")
            aliases = []
        return Entry(
            item=item,
            lines=tuple(line for line in lines.values() if line.weight > 0),
            indicators=MappingProxyType(
                {name: value for name, value in indicators.items() if value is not False}
            ),
            nowhere=str(told.get("nowhere", base.nowhere if base else "")),
            aliases=(*(base.aliases if base else ()), *aliases),
        )

    def _line(self, place: str, theme: str, told: object, signed: Table[str, str]) -> Line:
        if isinstance(told, dict):
            weight, signed = told.get("weight"), {**signed, **_signed(told)}
            self.faults += [f"{place} : clé inconnue « {key} »" for key in told
                            if key not in ("weight", "status", "author")]  # fmt: skip
        else:
            weight = told
        if theme not in THEMES:
            self.faults.append(f"{place} n’est pas une thématique{nearest(theme, THEMES.codes)}")
        if signed["status"] not in STATUSES:
            self.faults.append(f"{place} : statut « {signed['status']} » ; choisir {', '.join(STATUSES)}")
        return Line(theme, self._weight(place, weight), signed["status"], signed["author"])

    def _weight(self, place: str, told: object) -> float:
        number = isinstance(told, int | float) and not isinstance(told, bool)
        if number and (0 < told <= 1 or (told == 0 and self._partial)):  # type: ignore[operator]
            return float(told)  # type: ignore[arg-type]
        self.faults.append(f"{place} : le poids « {told} » n’est pas un nombre au-dessus de 0 et jusqu’à 1")
        return 1.0

    def _indicators(self, place: str, told: object) -> dict[str, Any]:
        found = {}
        for name, value in self._table(f"{place}.indicators", told):
            if name not in INDICATORS:
                self.faults.append(f"{place} : indicateur inconnu « {name} »{nearest(name, INDICATORS)}")
            elif not _takes(name, value):
                self.faults.append(f"{place} : l’indicateur {name} ne peut pas valoir « {value} »")
            else:
                found[name] = value
        return found


def nearest(told: str, among: Iterable[str]) -> str:
    """« ; vouliez-vous dire … ? », or nothing."""
    close = get_close_matches(told, list(among), 1, 0.6) if told else []
    return f" ; vouliez-vous dire « {close[0]} » ?" if close else ""


def _signed(told: Table[str, Any]) -> dict[str, str]:
    return {key: str(told[key]) for key in ("status", "author") if key in told}


def _takes(name: str, value: object) -> bool:
    """Whether an indicator may have that value."""
    if name == "transport":
        return value in TRANSPORTS
    if name in ("faits", "faits_non"):
        return isinstance(value, list) and all(one in FACTS for one in value)
    if name == "rayon_max_km":
        return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    if name == "niveau":
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 8
    return isinstance(value, bool)
