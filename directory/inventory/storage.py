"""How rows of a batch are written: a few statements for all of them, and the outbox rows beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, case, delete, update
from sqlalchemy.orm import Session

from directory.inventory import bulk
from directory.inventory.changes import IN_BULK, fan_out
from directory.inventory.missing import MISSING
from directory.inventory.records import Record
from directory.inventory.seen import Space
from directory.inventory.shapes import SHAPES, Dated, Shape
from indexer import outbox
from indexer.among import among

Rows = list[dict[str, Any]]

#: Beside its fields, what a record's values may repeat.
_NAMED_APART = frozenset({"id", "source"})


@dataclass(frozen=True, slots=True)
class Change:
    """A record to be written; `corrections` as they are stored, None when the row is new."""

    record: Record
    digest: bytes
    corrections: dict[str, Any] | None

    @property
    def is_new(self) -> bool:
        """Whether there is no row of that id."""
        return self.corrections is None


def insert_rows(session: Session, shape: Shape, changes: Sequence[Change], today: date) -> None:
    """Create those rows, at version 1."""
    if not changes:
        return
    registered: Rows = []
    detailed: Rows = []
    for change in changes:
        record = change.record
        values = _values(shape, record)
        row = {
            "id": record.id,
            "source": record.source,
            "version": 1,
            "digest": change.digest,
            "source_seen": today,
            "corrections": {},
            "deduced": sorted(record.deduced),
        }
        if shape.register is shape.detail:
            row |= values
        else:
            row["kind"] = record.kind
            detailed.append(values | {"id": record.id})
        registered.append(row)
    bulk.insert_rows(session, shape.register, registered)
    bulk.insert_rows(session, shape.detail, detailed)
    if shape.dated:
        bulk.insert_rows(session, shape.dated.table, _dated(shape.dated, changes))
    _announce(session, shape, changes)


def update_rows(session: Session, shape: Shape, changes: Sequence[Change], today: date) -> None:
    """Give those rows their source's new values, people's corrections kept; they are shown again."""
    if not changes:
        return
    registered: Rows = []
    detailed: Rows = []
    for change in changes:
        values = _values(shape, change.record)
        kept = _reconcile(values, change.corrections or {})
        row = {
            bulk.OF: change.record.id,
            "digest": change.digest,
            "source_seen": today,
            "corrections": kept,
            "deduced": sorted(change.record.deduced - kept.keys()),
        }
        if shape.register is shape.detail:
            row |= values
        else:
            detailed.append(values | {bulk.OF: change.record.id})
        registered.append(row)
    bulk.update_rows(session, shape.register, registered, _shown_again(shape.register))
    bulk.update_rows(session, shape.detail, detailed, {})
    if shape.dated:
        _replace_dated(session, shape.dated, changes)
    _announce(session, shape, changes)


def mark_seen(session: Session, space: Space, ids: Sequence[str], today: date) -> None:
    """The source gave those rows today. Nothing that is shown changes, so no version moves."""
    if ids:
        register = SHAPES["structure" if space == "structure" else "service"].register
        seen = update(register).where(among(session, register.c.id, ids)).values(source_seen=today)
        session.execute(seen, execution_options=IN_BULK)


def _values(shape: Shape, record: Record) -> dict[str, Any]:
    if not record.values.keys() <= shape.all_fields | _NAMED_APART:
        unknown = ", ".join(sorted(record.values.keys() - shape.all_fields - _NAMED_APART))
        raise ValueError(f"no such field for {record.kind}: {unknown}")
    get = record.values.get
    return {name: get(name) for name in shape.fields}


def _reconcile(values: dict[str, Any], corrections: dict[str, Any]) -> dict[str, Any]:
    """Lay corrections over the source's values, which they remember; a correction that the source took over
    has served."""
    kept: dict[str, Any] = {}
    for name, correction in corrections.items():
        if values[name] != correction["value"]:
            kept[name] = correction | {"source_value": values[name]}
            values[name] = correction["value"]
    return kept


def _shown_again(register: Table) -> dict[str, ColumnElement[Any]]:
    """One version more; what an import withdrew for want of a row is shown again."""
    lost = register.c.withdrawn_reason == MISSING
    return {
        "version": register.c.version + 1,
        "withdrawn_at": case((lost, None), else_=register.c.withdrawn_at),
        "withdrawn_reason": case((lost, None), else_=register.c.withdrawn_reason),
    }


def _dated(dated: Dated, changes: Sequence[Change]) -> Rows:
    return [
        {"option_id": change.record.id} | {name: one.get(name) for name in dated.fields}
        for change in changes
        for one in change.record.values.get(dated.field) or ()
    ]


def _replace_dated(session: Session, dated: Dated, changes: Sequence[Change]) -> None:
    whose = among(session, dated.table.c.option_id, [change.record.id for change in changes])
    session.execute(delete(dated.table).where(whose), execution_options=IN_BULK)
    bulk.insert_rows(session, dated.table, _dated(dated, changes))


def _announce(session: Session, shape: Shape, changes: Sequence[Change]) -> None:
    ids = [change.record.id for change in changes]
    if shape.kind == "structure":
        fan_out(session, ids)
    else:
        outbox.write(session, ids)
