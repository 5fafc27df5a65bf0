"""Which thématiques a constraint, a situation, an objective, a need or a criterion leads to: a frozen,
versioned value.

The packaged default is `mapping.toml`; a territory gives its own to `read_mapping`, whole or only the lines
it changes. What the items are called is `nomenclature`.
"""

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from indexer.reference.vocabulary import THEMES
from matching.diagnostic.entries import Entry, Line
from matching.diagnostic.mapping_lines import LineReader, nearest
from matching.diagnostic.nomenclature import (
    SECTIONS,
    Api,
    Item,
    Nomenclature,
    Section,
    default_nomenclature,
)  # fmt: skip
from matching.diagnostic.wording import fold
from matching.errors import InvalidMapping

__all__ = ["Entry", "Line", "Mapping", "default_mapping", "read_mapping"]

#: What a file that changes only some lines says it stands on.
PACKAGED: Final = "jalon"
_HEADINGS: Final = ("version", "status", "author", "extends")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The whole method. `find_*` return None for what it does not know, so that it can be shown."""

    version: str
    nomenclature: Nomenclature
    entries: Table[Item, Entry]
    _aliases: Table[tuple[str, str, str], Entry] = field(default_factory=dict, repr=False)

    def of(self, section: Section) -> tuple[Entry, ...]:
        """The entries of a section, in the order of the method."""
        return tuple(self.entries[item] for item in self.nomenclature.of(section))

    @property
    def constraints(self) -> tuple[Entry, ...]:
        """The eight."""
        return self.of("constraints")

    @property
    def needs(self) -> tuple[Entry, ...]:
        """The 21."""
        return self.of("needs")

    @property
    def objectives(self) -> tuple[Entry, ...]:
        """Those of every constraint."""
        return self.of("objectives")

    @property
    def situations(self) -> tuple[Entry, ...]:
        """Those of every constraint."""
        return self.of("situations")

    def find_constraint(self, code: str) -> Entry | None:
        """By catégorie, France Travail code or label."""
        return self.find("constraints", code)

    def find_need(self, code: str) -> Entry | None:
        """By number 1–21 or label."""
        return self.find("needs", code)

    def find_objective(self, told: str, *, under: str) -> Entry | None:
        """By code, read inside its constraint, or by label, wherever it belongs."""
        return self.find("objectives", told, under=under)

    def find_situation(self, told: str, *, under: str) -> Entry | None:
        """By code, read inside its constraint, or by label, wherever it belongs."""
        return self.find("situations", told, under=under)

    def find_criterion(self, code: str, value: str) -> Entry | None:
        """An orientation criterion and its value."""
        item = self.nomenclature.find_criterion(code, value)
        return self.entries[item] if item else None

    def find(self, section: Section, told: str, *, under: str = "", api: Api = "v4") -> Entry | None:
        """Any item by its words or its code; the territory's own wordings last."""
        item = self.nomenclature.find(section, told, under=under, api=api)
        if item is not None:
            return self.entries[item]
        key = fold(told)
        return self._aliases.get((section, under, key)) or self._aliases.get((section, "", key))


@cache
def default_mapping() -> Mapping:
    """The mapping packaged with this version, read once."""
    return read_mapping(files("matching.diagnostic").joinpath("mapping.toml").read_text("utf-8"))


def read_mapping(toml: str, nomenclature: Nomenclature | None = None) -> Mapping:
    """A mapping from its file's text: whole, or with `extends = "jalon"` the lines that differ from the
    packaged one. Raises InvalidMapping with every fault, in French: who edits it reads them."""
    try:
        raw = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise InvalidMapping([f"ce n’est pas un fichier TOML : {error}"]) from error
    extends, faults = raw.get("extends"), _heading_faults(raw)
    base = default_mapping().entries if extends == PACKAGED else {}
    names = nomenclature or default_nomenclature()
    reader = LineReader(names, raw.get("status", ""), raw.get("author", ""), partial=bool(extends))
    entries = dict(base)
    for section in SECTIONS:
        entries.update(reader.read(section, raw.get(section, {}), base))
    entries = {item: entries.get(item) or Entry(item=item) for item in names.items}
    faults += [*reader.faults, *_gaps(entries)]
    if faults:
        raise InvalidMapping(faults)
    version = f"{raw['version']} sur {default_mapping().version}" if extends else str(raw["version"])
    return Mapping(
        version=version, nomenclature=names, entries=MappingProxyType(entries), _aliases=_aliases(entries)
    )


def _heading_faults(raw: Table[str, Any]) -> list[str]:
    faults = [f"{name} : manque" for name in ("version", "status", "author") if not raw.get(name)]
    known = (*_HEADINGS, *SECTIONS)
    faults += [f"« {name} » n’est pas une partie de la méthode{nearest(name, known)}"
               for name in raw if name not in known]  # fmt: skip
    if raw.get("extends") not in (None, PACKAGED):
        faults.append(f"extends : seul « {PACKAGED} » peut être complété")
    return faults


def _gaps(entries: Table[Item, Entry]) -> list[str]:
    """Items that land nowhere without a reason, and thématiques that nothing leads to."""
    faults = [
        f"{'.'.join(item.path)} : ne mène à aucune thématique (sinon, dire pourquoi avec « nowhere »)"
        for item, entry in entries.items()
        if not entry.lines and not entry.indicators and not entry.nowhere
    ]
    reached = {line.theme for entry in entries.values() for line in entry.lines}
    return faults + [f"{theme} : rien n’y mène" for theme in THEMES.codes if theme not in reached]


def _aliases(entries: Table[Item, Entry]) -> Table[tuple[str, str, str], Entry]:
    found: dict[tuple[str, str, str], Entry] = {}
    for entry in entries.values():
        for alias in entry.aliases:
            found.setdefault((entry.section, entry.under, fold(alias)), entry)
            found.setdefault((entry.section, "", fold(alias)), entry)
    return MappingProxyType(found)
