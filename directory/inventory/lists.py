"""What is stored, read: one row, pages of rows, what was withdrawn. Pages follow ids, so that none is
repeated or skipped while rows come and go."""

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, sessionmaker

from directory.inventory.entries import Entry, live, read_by_id, read_entries
from directory.inventory.records import RecordKind
from directory.inventory.sensitive import is_sensitive
from directory.inventory.shapes import SHAPES
from indexer.among import among
from indexer.document import KINDS


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows; `cursor` asks for the next one, None at the end."""

    entries: list[Entry]
    cursor: str | None


def list_structures(
    session: Session, *, cursor: str | None = None, limit: int = 100, source: str | None = None
) -> Listing:
    """The structures shown, by id, those after `cursor`."""
    listing = _list(session, "structure", cursor, limit, source)
    return Listing(_told_apart(session, listing.entries), listing.cursor)


def list_services(
    session: Session, *, cursor: str | None = None, limit: int = 100, source: str | None = None
) -> Listing:
    """The services shown, by id, those after `cursor`."""
    return _list(session, "service", cursor, limit, source)


def list_immersions(
    session: Session, *, cursor: str | None = None, limit: int = 100, source: str | None = None
) -> Listing:
    """The immersion offers shown, by id, those after `cursor`."""
    return _list(session, "immersion", cursor, limit, source)


def list_trainings(
    session: Session, *, cursor: str | None = None, limit: int = 100, source: str | None = None
) -> Listing:
    """The trainings shown, by id, those after `cursor`."""
    return _list(session, "training", cursor, limit, source)


def services_of(session: Session, structure_id: str, *, limit: int = 1_000) -> list[Entry]:
    """The services of a structure that are shown, by id."""
    mine = SHAPES["service"].detail.c.structure_id == structure_id
    return read_entries(session, "service", live("service"), mine, limit=limit)


def find_withdrawn(session: Session, option_id: str) -> Entry | None:
    """The option of that id when it was withdrawn: its page says so, why, and where to go instead."""
    entry = read_option(session, option_id)
    return entry if entry is not None and entry.withdrawn else None


def count_options(sessions: sessionmaker[Session]) -> int:
    """How many options are shown."""
    register = SHAPES["service"].register
    with sessions() as session:
        shown = select(func.count()).select_from(register).where(register.c.withdrawn_at.is_(None))
        return session.scalar(shown) or 0


def count_kinds(session: Session) -> dict[RecordKind, int]:
    """How many rows of each kind are shown."""
    counts: dict[RecordKind, int] = {}
    for kind, shape in SHAPES.items():
        of_kind = live(kind) if kind == "structure" else live(kind) & (shape.register.c.kind == kind)
        counts[kind] = session.scalar(select(func.count()).select_from(shape.register).where(of_kind)) or 0
    return counts


def read_option(session: Session, option_id: str) -> Entry | None:
    """The option of that id, withdrawn or not."""
    register = SHAPES["service"].register
    kind = session.scalar(select(register.c.kind).where(register.c.id == option_id))
    found = (read_by_id(session, known, [option_id]) for known in KINDS if known == kind)
    return next(found, {}).get(option_id)


def read_structure(session: Session, structure_id: str) -> Entry | None:
    """The structure of that id, withdrawn or not."""
    found = read_by_id(session, "structure", [structure_id])
    return next(iter(_told_apart(session, list(found.values()))), None)


def _list(session: Session, kind: RecordKind, cursor: str | None, limit: int, source: str | None) -> Listing:
    if limit < 1:
        raise ValueError(f"a page holds at least one row, not {limit}")
    register = SHAPES[kind].register
    conditions: list[ColumnElement[bool]] = [live(kind)]
    if cursor is not None:
        conditions.append(register.c.id > cursor)
    if source is not None:
        conditions.append(register.c.source == source)
    entries = read_entries(session, kind, *conditions, limit=limit + 1)
    more = len(entries) > limit
    return Listing(entries[:limit], entries[limit - 1].id if more else None)


def _told_apart(session: Session, structures: list[Entry]) -> list[Entry]:
    """The structures whose every service is about violence, marked: where they are is not published."""
    services, options = SHAPES["service"].detail, SHAPES["service"].register
    rows = session.execute(
        select(services.c.structure_id, services.c.thematiques)
        .join(options, options.c.id == services.c.id)
        .where(live("service"), among(session, services.c.structure_id, [entry.id for entry in structures]))
    )
    all_sensitive: dict[str, bool] = {}
    for structure_id, thematiques in rows:
        all_sensitive[structure_id] = all_sensitive.get(structure_id, True) and is_sensitive(thematiques)
    return [replace(entry, withheld=all_sensitive.get(entry.id, False)) for entry in structures]
