"""Where each kind of record lives: its register, its own table, its dated rows, and the fields they hold."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Date, Table

from directory.columns import Base
from directory.inventory.models import (
    Immersion,
    ImmersionSlot,
    Option,
    Service,
    Structure,
    Training,
    TrainingSession,
)
from directory.inventory.records import RecordKind

BOOKKEEPING: Final = (
    "id",
    "source",
    "version",
    "digest",
    "source_seen",
    "withdrawn_at",
    "withdrawn_reason",
    "corrections",
    "deduced",
)


@dataclass(frozen=True, slots=True)
class Dated:
    """The table of a kind's dated rows, the field of a file that gives them, what each holds, and which of
    that are days."""

    table: Table
    field: str
    fields: tuple[str, ...]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The tables of one kind of record. `register` keeps the bookkeeping; `detail` the values (for a
    structure they are one table). `fields` are the values by column name, in order, bookkeeping left out;
    `days` those that are days."""

    kind: RecordKind
    model: type[Structure] | type[Option]
    register: Table
    detail: Table
    fields: tuple[str, ...]
    days: tuple[str, ...]
    dated: Dated | None
    #: Every name a record's values may hold.
    all_fields: frozenset[str]

    @property
    def columns(self) -> list[Column[Any]]:
        """Bookkeeping first, then the values: what `entries` reads."""
        return [self.register.c[name] for name in BOOKKEEPING] + [self.detail.c[name] for name in self.fields]


def _table(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is mapped to no table")
    return table


def _values(table: Table, *apart: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in apart)


def _days(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, Date))


def _dated(model: type[Base], field: str) -> Dated:
    table = _table(model)
    return Dated(table, field, _values(table, "option_id"), _days(table))


def _option(kind: RecordKind, model: type[Option], dated: Dated | None = None) -> Shape:
    detail = _table(model)
    fields = _values(detail, "id")
    known = frozenset(fields) | ({dated.field} if dated else frozenset())
    return Shape(kind, model, _table(Option), detail, fields, _days(detail), dated, known)


def _structure() -> Shape:
    table = _table(Structure)
    fields = _values(table, *BOOKKEEPING)
    return Shape("structure", Structure, table, table, fields, ("date_maj",), None, frozenset(fields))


SHAPES: Final[dict[RecordKind, Shape]] = {
    "structure": _structure(),
    "service": _option("service", Service),
    "immersion": _option("immersion", Immersion, _dated(ImmersionSlot, "creneaux")),
    "training": _option("training", Training, _dated(TrainingSession, "sessions")),
}

#: Tables whose rows the index shows: changed through the flush hook or the bulk verb, never otherwise.
GUARDED: Final = frozenset(
    table
    for shape in SHAPES.values()
    for table in (shape.register, shape.detail, shape.dated.table if shape.dated else shape.detail)
)
