"""Rows that a source no longer gives: found by walking two lists of ids side by side, withdrawn with a
guard."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.inventory.changes import IN_BULK, fan_out
from directory.inventory.errors import GuardStopped
from directory.inventory.records import RecordKind
from directory.inventory.seen import Sightings
from directory.inventory.shapes import SHAPES
from indexer import outbox
from indexer.among import among

#: Why a row is withdrawn when its source lost it. An import that sees it again takes back this reason, and no
#: other.
MISSING: Final = "absente de la dernière livraison de sa source"

#: A source that lost more than this part of its rows has more likely sent half a file.
MOST_LOST: Final = 1 / 5

_BATCH: Final = 2_000

_PLURALS: Final[dict[RecordKind, str]] = {
    "structure": "structures",
    "service": "services",
    "immersion": "immersions",
    "training": "formations",
}


def withdraw(session: Session, seen: Sightings, *, force: bool = False) -> int:
    """Withdraw what each source met did not give. Raises GuardStopped before anything is withdrawn."""
    met = seen.sources()
    if not force:
        for kind, source in met:
            _guard(session, seen, kind, source)
    return sum(_withdraw_source(session, seen, kind, source) for kind, source in met)


def _guard(session: Session, seen: Sightings, kind: RecordKind, source: str) -> None:
    lost = sum(1 for _ in _lost_ids(session, seen, kind, source))
    # Rows that are new are left out: a source that renames all its ids has lost them all.
    kept = sum(known for _, known in seen.ids(kind, source))
    if lost > MOST_LOST * (lost + kept):
        raise GuardStopped(
            f"la source « {source} » perdrait {lost} de ses {lost + kept} {_PLURALS[kind]} :"
            " rien n’a été retiré ; si c’est voulu, relancez avec --force",
            source=source,
            kind=kind,
            lost=lost,
            known=lost + kept,
        )


def _withdraw_source(session: Session, seen: Sightings, kind: RecordKind, source: str) -> int:
    register = SHAPES[kind].register
    lost = _lost_ids(session, seen, kind, source)
    count = 0
    while ids := list(islice(lost, _BATCH)):
        gone = {"withdrawn_at": datetime.now(UTC), "withdrawn_reason": MISSING}
        change = (
            update(register)
            .where(among(session, register.c.id, ids))
            .values(version=register.c.version + 1, **gone)
        )
        session.execute(change, execution_options=IN_BULK)
        if kind == "structure":
            fan_out(session, ids)
        else:
            outbox.write(session, ids)
        count += len(ids)
    return count


def _lost_ids(session: Session, seen: Sightings, kind: RecordKind, source: str) -> Iterator[str]:
    given = (option_id for option_id, _ in seen.ids(kind, source))
    next_given = next(given, None)
    for option_id in _live_ids(session, kind, source):
        while next_given is not None and next_given < option_id:
            next_given = next(given, None)
        if option_id != next_given:
            yield option_id


def _live_ids(session: Session, kind: RecordKind, source: str) -> Iterator[str]:
    """By id, a batch at a time: no cursor stays open over rows that are being changed."""
    register = SHAPES[kind].register
    mine = select(register.c.id).where(register.c.source == source, register.c.withdrawn_at.is_(None))
    if kind != "structure":
        mine = mine.where(register.c.kind == kind)
    after = ""
    while ids := session.scalars(
        mine.where(register.c.id > after).order_by(register.c.id).limit(_BATCH)
    ).all():
        yield from ids
        after = ids[-1]
