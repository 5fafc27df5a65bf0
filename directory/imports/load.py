"""The road of a file: read, map, check, hand to the inventory a thousand at a time, in one transaction.

One transaction for all the files of a run: a file that turns out to be cut at its end changes nothing, and
the relay sees the rows once they are all there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session, sessionmaker

from directory.imports.checks.row import FIELDS, RowChecker
from directory.imports.findings import Finding, Verdict, quote
from directory.imports.kinds import find_kind
from directory.imports.mapping import SourceMapping
from directory.imports.mapping_files import check_columns
from directory.imports.readers.recognition import open_rows
from directory.imports.readers.rows import FLAT, RawRow, Reading
from directory.imports.report import FileReport
from directory.inventory.errors import GuardStopped
from directory.inventory.intake import Intake
from directory.inventory.records import RecordKind
from indexer.reference.communes import Communes

BATCH: Final = 1_000
#: Rows whose columns are looked at: a JSON row leaves out what it does not have.
_PEEKED: Final = 100

#: Called with the number of rows read so far in the file.
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks of a run. `kind` is one of FILE_KINDS, or `auto`."""

    kind: str = "auto"
    source: str | None = None
    mapping: SourceMapping | None = None
    dry_run: bool = False
    withdraw_missing: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """Takes files into the inventory behind `sessions`. `today` is the day it is in France."""

    sessions: sessionmaker[Session]
    communes: Communes
    today: date
    told: Told = field(default=lambda _read: None)

    def run(self, paths: Sequence[Path], wishes: Wishes) -> list[FileReport]:
        """One report a file, in order. What the files leave out of their sources is withdrawn at the end,
        when that is wished, and counted in the last report. Raises ImportStopped, nothing changed."""
        with self.sessions() as session, Intake(session, today=self.today) as intake:
            reports = [self._take_file(intake, path, wishes) for path in paths]
            if wishes.withdraw_missing and reports:
                _withdraw(intake, reports[-1], force=wishes.force)
            if wishes.dry_run:
                session.rollback()
            else:
                session.commit()
        return reports

    def _take_file(self, intake: Intake, path: Path, wishes: Wishes) -> FileReport:
        reading = open_rows(path)
        head = list(islice(reading.rows, _PEEKED))
        columns = dict.fromkeys(name for row in head for name in row.cells)
        road = _road(path, reading, columns, wishes)
        report = FileReport(path.name, road.kinds, reading, wishes.dry_run)
        report.unknown_columns = road.unknown(columns)
        checker = RowChecker(self.communes, today=self.today, source=wishes.source)
        verdicts = self._verdicts(chain(head, reading.rows), road, checker, report)
        _store_behind(verdicts, lambda batch: _hand_over(intake, batch, report))
        self.told(report.read)
        return report

    def _verdicts(
        self, rows: Iterator[RawRow], road: "_Road", checker: RowChecker, report: FileReport
    ) -> Iterator[Verdict]:
        for row in rows:
            report.read += 1
            if report.read % BATCH == 0:
                self.told(report.read)
            yield from road.follow(row, checker)


@dataclass(frozen=True, slots=True)
class _Road:
    """What the rows of one file go through."""

    kinds: tuple[RecordKind, ...]
    mapping: SourceMapping | None
    flat: bool

    def follow(self, row: RawRow, checker: RowChecker) -> Iterator[Verdict]:
        """The verdicts on one row: one for each record it gives."""
        if row.fault is not None:
            yield Verdict(self.kinds[0], row.line, None, Finding(row.line, None, None, None, row.fault))
        elif self.mapping is None:
            yield checker.check(self.kinds[0], row.line, row.cells, flat=self.flat)
        else:
            yield from self._mapped(self.mapping, row, checker)

    def _mapped(self, mapping: SourceMapping, row: RawRow, checker: RowChecker) -> Iterator[Verdict]:
        for mapped in mapping.apply(row.cells):
            verdict = checker.check(mapped.kind, row.line, mapped.cells, flat=True)
            aside = tuple(
                Finding(row.line, verdict.id, name, quote(value), reason)
                for name, value, reason in mapped.aside
            )
            yield verdict.with_mendings(aside) if aside and verdict.record else verdict

    def unknown(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Columns that nothing reads: perhaps misspelt."""
        read = self.mapping.columns if self.mapping else frozenset(FIELDS[self.kinds[0]])
        return tuple(name for name in columns if name not in read)


def _road(path: Path, reading: Reading, columns: dict[str, None], wishes: Wishes) -> _Road:
    flat = reading.format in FLAT
    if wishes.mapping is None:
        return _Road((find_kind(wishes.kind, path, columns),), None, flat)
    if columns:
        # A JSON row leaves out what it does not have: only what makes the ids has to be there.
        check_columns(wishes.mapping, columns, ids_only=reading.format in {"json", "jsonl"})
    return _Road(wishes.mapping.kinds, wishes.mapping, flat)


def _store_behind(verdicts: Iterator[Verdict], store: Callable[[Sequence[Verdict]], None]) -> None:
    """Store a batch while the next one is checked: the database works on its own, so that an import lasts as
    long as the slower of the two. One batch at a time, in order; what it raises is raised here."""
    with ThreadPoolExecutor(max_workers=1) as storing:
        under_way: Future[None] | None = None
        while batch := list(islice(verdicts, BATCH)):
            if under_way is not None:
                under_way.result()
            under_way = storing.submit(store, batch)
        if under_way is not None:
            under_way.result()


def _hand_over(intake: Intake, batch: Sequence[Verdict], report: FileReport) -> None:
    for verdict in batch:
        if verdict.source:
            report.sources.add(verdict.source)
        if verdict.refusal is not None:
            report.refuse(verdict.kind, verdict.refusal)
            if verdict.id and verdict.source:
                # The file still lists it: its old row is out of date, not gone.
                intake.spare(verdict.kind, verdict.id, verdict.source)
    passed = [verdict for verdict in batch if verdict.record is not None]
    records = [verdict.record for verdict in passed if verdict.record is not None]
    report.settle(passed, intake.take(records))


def _withdraw(intake: Intake, report: FileReport, *, force: bool) -> None:
    try:
        report.withdrawn = intake.withdraw_missing(force=force)
    except GuardStopped as stopped:
        report.guard = str(stopped)
