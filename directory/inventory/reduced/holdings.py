"""How the tables hold each field of a question: a condition on rows, on either database.

A condition may keep too much, never too little: the document made of a row is judged afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import Column, ColumnElement, String, case, cast, false, func, literal, or_, true, type_coerce
from sqlalchemy.dialects.postgresql import JSONB, array

from directory.inventory.documents import FREE, PAID
from directory.inventory.shapes import SHAPES
from indexer.document import KINDS, Kind
from indexer.query import AnyOf, Field
from indexer.reference import themes
from indexer.reference.vocabulary import CATEGORIES

Condition = ColumnElement[bool]


class Holding(Protocol):
    """How a kind of row holds a field."""

    def any_of(self, values: Sequence[str], dialect: str) -> Condition:
        """Rows that hold one of those."""

    def missing(self) -> Condition:
        """Rows that hold none."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value, in a column or worked out."""

    column: ColumnElement[Any]

    def any_of(self, values: Sequence[str], dialect: str) -> Condition:
        """As `Holding.any_of`."""
        return self.column.in_(values)

    def missing(self) -> Condition:
        """As `Holding.missing`."""
        return self.column.is_(None)


@dataclass(frozen=True, slots=True)
class Codes:
    """A list of codes, in a column of JSON."""

    column: Column[Any]

    def any_of(self, values: Sequence[str], dialect: str) -> Condition:
        """As `Holding.any_of`. On SQLite the text of the list is looked into, ten times as fast as the list:
        codes hold no quote."""
        if not values:
            return false()
        if dialect == "postgresql":
            held: Condition = type_coerce(self.column, JSONB).has_any(array(values))
            return held
        written = type_coerce(self.column, String)
        return or_(*(func.instr(written, literal(f'"{value}"')) > 0 for value in values))

    def missing(self) -> Condition:
        """As `Holding.missing`."""
        return or_(self.column.is_(None), cast(self.column, String) == "[]")


@dataclass(frozen=True, slots=True)
class Always:
    """The same for every row of the kind; nothing at all when empty."""

    values: tuple[str, ...] = ()

    def any_of(self, values: Sequence[str], dialect: str) -> Condition:
        """As `Holding.any_of`."""
        return false() if set(values).isdisjoint(self.values) else true()

    def missing(self) -> Condition:
        """As `Holding.missing`."""
        return false() if self.values else true()


class Unsaid:
    """What only the document tells: every row may."""

    def any_of(self, values: Sequence[str], dialect: str) -> Condition:
        """As `Holding.any_of`."""
        return true()

    def missing(self) -> Condition:
        """As `Holding.missing`."""
        return true()


NOTHING: Final = Always()


def _column(kind: Kind, name: str) -> Column[Any]:
    return SHAPES[kind].detail.c[name]


def _training_fees() -> Value:
    left = _column("training", "reste_a_charge")
    return Value(case((left.is_(None), None), (left > 0, PAID), else_=FREE))


_REGISTER: Final = SHAPES["service"].register

#: Those not named hold nothing.
HOLDINGS: Final[Mapping[Kind, Mapping[str, Holding]]] = {
    "service": {
        "structure_id": Value(_column("service", "structure_id")),
        "thematiques": Codes(_column("service", "thematiques")),
        "publics": Codes(_column("service", "publics")),
        "type": Value(_column("service", "type")),
        "frais": Value(_column("service", "frais")),
        "modes_accueil": Unsaid(),
        "mobilisable_par": Codes(_column("service", "mobilisable_par")),
        "zones": Codes(_column("service", "zone_eligibilite")),
    },
    "immersion": {
        "frais": Always((FREE,)),
        "modes_accueil": Unsaid(),
        "rome": Value(_column("immersion", "rome")),
    },
    "training": {
        "thematiques": Codes(_column("training", "thematiques")),
        "publics": Codes(_column("training", "publics")),
        "type": Always(("formation",)),
        "frais": _training_fees(),
        "modes_accueil": Unsaid(),
        "rome": Codes(_column("training", "rome")),
    },
}


def holding(kind: Kind, field: Field | str) -> Holding:
    """How rows of that kind hold that field."""
    match field:
        case "id":
            return Value(_REGISTER.c.id)
        case "source":
            return Value(_REGISTER.c.source)
        case "kind":
            return Always((kind,))
        case "code_insee":
            return Value(_column(kind, "code_insee"))
        case _:
            return HOLDINGS[kind].get(field, NOTHING)


def admits(kind: Kind, asked: AnyOf, dialect: str) -> Condition:
    """Rows of that kind that a filter, or a wish, may keep."""
    field: Field = asked.field
    values: Sequence[str] = asked.values
    if field == "categories":
        field = "thematiques"
        values = [one for code in values if code in CATEGORIES for one in themes.expand(code)]
    held = holding(kind, field)
    found = held.any_of(values, dialect)
    return or_(found, held.missing()) if asked.or_missing else found


__all__ = ["HOLDINGS", "KINDS", "Condition", "admits", "holding"]
