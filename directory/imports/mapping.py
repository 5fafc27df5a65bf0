"""A mapping: how a source's columns become our fields. One row may give a structure, a service, or both."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from directory.imports.transforms import Transform
from directory.inventory.records import RecordKind

_HOLE: Final = re.compile(r"\{([^{}]+)\}")
_NO: Final = frozenset({"", "non", "no", "n", "0", "false", "faux"})

#: Something a mapping left aside: field, value, why.
Aside = tuple[str, Any, str]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with columns between braces, `"{source}--{ID}"`; without braces, a constant."""

    text: str

    @property
    def columns(self) -> frozenset[str]:
        """The columns it reads."""
        return frozenset(_HOLE.findall(self.text))

    def fill(self, cells: Mapping[str, str]) -> str:
        """The text, "" when it reads columns and all but the source are empty."""
        read = self.columns - {"source"}
        if read and not any(cells.get(name) for name in read):
            return ""
        return _HOLE.sub(lambda hole: cells.get(hole.group(1), ""), self.text).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """How one field is made: the texts of `sources` (`first`: only the first that is not empty; `separator`:
    joined by it), kept when they match `only`, split, transformed, translated by `values`; then the codes of
    the columns of `flags` that say yes. `constant` stands alone. `many` makes a list of it."""

    field: str
    sources: tuple[Template, ...] = ()
    constant: Any = None
    first: bool = False
    separator: str | None = None
    only: re.Pattern[str] | None = None
    split: str | None = None
    transforms: tuple[Transform, ...] = ()
    values: Mapping[str, Any] | None = None
    flags: Mapping[str, str] | None = None

    @property
    def columns(self) -> frozenset[str]:
        """The columns it reads."""
        read = frozenset[str]().union(*(template.columns for template in self.sources))
        return (read - {"source"}) | frozenset(self.flags or ())

    @property
    def many(self) -> bool:
        """Whether it gives a list."""
        return self.split is not None or self.flags is not None

    def read(self, cells: Mapping[str, str], aside: list[Aside]) -> Any:
        """The value of the field, None when there is none; what has no translation goes `aside`."""
        if self.constant is not None:
            return self.constant
        found: list[str] = []
        for text in self._texts(cells):
            found += self._translated(text, aside)
        found += [code for column, code in (self.flags or {}).items() if says_yes(cells.get(column, ""))]
        if self.many:
            return sorted(set(found)) or None
        return found[0] if found else None

    def _texts(self, cells: Mapping[str, str]) -> list[str]:
        texts = [text for template in self.sources if (text := template.fill(cells))]
        if self.first:
            texts = texts[:1]
        if self.separator is not None:
            texts = [self.separator.join(texts)] if texts else []
        if self.split is not None:
            texts = [part.strip() for text in texts for part in text.split(self.split) if part.strip()]
        return [text for text in texts if self.only is None or self.only.fullmatch(text)]

    def _translated(self, text: str, aside: list[Aside]) -> list[str]:
        for transform in self.transforms:
            text = transform(text)
        if self.values is None:
            return [text]
        if text not in self.values:
            aside.append((self.field, text, "valeur absente de la correspondance : laissée de côté"))
            return []
        given = self.values[text]
        return [one for one in (given if isinstance(given, list) else [given]) if one]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRules:
    """How a row gives a record of one kind; it gives none when `when` names columns that all say no."""

    kind: RecordKind
    rules: tuple[FieldRule, ...]
    when: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """The columns it reads."""
        return frozenset(self.when).union(*(rule.columns for rule in self.rules))


@dataclass(frozen=True, slots=True)
class MappedRow:
    """What a row gives once mapped, and what was left aside."""

    kind: RecordKind
    cells: Mapping[str, Any]
    aside: tuple[Aside, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMapping:
    """The mapping of one source. `name` is the file's, for messages."""

    name: str
    source: str
    records: tuple[RecordRules, ...]

    @property
    def kinds(self) -> tuple[RecordKind, ...]:
        """What its rows give."""
        return tuple(record.kind for record in self.records)

    @property
    def columns(self) -> frozenset[str]:
        """Every column it reads."""
        return frozenset[str]().union(*(record.columns for record in self.records))

    @property
    def id_columns(self) -> frozenset[str]:
        """The columns that ids are made of."""
        ids = (rule for record in self.records for rule in record.rules if rule.field == "id")
        return frozenset[str]().union(*(rule.columns for rule in ids))

    def apply(self, cells: Mapping[str, Any]) -> Iterator[MappedRow]:
        """What a row gives, the structure before its service."""
        texts = {name: as_text(value) for name, value in cells.items()}
        texts["source"] = self.source
        for record in self.records:
            if record.when and not any(says_yes(texts.get(column, "")) for column in record.when):
                continue
            aside: list[Aside] = []
            mapped = {rule.field: rule.read(texts, aside) for rule in record.rules}
            yield MappedRow(record.kind, {"source": self.source} | mapped, tuple(aside))


def as_text(value: Any) -> str:
    """A cell as text: 26000.0 is « 26000 », nothing is ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return f"{value:.0f}"
    return str(value).strip()


def says_yes(text: str) -> bool:
    """Whether a cell that is a flag is filled with anything but a no."""
    return text.lower() not in _NO
