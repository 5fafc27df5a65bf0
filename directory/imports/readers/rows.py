"""What every reader gives: one row at a time, with where it stands in its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Format = Literal["json", "jsonl", "csv", "parquet", "xlsx"]

#: Formats whose cells are flat text, where a list must be written inside one cell.
FLAT: Final[frozenset[Format]] = frozenset({"csv", "xlsx"})


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as its file writes it. `line` is a line of text for CSV and JSON Lines (where the row begins),
    the row of the sheet for XLSX, the rank of the row for JSON and Parquet, always from 1. `fault` is set,
    and `cells` empty, when the row itself could not be read."""

    line: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file opened and recognised. `rows` can be walked once and raises UnreadableFile on the way when the
    file turns out to be cut or broken."""

    format: Format
    rows: Iterator[RawRow]
    encoding: str | None = None
