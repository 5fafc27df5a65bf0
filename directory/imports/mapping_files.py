"""Mappings written in TOML: read, held against our fields and against the columns of the file they are for.

source = "angers"                                     fills {source}, and every row's `source`

[structure]                                           and [service], [immersion], [training]
when = ["COLUMN", …]                                  optional: only rows where one of them says yes
id = "{source}--{TYPO_UID}"                           columns between braces
commune = "Angers"                                    a constant
reseaux_porteurs = ["communes"]                       a constant list
date_maj = { from = "{DATE_MAJ}", as = ["date:%d/%m/%Y"] }
nom = { first = ["{brand}", "{name}"] }               the first that is not empty
description = { join = ["{A}", "{B}"], separator = " " }
siret = { from = "{pivot}", only = '\\d{14}' }         a value that is something else is passed over
thematiques = { from = ["{A}", "{B}"], split = ";", values = { "Their word" = "our-code" } }
thematiques = { flags = { "COLUMN" = "our-code" } }   columns that say yes
"""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from directory.imports.checks.row import FIELDS
from directory.imports.errors import InvalidMapping
from directory.imports.mapping import FieldRule, RecordRules, SourceMapping, Template
from directory.imports.transforms import UnknownTransform, find_transform
from directory.inventory.records import RECORD_KINDS, RecordKind

T = TypeVar("T")

SHIPPED: Final = Path(__file__).parent / "mappings"
_RULE_KEYS: Final = frozenset(
    {"from", "first", "join", "separator", "only", "split", "as", "values", "flags"}
)
_TOP_KEYS: Final = frozenset({"title", "source", *RECORD_KINDS})


def shipped_mappings() -> list[str]:
    """Names of the mappings that come with Jalon."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load_mapping(named: str, *, source: str | None = None) -> SourceMapping:
    """A mapping, by the name of a shipped one or the path of a file; `source` fills a missing source.
    Raises InvalidMapping."""
    path = Path(named)
    if not path.exists() and (name := named.removesuffix(".toml")) in shipped_mappings():
        path = SHIPPED / f"{name}.toml"
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        known = ", ".join(shipped_mappings())
        raise InvalidMapping(named, f"ce fichier ne s'ouvre pas ; fournies avec Jalon : {known}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidMapping(named, f"ce n'est pas du TOML lisible ({error})") from error
    return read_mapping(path.name, written, source=source)


def read_mapping(name: str, written: Mapping[str, Any], *, source: str | None = None) -> SourceMapping:
    """A mapping from its TOML. Raises InvalidMapping with the first fault found."""
    _refuse_unknown(name, "", written, _TOP_KEYS)
    given = written.get("source", source)
    if not isinstance(given, str) or not given:
        raise InvalidMapping(name, "il manque « source » (ou --source)")
    tables = [(kind, written[kind]) for kind in RECORD_KINDS if kind in written]
    if not tables:
        raise InvalidMapping(name, "il manque une table [structure], [service], [immersion] ou [training]")
    return SourceMapping(
        name=name, source=given, records=tuple(_record(name, kind, table) for kind, table in tables)
    )


def check_columns(mapping: SourceMapping, columns: Collection[str], *, ids_only: bool = False) -> None:
    """Raises InvalidMapping when the file has not the columns that the mapping reads (that its ids are made
    of, when `ids_only`)."""
    needed = mapping.id_columns if ids_only else mapping.columns
    absent = sorted(needed.difference(columns))
    if absent:
        raise InvalidMapping(
            mapping.name, f"le fichier n'a pas de colonne {', '.join(f'« {c} »' for c in absent)}"
        )


def _record(name: str, kind: RecordKind, table: Any) -> RecordRules:
    if not isinstance(table, dict):
        raise InvalidMapping(name, f"[{kind}] doit être une table")
    fields = {field: written for field, written in table.items() if field != "when"}
    _refuse_unknown(name, f"[{kind}] ", fields, frozenset(FIELDS[kind]))
    when = table.get("when", [])
    if not _is_texts(when):
        raise InvalidMapping(name, f"[{kind}] when : une liste de colonnes est attendue")
    rules = tuple(_rule(name, kind, field, written) for field, written in fields.items())
    if "id" not in fields:
        raise InvalidMapping(name, f"[{kind}] il manque « id »")
    return RecordRules(kind=kind, rules=rules, when=tuple(when))


def _rule(name: str, kind: RecordKind, field: str, written: Any) -> FieldRule:
    if isinstance(written, str):
        return FieldRule(field=field, sources=(Template(written),))
    if not isinstance(written, dict):
        return FieldRule(field=field, constant=written)
    where = f"[{kind}] {field}"
    _refuse_unknown(name, f"{where} : ", written, _RULE_KEYS)
    ways = [way for way in ("from", "first", "join") if way in written]
    if len(ways) > 1 or not (ways or "flags" in written):
        raise InvalidMapping(name, f"{where} : un seul de from, first, join est attendu, ou flags")
    try:
        return FieldRule(
            field=field,
            sources=tuple(Template(text) for text in _texts(written[ways[0]])) if ways else (),
            first=ways == ["first"],
            separator=_text(written.get("separator", " ")) if ways == ["join"] else None,
            only=_optional(written, "only", re.compile),
            split=_optional(written, "split", _text),
            transforms=tuple(find_transform(one) for one in _texts(written.get("as", []))),
            values=_optional(written, "values", _table),
            flags=_optional(written, "flags", _table),
        )
    except (UnknownTransform, re.error, TypeError) as error:
        raise InvalidMapping(name, f"{where} : {error}") from error


def _optional(written: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> T | None:
    return read(written[key]) if key in written else None


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _texts(value: Any) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not _is_texts(texts):
        raise TypeError("un texte ou une liste de textes est attendu")
    return list(texts)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("un texte est attendu")
    return value


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("une table est attendue")
    return value


def _refuse_unknown(name: str, where: str, written: Mapping[str, Any], known: Collection[str]) -> None:
    unknown = sorted(set(written) - set(known))
    if unknown:
        raise InvalidMapping(name, f"{where}« {unknown[0]} » n'est pas connu")
