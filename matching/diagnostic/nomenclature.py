"""The words and codes of the national common method: what a label or a code names, or that nothing knows it.

Labels land whatever their accents, apostrophes, capitals and spaces; older wordings and the codes of both
versions of the France Travail API are aliases. Facts only: what each item leads to is `mapping`.
"""

import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal

from indexer.reference.vocabulary import CATEGORIES
from matching.diagnostic.wording import fold
from matching.errors import InvalidMapping

Section = Literal["constraints", "needs", "objectives", "situations", "criteria", "confidence", "cnaf"]
Polarity = Literal["need", "asset", "neutral"]
Api = Literal["v4", "v1"]

SECTIONS: Final[tuple[Section, ...]] = (
    "constraints", "needs", "objectives", "situations", "criteria", "confidence", "cnaf",
)  # fmt: skip
POLARITIES: Final = ("need", "asset", "neutral")
#: Items of these are told one by one; an objective and a situation are told inside a constraint.
_ALONE: Final = ("constraints", "needs", "confidence", "cnaf")
_KEYS: Final = frozenset(
    {"code", "codes", "v4", "v1", "value", "under", "label", "short", "aliases", "polarity"}
)

_Place = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of the method. `under` is the catégorie it belongs to (a need's is empty); `codes` are
    current, `older_codes` those of the first version of the API; `value` that of an orientation criterion."""

    section: Section
    label: str
    under: str = ""
    code: str = ""
    value: str = ""
    codes: tuple[str, ...] = ()
    older_codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    polarity: Polarity = "need"
    short: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """Where a mapping file speaks of it: `[situations.mobilite."…"]`, `[criteria.boe.OUI]`…"""
        if self.section == "criteria":
            return self.section, self.code, self.value
        return (self.section, self.code) if self.section in _ALONE else (self.section, self.under, self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomenclature:
    """The whole list. `find` returns None for what it does not know, so that it can be shown."""

    version: str
    items: tuple[Item, ...]
    unnamed: frozenset[tuple[str, str, str]]
    _index: Table[_Place, Item] = field(repr=False)

    def of(self, section: Section) -> tuple[Item, ...]:
        """The items of a section, in the order of the method."""
        return tuple(item for item in self.items if item.section == section)

    def find(self, section: Section, told: str, *, under: str = "", api: Api = "v4") -> Item | None:
        """By label, wherever it belongs, or by code, read inside its constraint: « 29 » under mobilite is
        read as that version of the API does, else as the other."""
        key = fold(told)
        other: Api = "v1" if api == "v4" else "v4"
        places = (("label", under), ("label", ""), (api, under), (other, under), ("anywhere", ""))
        for space, inside in places:
            if item := self._index.get((section, space, inside, key)):
                return item
        return None

    def find_criterion(self, code: str, value: str) -> Item | None:
        """An orientation criterion, its name in either spelling: `contrainte_sante`, `contrainteSante`."""
        return self._index.get(("criteria", "value", squash(code), squash(value)))

    def knows_criterion(self, code: str) -> bool:
        """Whether that is the name of an orientation criterion."""
        return ("criteria", "name", "", squash(code)) in self._index


def squash(name: str) -> str:
    """`contrainte_sante`, `contrainteSante` and « Contrainte santé » alike."""
    return fold(name).replace(" ", "")


@cache
def default_nomenclature() -> Nomenclature:
    """The list packaged with this version, read once."""
    return read_nomenclature(files("matching.diagnostic").joinpath("nomenclature.toml").read_text("utf-8"))


def read_nomenclature(toml: str) -> Nomenclature:
    """From a file's text. Raises InvalidMapping with every fault."""
    raw = tomllib.loads(toml)
    items = tuple(_item(section, one) for section in SECTIONS for one in raw.get(section, ()))
    index: dict[_Place, Item] = {}
    faults = [] if raw.get("version") else ["version : manquante"]
    for section in SECTIONS:
        faults += [fault for one in raw.get(section, ()) for fault in _faults(section, one)]
    for item in items:
        faults += _keep(item, index)
    if faults:
        raise InvalidMapping(faults)
    unnamed = frozenset(
        (one["section"], one["under"], code) for one in raw.get("unnamed", ()) for code in one["codes"]
    )
    return Nomenclature(
        version=raw["version"], items=items, unnamed=unnamed, _index=MappingProxyType(index)
    )  # fmt: skip


def _item(section: Section, one: Table[str, Any]) -> Item:
    code, alone = str(one.get("code", "")), section in _ALONE
    codes = tuple(one.get("codes", ())) + tuple(one.get("v4", ()))
    return Item(
        section=section,
        label=one.get("label", ""),
        under=one.get("under", code if section == "constraints" else ""),
        code=code,
        value=one.get("value", ""),
        codes=((code,) if alone and code else ()) + codes,
        older_codes=tuple(one.get("codes", ())) + tuple(one.get("v1", ())),
        aliases=tuple(one.get("aliases", ())),
        polarity=one.get("polarity", "need"),
        short=one.get("short", ""),
    )


def _faults(section: Section, one: Table[str, Any]) -> Iterator[str]:
    name = f"{section} « {one.get('label', '?')} »"
    if not one.get("label"):
        yield f"{name} : sans libellé"
    for key in one.keys() - _KEYS:
        yield f"{name} : clé inconnue « {key} »"
    if one.get("polarity", "need") not in POLARITIES:
        yield f"{name} : polarity vaut {', '.join(POLARITIES)}"
    under = one.get("under", one.get("code") if section == "constraints" else "")
    if under and under not in CATEGORIES:
        yield f"{name} : « {under} » n’est pas une catégorie"


def _keep(item: Item, index: dict[_Place, Item]) -> Iterator[str]:
    """Index it; a label or a code that already names another item in the same place is a fault."""
    for space, inside, told in _names(item):
        known = index.setdefault((item.section, space, inside, fold(told)), item)
        if known is not item and (space, inside) not in _SHARED:
            yield f"{item.section} « {item.label} » : « {told} » désigne déjà « {known.label} »"


#: Places where several items may bear one name, the first in the file being meant.
_SHARED: Final = {("label", ""), ("name", ""), ("anywhere", "")}


def _names(item: Item) -> Iterator[tuple[str, str, str]]:
    """(space, catégorie, name) under which it is found."""
    if item.section == "criteria":
        yield "value", squash(item.code), squash(item.value)
        yield "name", "", squash(item.code)
        return
    inside = "" if item.section in _ALONE else item.under
    for label in (item.label, *item.aliases):
        yield "label", inside, label
        yield "label", "", label
    for code in item.codes:
        yield "v4", inside, code
        # A situation's code is the same in every constraint: it lands even under the wrong one.
        if item.section not in ("objectives",):
            yield "anywhere", "", code
    for code in item.older_codes:
        yield "v1", inside, code
