"""Rows → documents, for the index: those asked for (`load`), all of them (`stream`), or their versions alone
(`versions`). Each works on short sessions of its own, in bounded memory."""

from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from directory.inventory.documents import to_document
from directory.inventory.entries import Entry, live, read_by_id, read_entries
from directory.inventory.shapes import SHAPES
from indexer.among import among
from indexer.document import KINDS, Kind, OptionDocument
from indexer.relay import Loaded

Sessions = sessionmaker[Session]


def load(sessions: Sessions) -> Callable[[Collection[str]], Loaded]:
    """A function that reads options anew: what may be shown as documents, what was withdrawn as gone, at its
    version. An id the inventory never had is in neither."""

    def load_ids(ids: Collection[str]) -> Loaded:
        register = SHAPES["service"].register
        with sessions() as session:
            rows = session.execute(
                select(register.c.id, register.c.kind, register.c.version, register.c.withdrawn_at).where(
                    among(session, register.c.id, ids)
                )
            ).all()
            gone = {option_id: version for option_id, _, version, withdrawn in rows if withdrawn}
            documents: dict[str, OptionDocument] = {}
            for kind in KINDS:
                mine = [
                    option_id for option_id, its_kind, _, gone_at in rows if its_kind == kind and not gone_at
                ]
                documents |= {document.id: document for document in read_documents(session, kind, mine)}
        return Loaded(documents=documents, gone=gone)

    return load_ids


def read_documents(session: Session, kind: Kind, ids: Sequence[str]) -> list[OptionDocument]:
    """The documents of those options of one kind; what may not be shown is absent."""
    entries = [entry for entry in read_by_id(session, kind, ids).values() if not entry.withdrawn]
    return _documents(session, entries)


def stream(sessions: Sessions, batch: int = 1_000) -> Iterator[OptionDocument]:
    """Every option that may be shown, a short session each batch: what changes meanwhile is the relay's."""
    for kind in KINDS:
        register, after = SHAPES[kind].register, ""
        while True:
            with sessions() as session:
                entries = read_entries(session, kind, live(kind), register.c.id > after, limit=batch)
                documents = _documents(session, entries)
            yield from documents
            if len(entries) < batch:
                break
            after = entries[-1].id


def versions(sessions: Sessions, batch: int = 10_000) -> Iterator[tuple[str, int]]:
    """Id and version of every option that may be shown, by id."""
    register = SHAPES["service"].register
    shown = select(register.c.id, register.c.version).where(register.c.withdrawn_at.is_(None))
    after = ""
    while True:
        with sessions() as session:
            rows = session.execute(
                shown.where(register.c.id > after).order_by(register.c.id).limit(batch)
            ).all()
        yield from ((option_id, version) for option_id, version in rows)
        if len(rows) < batch:
            return
        after = rows[-1][0]


def _documents(session: Session, entries: Sequence[Entry]) -> list[OptionDocument]:
    ids = {entry.values["structure_id"] for entry in entries if entry.kind == "service"}
    structures = read_by_id(session, "structure", sorted(ids))
    return [
        to_document(entry, _shown(structures.get(entry.values.get("structure_id", "")))) for entry in entries
    ]


def _shown(structure: Entry | None) -> Entry | None:
    return None if structure is None or structure.withdrawn else structure
