"""Many rows in one statement: each database its own quickest way.

PostgreSQL takes a batch as one JSON parameter that it unfolds itself (`json_to_recordset`): a third of the
time of a statement for each row, and errors come by the same road as any other. SQLite, which is in the same
process, has nothing to save.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    LargeBinary,
    Table,
    TableValuedAlias,
    bindparam,
    column,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from directory.inventory.changes import IN_BULK

Rows = Sequence[Mapping[str, Any]]

#: In the rows of an update, the id of the row that changes.
OF = "of"


def insert_rows(session: Session, table: Table, rows: Rows) -> None:
    """Create those rows; each has the same columns. Tells nobody: the outbox is the caller's."""
    if not rows:
        return
    if not _unfolds(session):
        session.execute(insert(table), rows, execution_options=IN_BULK)
        return
    given = _given(table, rows)
    names = list(rows[0])
    wanted = select(*(given.c[name] for name in names))
    whole = insert(table).from_select(names, wanted, include_defaults=False)
    session.execute(whole, execution_options=IN_BULK)


def update_rows(session: Session, table: Table, rows: Rows, also: Mapping[str, ColumnElement[Any]]) -> None:
    """Change the rows whose ids stand under `OF`; each gives the same columns. `also`: what changes in every
    row alike. Tells nobody."""
    if not rows:
        return
    names = [name for name in rows[0] if name != OF]
    if not _unfolds(session):
        own: dict[str, Any] = {name: bindparam(name) for name in names}
        change = update(table).where(table.c.id == bindparam(OF)).values(**own, **also)
        session.execute(change, rows, execution_options=IN_BULK)
        return
    given = _given(table, rows)
    own_columns = {name: given.c[name] for name in names}
    change = update(table).where(table.c.id == given.c[OF]).values(**own_columns, **also)
    session.execute(change, execution_options=IN_BULK | {"synchronize_session": False})


def _unfolds(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _given(table: Table, rows: Rows) -> TableValuedAlias:
    """The rows as the database unfolds them, each column of its table's type."""
    types = [(name, table.c["id" if name == OF else name].type) for name in rows[0]]
    whole = func.json_to_recordset(bindparam(None, _told(table, rows), JSON(), unique=True))
    return whole.table_valued(*(column(name, type_) for name, type_ in types)).render_derived(
        name="given", with_types=True
    )


def _told(table: Table, rows: Rows) -> Rows:
    """The rows as JSON can say them: bytes as PostgreSQL writes them."""
    binary = [name for name in rows[0] if name != OF and isinstance(table.c[name].type, LargeBinary)]
    if not binary:
        return rows
    return [{**row, **{name: f"\\x{row[name].hex()}" for name in binary}} for row in rows]
