"""What the inventory gives to read: one frozen value a row, whatever its kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from directory.inventory.records import RecordKind
from directory.inventory.sensitive import is_sensitive, withhold
from directory.inventory.shapes import BOOKKEEPING, SHAPES, Dated, Shape
from indexer.among import among

#: What is about a person: kept, never shown to the public, never indexed.
PERSONAL: Final = frozenset({"contact_nom_prenom"})

_FIRST_VALUE: Final = len(BOOKKEEPING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A value a person gave in place of the source's, which is kept beside it."""

    value: Any
    source_value: Any
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Since when a row is no longer shown, and why."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the inventory, read. `values` hold the values in force by field name (`creneaux` and
    `sessions` as lists of dicts), `date` for days, None for what is absent. `deduced` names what the import
    worked out. `withheld` when the public is not told where its door is."""

    kind: RecordKind
    id: str
    source: str
    version: int
    values: Mapping[str, Any]
    deduced: frozenset[str] = frozenset()
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    source_seen: date | None = None
    withdrawn: Withdrawal | None = None
    withheld: bool = False

    def public(self) -> dict[str, Any]:
        """The row as anybody may read it: JSON values, `source` and `id` included, None for what is absent or
        withheld, nothing about a person."""
        row: dict[str, Any] = {"source": self.source, "id": self.id, **self.values}
        for name in PERSONAL:
            row.pop(name, None)
        shape = SHAPES[self.kind]
        _days_as_text(row, shape.days)
        if shape.dated:
            row[shape.dated.field] = [dict(one) for one in row[shape.dated.field]]
            for one in row[shape.dated.field]:
                _days_as_text(one, shape.dated.days)
        return withhold(row) if self.withheld else row


def read_entries(
    session: Session,
    kind: RecordKind,
    *conditions: ColumnElement[bool],
    limit: int | None = None,
) -> list[Entry]:
    """The rows of that kind under those conditions, by id, dated rows included."""
    shape = SHAPES[kind]
    wanted = select(*shape.columns).select_from(shape.detail)
    if shape.register is not shape.detail:
        wanted = wanted.join(shape.register, shape.register.c.id == shape.detail.c.id)
    rows = session.execute(wanted.where(*conditions).order_by(shape.register.c.id).limit(limit)).all()
    dated = _dated_rows(session, shape.dated, [row[0] for row in rows]) if shape.dated else {}
    return [_entry(shape, row, dated.get(row[0], [])) for row in rows]


def read_by_id(session: Session, kind: RecordKind, ids: Sequence[str]) -> dict[str, Entry]:
    """The rows of that kind with those ids, withdrawn ones included; an unknown id is absent."""
    if not ids:
        return {}
    found = read_entries(session, kind, among(session, SHAPES[kind].register.c.id, ids))
    return {entry.id: entry for entry in found}


def live(kind: RecordKind) -> ColumnElement[bool]:
    """The condition that a row is shown."""
    return SHAPES[kind].register.c.withdrawn_at.is_(None)


def _entry(shape: Shape, row: Row[Any], dated: list[dict[str, Any]]) -> Entry:
    option_id, source, version, _digest, seen, withdrawn_at, reason, corrections, deduced = row[:_FIRST_VALUE]
    values = dict(zip(shape.fields, row[_FIRST_VALUE:], strict=True))
    if shape.dated:
        values[shape.dated.field] = dated
    return Entry(
        kind=shape.kind,
        id=option_id,
        source=source,
        version=version,
        values=values,
        deduced=frozenset(deduced),
        corrections=read_corrections(corrections) if corrections else {},
        source_seen=seen,
        withdrawn=Withdrawal(at=withdrawn_at, reason=reason or "") if withdrawn_at else None,
        withheld=shape.kind == "service" and is_sensitive(values["thematiques"]),
    )


def read_corrections(stored: Mapping[str, Any]) -> dict[str, Correction]:
    """Corrections as they are stored, made values."""
    return {
        name: Correction(
            value=one["value"],
            source_value=one["source_value"],
            author=one["author"],
            at=datetime.fromisoformat(one["at"]),
        )
        for name, one in stored.items()
    }


def _dated_rows(session: Session, dated: Dated, option_ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    table = dated.table
    rows = select(table.c.option_id, *(table.c[name] for name in dated.fields))
    by_option: dict[str, list[dict[str, Any]]] = {}
    found = session.execute(
        rows.where(among(session, table.c.option_id, list(option_ids))).order_by(table.c.debut, table.c.id)
    )
    for option_id, *values in found:
        by_option.setdefault(option_id, []).append(dict(zip(dated.fields, values, strict=True)))
    return by_option


def _days_as_text(row: dict[str, Any], names: tuple[str, ...]) -> None:
    """Days are the only values that are not JSON already; looking for them in every value would be half the
    cost of a document."""
    for name in names:
        if row[name] is not None:
            row[name] = row[name].isoformat()
