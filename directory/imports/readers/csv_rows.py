"""Rows of CSV: separator found by itself, one line of headers, cells that may hold line ends."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

from directory.imports.errors import UnreadableFile
from directory.imports.readers.encoding import open_text
from directory.imports.readers.rows import RawRow

SEPARATORS: Final = ",;\t|"
#: A cell bigger than that is a quote that was never closed.
LONGEST_CELL: Final = 1024 * 1024


class _Records(Protocol):
    """The reader of the standard library."""

    @property
    def line_num(self) -> int: ...
    def __next__(self) -> list[str]: ...


def read_csv(path: Path, encoding: str) -> Iterator[RawRow]:
    """One row for each record under the headers. Raises UnreadableFile."""
    csv.field_size_limit(LONGEST_CELL)
    with open_text(path, encoding) as text:
        separator = _separator(text.read(64 * 1024))
    with open_text(path, encoding) as text:  # anew: what was compressed does not go back
        records = csv.reader(text, delimiter=separator, strict=True)
        header = _header(path, records)
        yield from _rows(path, records, header)


def _separator(sample: str) -> str:
    """The separator found most in the header line, outside quotes (the sniffer of the standard library is
    misled by long descriptions)."""
    counts = dict.fromkeys(SEPARATORS, 0)
    quoted = False
    for character in sample:
        if character == '"':
            quoted = not quoted
        elif character in "\r\n" and not quoted and any(counts.values()):
            break
        elif character in counts and not quoted:
            counts[character] += 1
    return max(SEPARATORS, key=lambda separator: counts[separator])


def _header(path: Path, records: Iterator[list[str]]) -> list[str]:
    try:
        first = next((record for record in records if any(cell.strip() for cell in record)), [])
    except csv.Error as error:
        raise UnreadableFile(path, "la ligne d'en-tête est illisible") from error
    return checked_header(path, first)


def checked_header(path: Path, cells: Sequence[str]) -> list[str]:
    """Names of columns, trimmed; the nameless ones at the end are dropped. Raises UnreadableFile."""
    header = [cell.strip() for cell in cells]
    named = [name for name in header if name]
    if not named:
        raise UnreadableFile(path, "aucun en-tête de colonne")
    for name in named:
        if named.count(name) > 1:
            raise UnreadableFile(path, f"la colonne « {name[:60]} » figure deux fois")
    return header


def _rows(path: Path, records: "_Records", header: list[str]) -> Iterator[RawRow]:
    while True:
        line = records.line_num + 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end of data" in str(error) or "field larger" in str(error):
                raise UnreadableFile(path, f"guillemet jamais refermé vers la ligne {line}") from error
            yield RawRow(line, fault="guillemets mal placés")
            continue
        if record:
            yield _row(line, header, record)


def _row(line: int, header: list[str], record: list[str]) -> RawRow:
    if len(record) != len(header):
        return RawRow(line, fault=f"{len(record)} cases pour {len(header)} colonnes")
    return RawRow(line, {name: cell for name, cell in zip(header, record, strict=True) if name})
