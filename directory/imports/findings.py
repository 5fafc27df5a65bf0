"""What is found wrong with a row, and the draft the checks work on."""

import math
from dataclasses import dataclass, field, replace
from typing import Any, Final

from directory.inventory.records import Record, RecordKind

#: A value is quoted in a report to be found again, not to be kept.
LONGEST_QUOTE: Final = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one row: where, which field, the value found and a French sentence."""

    line: int
    id: str | None
    field: str | None
    value: str | int | float | bool | None
    reason: str


def quote(value: Any) -> str | int | float | bool | None:
    """A value as a report shows it: small numbers as they are, the rest as text, cut at 200 characters."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    text = _bounded(value).encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _bounded(value: Any) -> str:
    if isinstance(value, str):
        return value[: LONGEST_QUOTE + 1]
    try:
        return str(value)[: LONGEST_QUOTE + 1]
    except (ValueError, RecursionError):  # an integer of five thousand digits, lists in lists without end
        return f"({type(value).__name__})"


class Refused(Exception):
    """The row cannot be taken: `field` and `value` are at fault, `reason` says why, in French."""

    def __init__(self, field: str | None, value: Any, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.value = quote(value)
        self.reason = reason


@dataclass(slots=True)
class Draft:
    """A row on its way through the checks, which change it in place: it belongs to one row and never leaves
    this package. `flat` says that its lists had to be written inside a cell."""

    kind: RecordKind
    line: int
    values: dict[str, Any]
    flat: bool = False
    mendings: list[Finding] = field(default_factory=list)
    deduced: set[str] = field(default_factory=set)

    @property
    def id(self) -> str | None:
        """The id the row gives itself, when it is one."""
        given = self.values.get("id")
        return given[:LONGEST_QUOTE] if isinstance(given, str) else None

    def tell(self, name: str, value: Any, reason: str) -> None:
        """Keep a word of what was changed."""
        self.mendings.append(Finding(self.line, self.id, name, quote(value), reason))

    def mend(self, name: str, better: Any, reason: str) -> None:
        """Put a better value in place of the one the row gave."""
        self.tell(name, self.values.get(name), reason)
        self.values[name] = better

    def remove(self, name: str, reason: str) -> None:
        """Take out an optional value that is wrong."""
        self.mend(name, None, reason)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of a row: a record, or a refusal; and what was mended on the way. `kind`, `id` and
    `source` are those of the row, refused or not, where they could be read."""

    kind: RecordKind
    line: int
    record: Record | None
    refusal: Finding | None
    mendings: tuple[Finding, ...] = ()
    id: str | None = None
    source: str | None = None

    def with_mendings(self, more: tuple[Finding, ...]) -> "Verdict":
        """The same, with what was mended before the checks."""
        return replace(self, mendings=more + self.mendings)
