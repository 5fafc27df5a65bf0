"""Finding what a file names in the method, and counting what nobody knows."""

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Final, TypeVar

from matching.asked import Asked
from matching.diagnostic.mapping import Entry, Mapping
from matching.diagnostic.nomenclature import Api, Section
from matching.diagnostic.wording import fold

T = TypeVar("T")

#: What might be somebody's number or address is not repeated, wherever it was written.
_PERSONAL: Final = re.compile(r"\d(?:[ .-]?\d){8,}|\S+@\S+")
SHOWN: Final = 120


@dataclass(slots=True)
class Finder:
    """The method, and what one file named. `read` and `unknown` count the items met."""

    mapping: Mapping
    api: Api = "v4"
    read: int = 0
    unknown: int = 0
    unrecognised: list[str] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)

    def entry(self, section: Section, asked: Asked, under: str = "") -> Entry | None:
        """The item of an object by its label, which people read, else by its code in that version; one that
        is not known is counted and kept to be shown."""
        label = self.told(asked, "libelle", "nom")
        code = self.told(asked, "code", "id")
        if label is None and code is None:
            asked.fault("code", "un code ou un libellé est attendu")
            return None
        self.read += 1
        found = self.mapping.find(section, label, under=under, api=self.api) if label else None
        if found is None and code:
            found = self.mapping.find(section, code, under=under, api=self.api)
        if found is None:
            self.unknown_item(f"{label} (code {code})" if label and code else label or f"code {code}")
        return found

    def by_label(self, section: Section, told: str) -> Entry | None:
        """An item told alone by its words."""
        self.read += 1
        found = self.mapping.find(section, told, api=self.api)
        if found is None:
            self.unknown_item(told)
        return found

    def value(self, asked: Asked, key: str, known: Table[str, T], entry: Entry | None = None) -> T | None:
        """One of the words the API uses, in whatever case; another one is counted and kept to be shown."""
        told = self.told(asked, key)
        if told is None:
            return None
        if (word := fold(told)) in known:
            return known[word]
        self.not_recognised(f"{entry.label if entry else asked.at(key)} : {key} « {told} »")
        return None

    def word(self, told: str | None) -> str:
        """Folded; empty when not told."""
        return fold(told) if told else ""

    def unknown_item(self, told: str) -> None:
        """An item that is not in the method."""
        self.unknown += 1
        self.not_recognised(told)

    def not_recognised(self, told: str) -> None:
        """Keep it to be shown, without what could be somebody's number."""
        self.unrecognised.append(_PERSONAL.sub("…", told)[:SHOWN])

    def told(self, asked: Asked, *keys: str) -> str | None:
        """The first that is told; an empty text is not told."""
        for key in keys:
            held = asked.value(key)
            if held is None or (isinstance(held, str) and not held.strip()):
                continue
            if told := asked.text(key):
                return told
        return None
