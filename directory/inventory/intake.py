"""The bulk verb: rows of a file into the inventory, a batch at a time, each change with its outbox row.

A row is created, updated, unchanged or refused; what people corrected stays in force and remembers the
source's new value; a row that an import withdrew because its source lost it comes back when it is seen again.
A row that somebody withdrew stays withdrawn: a file does not undo what a person decided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import groupby
from typing import Any, Final, Literal, Self

import orjson
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from directory.inventory import missing
from directory.inventory.missing import MISSING
from directory.inventory.records import Outcome, Record, RecordKind
from directory.inventory.seen import Sighting, Sightings, Space
from directory.inventory.shapes import SHAPES
from directory.inventory.storage import Change, insert_rows, mark_seen, update_rows
from indexer import outbox
from indexer.among import among

#: Rows looked up and written at once. Larger ones gain nothing and hold more memory.
BATCH: Final = 2_000

ARTICLES: Final[dict[RecordKind, str]] = {
    "structure": "d’une structure",
    "service": "d’un service",
    "immersion": "d’une immersion",
    "training": "d’une formation",
}

Verdict = Literal["created", "updated", "unchanged", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the inventory holds under an id."""

    id: str
    kind: RecordKind
    source: str
    digest: bytes
    source_seen: date | None
    lost: bool
    corrections: dict[str, Any]


class Intake:
    """One run of imports, from the first row to the withdrawal of those missing. To be used in a `with`.

    The caller commits when it likes, or rolls back (a dry run): nothing of the run outlives its transaction.
    """

    def __init__(self, session: Session, *, today: date) -> None:
        self._session = session
        self._today = today
        self._seen = Sightings()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen.close()

    def take(self, records: Sequence[Record]) -> list[Outcome]:
        """Store those rows; outcomes in their order. Raises ValueError for a field that no row of that kind
        has."""
        outbox.for_writing(self._session)
        outcomes: list[Outcome] = []
        for start in range(0, len(records), BATCH):
            batch = records[start : start + BATCH]
            verdicts = {at: one for space in ("structure", "option") for at, one in self._take(space, batch)}
            outcomes += [verdicts[at] for at in range(len(batch))]
        return outcomes

    def spare(self, kind: RecordKind, option_id: str, source: str) -> None:
        """The file lists that row, though it was refused before it came here: it is not missing."""
        self._seen.spare(space_of(kind), kind, option_id, source)

    def withdraw_missing(self, *, force: bool = False) -> int:
        """Withdraw the rows of each kind and source met that this run has not seen, and tell how many.
        Raises GuardStopped, nothing withdrawn, when one of them lost more than a fifth, unless `force`."""
        outbox.for_writing(self._session)
        return missing.withdraw(self._session, self._seen, force=force)

    def _take(self, space: Space, batch: Sequence[Record]) -> Iterable[tuple[int, Outcome]]:
        mine = [(at, record) for at, record in enumerate(batch) if space_of(record.kind) == space]
        if not mine:
            return []
        ids = list({record.id for _, record in mine})
        met, known = self._seen.find(space, ids), find_known(self._session, space, ids)
        outcomes, changes, sightings = [], [], []
        for at, record in mine:
            digest = digest_of(record)
            outcome = judge(record, digest, met.get(record.id), known.get(record.id))
            outcomes.append((at, outcome))
            if outcome.what == "refused" or record.id in met:
                continue
            met[record.id] = (record.line, digest)
            before = known.get(record.id)
            sightings.append(_sighting(record, digest, known=before is not None))
            if outcome.what != "unchanged":
                changes.append(Change(record, digest, before.corrections if before else None))
        self._store(changes)
        self._seen.add(space, sightings)
        mark_seen(self._session, space, _stale(known.values(), sightings, self._today), self._today)
        return outcomes

    def _store(self, changes: list[Change]) -> None:
        by_kind = sorted(changes, key=lambda change: change.record.kind)
        for kind, group in groupby(by_kind, key=lambda change: change.record.kind):
            these = list(group)
            shape = SHAPES[kind]
            insert_rows(self._session, shape, [one for one in these if one.is_new], self._today)
            update_rows(self._session, shape, [one for one in these if not one.is_new], self._today)


def take(session: Session, records: Sequence[Record], *, today: date) -> list[Outcome]:
    """Store a few rows at once: a whole `Intake` of its own."""
    with Intake(session, today=today) as intake:
        return intake.take(records)


def judge(record: Record, digest: bytes, met: tuple[int, bytes] | None, known: Known | None) -> Outcome:
    """What becomes of a row: `met` earlier in this run (line, digest), `known` to the inventory."""
    if met is not None:
        line, first = met
        if digest == first:
            return Outcome(record=record, what="unchanged")
        return _refused(record, f"identifiant déjà lu à la ligne {line}, avec d’autres valeurs")
    if known is None:
        return Outcome(record=record, what="created")
    if (known.kind, known.source) != (record.kind, record.source):
        whose = ARTICLES[known.kind]
        return _refused(record, f"cet identifiant est déjà celui {whose} de la source « {known.source} »")
    same = digest == known.digest and not known.lost
    return Outcome(record=record, what="unchanged" if same else "updated")


def digest_of(record: Record) -> bytes:
    """A fingerprint of what the source says: equal when nothing changed, an absent value being no value."""
    said = {name: value for name, value in record.values.items() if value is not None}
    canonical = orjson.dumps(
        [record.kind, record.source, said, sorted(record.deduced)], option=orjson.OPT_SORT_KEYS
    )
    return blake2b(canonical, digest_size=16).digest()


def find_known(session: Session, space: Space, ids: Sequence[str]) -> dict[str, Known]:
    """What the inventory holds under those ids, held until the transaction ends where rows can be."""
    register = SHAPES["structure" if space == "structure" else "service"].register
    rows = session.execute(
        select(
            register.c.id,
            literal("structure") if space == "structure" else register.c.kind,
            register.c.source,
            register.c.digest,
            register.c.source_seen,
            register.c.withdrawn_reason,
            register.c.corrections,
        )
        .where(among(session, register.c.id, ids))
        .with_for_update()
    )
    return {
        row[0]: Known(
            id=row[0],
            kind=row[1],
            source=row[2],
            digest=row[3],
            source_seen=row[4],
            lost=row[5] == MISSING,
            corrections=row[6],
        )
        for row in rows
    }


def space_of(kind: RecordKind) -> Space:
    """Whose ids a kind's id must differ from."""
    return "structure" if kind == "structure" else "option"


def _refused(record: Record, reason: str) -> Outcome:
    return Outcome(record=record, what="refused", field="id", reason=reason)


def _sighting(record: Record, digest: bytes, *, known: bool) -> Sighting:
    return Sighting(record.id, record.kind, record.source, record.line, digest, known)


def _stale(known: Iterable[Known], sightings: Iterable[Sighting], today: date) -> list[str]:
    """Rows seen whose last day seen is not today's: written once a day, not at each import."""
    seen = {one.id for one in sightings}
    return [one.id for one in known if one.id in seen and one.source_seen != today]
