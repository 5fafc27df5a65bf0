"""Programmes that a law or a charter reserves: which one a service belongs to, and who may enter it.

The rules are data (`programmes.toml`), each with its article. Unknown is to check; only what a told fact
contradicts is not met; and an unsure belonging makes that a thing to check too.
"""

import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from indexer.document import EVERYONE, OptionDocument
from indexer.reference.vocabulary import SERVICE_TYPES
from matching.diagnostic.wording import fold
from matching.errors import InvalidProgrammes
from matching.facts import FACTS
from matching.requirements import KINDS as RULES

_KEYS: Final = frozenset({"code", "name", "networks", "names", "told", "types", "work", "rules"})
_CONDITIONS: Final = ("conditions_acces", "publics_precisions", "prerequis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One programme. `networks` and `names` (folded words) lead to a kind of it, where it has kinds; `told`
    are folded words of conditions that name it; `types`: of services that are the programme itself."""

    code: str
    name: str
    networks: Table[str, str]
    names: Table[str, str]
    told: tuple[str, ...]
    types: frozenset[str]
    work: bool
    rules: tuple[Table[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """A programme that a service belongs to, of which kind (empty: not known), and whether that is sure."""

    programme: Programme
    kind: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Programmes:
    """All of them."""

    version: str
    all: tuple[Programme, ...]


@cache
def programmes() -> Programmes:
    """Those packaged with this version, read once."""
    return read_programmes(files("matching").joinpath("programmes.toml").read_text("utf-8"))


def read_programmes(toml: str) -> Programmes:
    """From a file's text. Raises InvalidProgrammes with every fault."""
    raw = tomllib.loads(toml)
    faults = [fault for one in raw.get("programmes", ()) for fault in _faults(one)]
    if not raw.get("version"):
        faults.append("version : manque")
    if faults:
        raise InvalidProgrammes(faults)
    return Programmes(raw["version"], tuple(_programme(one) for one in raw["programmes"]))


def belongings(document: OptionDocument) -> tuple[Belonging, ...]:
    """The programmes that a service belongs to."""
    if document.kind != "service":
        return ()
    structure = document.sheet.get("structure") or {}
    networks = tuple(structure.get("reseaux_porteurs") or document.sheet.get("reseaux_porteurs") or ())
    told = " . ".join(str(document.sheet[name]) for name in _CONDITIONS if document.sheet.get(name))
    unreserved = EVERYONE in document.publics
    return _belongings(document.nom, document.structure_nom, networks, told, document.type, unreserved)


@lru_cache(maxsize=20_000)
def _belongings(
    nom: str, structure: str, networks: tuple[str, ...], told: str, type_: str | None, unreserved: bool
) -> tuple[Belonging, ...]:  # fmt: skip
    named, housed, said = (f" {fold(text)} " for text in (nom, structure, told))
    found = []
    for programme in programmes().all:
        kind = _named(programme, named)
        if kind is None and any(f" {words} " in said for words in programme.told):
            kind = ""
        if kind is not None:
            found.append(Belonging(programme, kind or _housed(programme, housed, networks) or "", sure=True))
        elif not unreserved and (type_ is None or type_ in programme.types):
            by_structure = _housed(programme, housed, networks)
            if by_structure is not None:
                found.append(Belonging(programme, by_structure, sure=type_ is not None))
    return tuple(found)


def _named(programme: Programme, folded: str) -> str | None:
    return next((kind for words, kind in programme.names.items() if f" {words} " in folded), None)


def _housed(programme: Programme, structure: str, networks: tuple[str, ...]) -> str | None:
    """By the structure's networks, else by its name."""
    by_network = (programme.networks[one] for one in networks if one in programme.networks)
    return next(by_network, None) if any(one in programme.networks for one in networks) else _named(
        programme, structure
    )  # fmt: skip


def _programme(one: Table[str, Any]) -> Programme:
    return Programme(
        code=one["code"],
        name=one["name"],
        networks=MappingProxyType(one.get("networks", {})),
        names=MappingProxyType(one.get("names", {})),
        told=tuple(one.get("told", ())),
        types=frozenset(one.get("types", ())),
        work=one.get("work", False),
        rules=tuple(MappingProxyType(rule) for rule in one.get("rules", ())),
    )


def _faults(one: Table[str, Any]) -> Iterator[str]:
    name = f"programme « {one.get('code', '?')} »"
    yield from (f"{name} : {key} manque" for key in ("code", "name") if not one.get(key))
    yield from (f"{name} : clé inconnue « {key} »" for key in one.keys() - _KEYS)
    said = (*one.get("names", ()), *one.get("told", ()))
    yield from (f"{name} : « {words} » n’est pas en mots pliés" for words in said if fold(words) != words)
    yield from (f"{name} : « {type_} » n’est pas un type de service" for type_ in one.get("types", ())
                if type_ not in SERVICE_TYPES)  # fmt: skip
    for rule in one.get("rules", ()):
        if rule.get("kind") not in RULES:
            yield f"{name} : règle inconnue « {rule.get('kind')} »"
        elif not rule.get("article"):
            yield f"{name} : règle « {rule['kind']} » sans article"
        yield from (f"{name} : « {fact} » n’est pas un fait connu" for fact in _facts_of(rule)
                    if fact not in FACTS)  # fmt: skip


def _facts_of(rule: Table[str, Any]) -> Iterator[str]:
    yield from rule.get("any", ())
    yield from rule.get("facts", ())
    yield from (one for key in ("level_1", "level_2") for one in rule.get(key, ())
                if not any(sign in one for sign in "<>"))  # fmt: skip
    if "with" in rule:
        yield rule["with"]
