"""Which thématiques a constraint, a situation, an objective or a need leads to: a frozen, versioned value.

The packaged default is `mapping.toml`; a territory gives its own to `read_mapping`. Labels land whatever
their accents, apostrophes, capitals and spaces; older wordings and the codes of both versions of the France
Travail API are aliases.
"""

import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal

from indexer.reference.vocabulary import THEMES
from matching.diagnostic.wording import fold
from matching.errors import InvalidMapping

Polarity = Literal["need", "asset", "neutral"]
_POLARITIES: Final = ("need", "asset", "neutral")
_SECTIONS: Final = ("constraints", "needs", "objectives", "situations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the national method. `under` is the catégorie it belongs to; `themes` maps a thématique to
    how far it answers (0..1]; `indicators` are facts the rules read."""

    label: str
    under: str
    codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    polarity: Polarity = "need"
    themes: Table[str, float] = field(default_factory=dict)
    indicators: Table[str, Any] = field(default_factory=dict)
    status: str
    author: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The whole method. `find_*` return None for what it does not know, so that it can be shown."""

    version: str
    constraints: tuple[Entry, ...]
    needs: tuple[Entry, ...]
    objectives: tuple[Entry, ...]
    situations: tuple[Entry, ...]
    _index: Table[tuple[str, str, str], Entry] = field(repr=False)

    def find_constraint(self, code: str) -> Entry | None:
        """By catégorie, France Travail code or label."""
        return self._index.get(("constraints", "", fold(code)))

    def find_need(self, code: str) -> Entry | None:
        """By number 1–21 or label."""
        return self._index.get(("needs", "", fold(code)))

    def find_objective(self, told: str, *, under: str) -> Entry | None:
        """By code, read inside its constraint, or by label, wherever it belongs."""
        return self._find("objectives", told, under)

    def find_situation(self, told: str, *, under: str) -> Entry | None:
        """By code, read inside its constraint, or by label, wherever it belongs."""
        return self._find("situations", told, under)

    def _find(self, section: str, told: str, under: str) -> Entry | None:
        key = fold(told)
        return self._index.get((section, under, key)) or self._index.get((section, "", key))


@cache
def default_mapping() -> Mapping:
    """The mapping packaged with this version, read once."""
    return read_mapping(files("matching.diagnostic").joinpath("mapping.toml").read_text("utf-8"))


def read_mapping(toml: str) -> Mapping:
    """A mapping from its file's text. Raises InvalidMapping with every fault."""
    try:
        raw = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise InvalidMapping([f"not a TOML file: {error}"]) from error
    faults = _faults(raw)
    if faults:
        raise InvalidMapping(faults)
    sections = {name: tuple(_entry(one, raw) for one in raw[name]) for name in _SECTIONS}
    return Mapping(version=raw["version"], **sections, _index=_indexed(sections))


def _faults(raw: Table[str, Any]) -> list[str]:
    missing = [name for name in ("version", "status", "author", *_SECTIONS) if not raw.get(name)]
    if missing:
        return [f"{name}: missing" for name in missing]
    known = set(THEMES.codes)
    entries = [(name, one) for name in _SECTIONS for one in raw[name]]
    faults = [fault for name, one in entries for fault in _entry_faults(name, one, known)]
    reached = {theme for _, one in entries for theme in one.get("themes", {})}
    return faults + [f"{theme}: no constraint, need, objective or situation leads there"
                     for theme in sorted(known - reached)]  # fmt: skip


def _entry_faults(section: str, one: Table[str, Any], known: Iterable[str]) -> list[str]:
    name = f"{section} « {one.get('label', '?')} »"
    faults = [f"{name}: {theme} is not a thématique" for theme in one.get("themes", {}) if theme not in known]
    faults += [f"{name}: weight {weight} of {theme} is not above 0 and up to 1"
               for theme, weight in one.get("themes", {}).items() if not 0 < weight <= 1]  # fmt: skip
    if "label" not in one:
        faults.append(f"{name}: no label")
    if one.get("polarity", "need") not in _POLARITIES:
        faults.append(f"{name}: polarity is one of {', '.join(_POLARITIES)}")
    if section in ("constraints", "needs") and not one.get("themes"):
        faults.append(f"{name}: leads nowhere")
    return faults


def _entry(one: Table[str, Any], raw: Table[str, Any]) -> Entry:
    codes = [one[key] for key in ("code", "france_travail") if key in one] + one.get("codes", [])
    return Entry(
        label=one["label"],
        under=one.get("under") or one.get("code", ""),
        codes=tuple(codes),
        aliases=tuple(one.get("aliases", ())),
        polarity=one.get("polarity", "need"),
        themes=MappingProxyType(dict(one.get("themes", {}))),
        indicators=MappingProxyType(dict(one.get("indicators", {}))),
        status=one.get("status", raw["status"]),
        author=one.get("author", raw["author"]),
        short=one.get("short", ""),
    )


def _indexed(sections: Table[str, tuple[Entry, ...]]) -> Table[tuple[str, str, str], Entry]:
    """(section, catégorie, folded label or code) → entry; the first in the file wins a shared key, so that
    the newest codes, written first, are preferred: « 29 » under mobilite is read as API v4 does."""
    index: dict[tuple[str, str, str], Entry] = {}
    for section, entries in sections.items():
        coded = section in ("constraints", "needs")
        for entry in entries:
            for label in (entry.label, *entry.aliases):
                index.setdefault((section, entry.under, fold(label)), entry)
                index.setdefault((section, "", fold(label)), entry)
            for code in entry.codes:
                index.setdefault((section, "" if coded else entry.under, fold(code)), entry)
        _index_older_codes(section, entries, index)
    return MappingProxyType(index)


def _index_older_codes(
    section: str, entries: tuple[Entry, ...], index: dict[tuple[str, str, str], Entry]
) -> None:
    """A situation's code is the same in every constraint: it lands even under the wrong one."""
    if section == "situations":
        for entry in entries:
            for code in entry.codes:
                index.setdefault((section, "", fold(code)), entry)
