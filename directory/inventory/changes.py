"""Every change of what is shown leaves its outbox row in the same transaction.

Objects changed through the session are seen by its flush: the version moves on and the outbox row is written.
A statement that changes rows in bulk is not seen by a flush, so it is refused unless the bulk verb makes it,
which writes the outbox itself. What a structure shows on its services fans out to them.
"""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import event, select, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, object_session, sessionmaker

from directory.inventory.errors import BulkRefused
from directory.inventory.models import (
    Immersion,
    ImmersionSlot,
    Option,
    Service,
    Structure,
    Training,
    TrainingSession,
)
from directory.inventory.shapes import GUARDED, SHAPES
from indexer import outbox
from indexer.among import among

#: Given to `session.execute` by the code that writes the outbox for what it changes.
IN_BULK: Final = {"jalon_in_bulk": True}


def watch(sessions: sessionmaker[Session]) -> None:
    """Hold every session made there to the rule."""
    event.listen(sessions, "before_flush", _record_changes)
    event.listen(sessions, "do_orm_execute", _refuse_bulk)


def fan_out(session: Session, structure_ids: Collection[str], *, besides: Collection[str] = ()) -> None:
    """The services of those structures changed with them; `besides` are already told."""
    if not structure_ids:
        return
    options, services = SHAPES["service"].register, SHAPES["service"].detail
    shown = select(services.c.id).where(among(session, services.c.structure_id, structure_ids))
    if besides:
        shown = shown.where(services.c.id.not_in(besides))
    bump = update(options).where(options.c.id.in_(shown)).values(version=options.c.version + 1)
    session.execute(bump, execution_options=IN_BULK)
    outbox.write_selected(session, shown)
    for held in session.identity_map.values():
        if isinstance(held, Service) and held.structure_id in structure_ids and held.id not in besides:
            session.expire(held, ["version"])


def _record_changes(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    touched: dict[str, Option] = {}
    structures: set[str] = set()
    for row in [*session.new, *session.dirty, *session.deleted]:
        if not session.is_modified(row) and row not in session.deleted:
            continue
        if isinstance(row, Structure):
            structures.add(row.id)
            _move_on(session, row)
        elif (option := _option_of(row)) is not None:
            touched[option.id] = option
    for option in touched.values():
        _move_on(session, option)
    outbox.write(session, sorted(touched))
    fan_out(session, structures, besides=touched)


def _option_of(row: object) -> Option | None:
    if isinstance(row, Option):
        return row
    if isinstance(row, ImmersionSlot | TrainingSession):
        # A slot taken out of its offer has no parent any more; the offer, changed too, speaks for it.
        offer: Immersion | Training | None = row.offer
        return offer
    return None


def _move_on(session: Session, row: Structure | Option) -> None:
    if row in session.deleted:
        raise BulkRefused("une fiche se retire, elle ne s’efface pas", id=row.id)
    if object_session(row) is session and row not in session.new:
        row.version += 1


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_insert or state.is_delete):
        return
    table = getattr(state.statement, "table", None)
    if table in GUARDED and not state.execution_options.get("jalon_in_bulk"):
        raise BulkRefused(f"bulk statement on {table}: use the catalogue's verbs", table=str(table))
