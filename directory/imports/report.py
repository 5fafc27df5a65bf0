"""The report of one file: exact counts, lists that stop growing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from directory.imports.findings import Finding, Verdict
from directory.imports.readers.rows import Reading
from directory.inventory.records import Outcome, RecordKind

#: Enough to see what is wrong with a file; the counts go on.
LONGEST_LIST: Final = 1_000

PLURALS: Final[Mapping[RecordKind, str]] = {
    "structure": "structures", "service": "services", "immersion": "immersions", "training": "trainings",
}  # fmt: skip
COUNTS: Final = ("created", "updated", "unchanged", "withdrawn", "mended", "refused")


@dataclass(slots=True)
class FileReport:
    """Fills up as a file goes in. `read` counts the rows of the file; `mended` and `refused` count records,
    each once however many things are wrong with it."""

    file: str
    kinds: tuple[RecordKind, ...]
    reading: Reading
    dry_run: bool = False
    read: int = 0
    counts: Counter[tuple[RecordKind, str]] = field(default_factory=Counter)
    sources: set[str] = field(default_factory=set)
    mendings: list[Finding] = field(default_factory=list)
    refusals: list[Finding] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()
    withdrawn: int = 0
    guard: str | None = None

    def refuse(self, kind: RecordKind, finding: Finding) -> None:
        """A record was refused."""
        self.counts[kind, "refused"] += 1
        if len(self.refusals) < LONGEST_LIST:
            self.refusals.append(finding)

    def settle(self, verdicts: Sequence[Verdict], outcomes: Sequence[Outcome]) -> None:
        """What became of records that passed the checks, in the same order."""
        for verdict, outcome in zip(verdicts, outcomes, strict=True):
            record = outcome.record
            if outcome.what == "refused":
                value = record.id if outcome.field == "id" else None
                reason = outcome.reason or "refusé"
                self.refuse(record.kind, Finding(record.line, record.id, outcome.field, value, reason))
                continue
            self.counts[record.kind, outcome.what] += 1
            if verdict.mendings:
                self.counts[record.kind, "mended"] += 1
                self.mendings += verdict.mendings[: LONGEST_LIST - len(self.mendings)]

    def total(self, what: str) -> int:
        """One of COUNTS, over every kind."""
        if what == "withdrawn":
            return self.withdrawn
        return sum(count for (_, counted), count in self.counts.items() if counted == what)

    @property
    def kind(self) -> str:
        """What the file held: « structures », « structures+services »."""
        return "+".join(PLURALS[kind] for kind in self.kinds)

    @property
    def changed(self) -> int:
        """Records that are not as they were before."""
        return self.total("created") + self.total("updated") + self.withdrawn

    @property
    def wants_attention(self) -> bool:
        """Whether the command should end with 3: rows refused, or a guard that held something back."""
        return self.total("refused") > 0 or self.guard is not None

    def as_json(self) -> dict[str, Any]:
        """The shape of `interfaces.md`, and a little more."""
        body: dict[str, Any] = {
            "kind": self.kind,
            "source": "+".join(sorted(self.sources)) or None,
            "read": self.read,
            **{what: self.total(what) for what in COUNTS},
            "mendings": _listed(self.mendings),
            "refusals": _listed(self.refusals),
            "file": self.file,
            "format": self.reading.format,
            "encoding": self.reading.encoding,
            "dry_run": self.dry_run,
        }
        if len(self.kinds) > 1:
            body["by_kind"] = {PLURALS[kind]: self._of_kind(kind) for kind in self.kinds}
        if self.unknown_columns:
            body["unknown_columns"] = list(self.unknown_columns)
        if self.guard:
            body["guard"] = self.guard
        return body

    def _of_kind(self, kind: RecordKind) -> dict[str, int]:
        return {what: self.counts[kind, what] for what in COUNTS if what != "withdrawn"}


def _listed(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {"line": one.line, "id": one.id, "field": one.field, "value": one.value, "reason": one.reason}
        for one in findings
    ]
