"""The verbs on what is stored: publish, edit, withdraw, restore, find. Imports use `intake` instead.

Each takes the caller's session and flushes; the caller commits. Every change moves the version on and leaves
its outbox row in the same transaction (see `changes`). A person's correction stays in force over the imports
that follow and remembers the source's value.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from directory.inventory.edits import check_changes, correct
from directory.inventory.entries import Entry
from directory.inventory.errors import IdTaken, NotFound, StaleVersion
from directory.inventory.intake import ARTICLES, digest_of
from directory.inventory.lists import read_option, read_structure
from directory.inventory.models import ImmersionSlot, Option, Structure, TrainingSession
from directory.inventory.records import Record, RecordKind
from directory.inventory.shapes import SHAPES
from indexer.outbox import for_writing

Row = TypeVar("Row", Structure, Option)

_KIND_OF: Mapping[type[Structure] | type[Option], RecordKind] = {
    shape.model: kind for kind, shape in SHAPES.items()
}


def publish(session: Session, record: Record, *, today: date) -> Entry:
    """Store a new row. Raises IdTaken when its id is another's, withdrawn or not."""
    for_writing(session)
    taken = (read_structure if record.kind == "structure" else read_option)(session, record.id)
    if taken is not None:
        whose = ARTICLES[taken.kind]
        raise IdTaken(f"cet identifiant est déjà celui {whose} de la source « {taken.source} »", id=record.id)
    session.add(_new_row(record, today))
    try:
        session.flush()
    except IntegrityError as error:
        raise IdTaken("cet identifiant vient d’être pris", id=record.id) from error
    return get_structure(session, record.id) if record.kind == "structure" else get_option(session, record.id)


def edit(
    session: Session, option_id: str, changes: Mapping[str, Any], *, expected_version: int, author: str
) -> Entry:
    """Correct fields of an option. A value equal to the source's takes the correction back. Raises NotFound,
    StaleVersion, InvalidEdit."""
    _edit(session, _get_row(session, Option, option_id), changes, expected_version, author)
    return get_option(session, option_id)


def edit_structure(
    session: Session, structure_id: str, changes: Mapping[str, Any], *, expected_version: int, author: str
) -> Entry:
    """Correct fields of a structure; its services follow. Raises as `edit`."""
    _edit(session, _get_row(session, Structure, structure_id), changes, expected_version, author)
    return get_structure(session, structure_id)


def withdraw(session: Session, option_id: str, *, reason: str) -> None:
    """Show an option no more; its page says so and why. Imports do not bring it back, `restore` does. Already
    withdrawn: nothing changes. Raises NotFound."""
    _withdraw(session, _get_row(session, Option, option_id), reason)


def withdraw_structure(session: Session, structure_id: str, *, reason: str) -> None:
    """Show a structure no more; its services stay, without it. Raises NotFound."""
    _withdraw(session, _get_row(session, Structure, structure_id), reason)


def restore(session: Session, option_id: str) -> None:
    """Show an option again. Raises NotFound."""
    _restore(session, _get_row(session, Option, option_id))


def restore_structure(session: Session, structure_id: str) -> None:
    """Show a structure again. Raises NotFound."""
    _restore(session, _get_row(session, Structure, structure_id))


def find_option(session: Session, option_id: str) -> Entry | None:
    """The option of that id, when it is shown."""
    entry = read_option(session, option_id)
    return None if entry is None or entry.withdrawn else entry


def get_option(session: Session, option_id: str) -> Entry:
    """The option of that id. Raises NotFound."""
    entry = find_option(session, option_id)
    if entry is None:
        raise NotFound("cette fiche n’existe pas ou n’existe plus", id=option_id)
    return entry


def find_structure(session: Session, structure_id: str) -> Entry | None:
    """The structure of that id, when it is shown."""
    entry = read_structure(session, structure_id)
    return None if entry is None or entry.withdrawn else entry


def get_structure(session: Session, structure_id: str) -> Entry:
    """The structure of that id. Raises NotFound."""
    entry = find_structure(session, structure_id)
    if entry is None:
        raise NotFound("cette structure n’existe pas ou n’existe plus", id=structure_id)
    return entry


def _new_row(record: Record, today: date) -> Structure | Option:
    shape = SHAPES[record.kind]
    unknown = record.values.keys() - shape.all_fields - {"id", "source"}
    if unknown:
        raise ValueError(f"no such field for {record.kind}: {', '.join(sorted(unknown))}")
    values = {name: record.values.get(name) for name in shape.fields}
    if shape.dated:
        model = ImmersionSlot if record.kind == "immersion" else TrainingSession
        dated = [model(**one) for one in record.values.get(shape.dated.field) or ()]
        values["slots" if record.kind == "immersion" else "sessions"] = dated
    return shape.model(
        id=record.id,
        source=record.source,
        version=1,
        digest=digest_of(record),
        source_seen=today,
        corrections={},
        deduced=sorted(record.deduced),
        **values,
    )


def _edit(
    session: Session, row: Structure | Option, changes: Mapping[str, Any], expected: int, author: str
) -> None:
    if row.version != expected or row.withdrawn_at is not None:
        raise StaleVersion(
            "cette fiche a changé depuis que vous l’avez lue : relisez-la avant de la modifier",
            id=row.id,
            version=row.version,
        )
    check_changes(SHAPES[_KIND_OF[type(row)]], changes)
    correct(row, changes, author=author, at=datetime.now(UTC))
    _flush(session, row.id)


def _withdraw(session: Session, row: Structure | Option, reason: str) -> None:
    if row.withdrawn_at is None:
        row.withdrawn_at = datetime.now(UTC)
    row.withdrawn_reason = reason
    _flush(session, row.id)


def _restore(session: Session, row: Structure | Option) -> None:
    row.withdrawn_at = row.withdrawn_reason = None
    _flush(session, row.id)


def _get_row(session: Session, model: type[Row], row_id: str) -> Row:
    for_writing(session)
    row = session.get(model, row_id, populate_existing=True)
    if row is None:
        raise NotFound("cette fiche n’existe pas", id=row_id)
    return row


def _flush(session: Session, row_id: str) -> None:
    try:
        session.flush()
    except StaleDataError as error:
        raise StaleVersion(
            "cette fiche vient d’être modifiée : relisez-la avant de la modifier", id=row_id
        ) from error
