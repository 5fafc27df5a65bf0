"""Rows of the first sheet of an XLSX workbook that holds any, read without loading it whole."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from directory.imports.errors import UnreadableFile
from directory.imports.readers.csv_rows import checked_header
from directory.imports.readers.rows import RawRow
from directory.imports.readers.unfolding import (
    MOST_UNFOLDED,
    NEVER_GUARDED,
    open_seekable,
    unfolds_too_much,
)

MAGIC: Final = b"PK\x03\x04"
#: The texts of a workbook stand in one table that has to be in memory.
MOST_SHARED_TEXT: Final = 256 * 1024 * 1024
_BROKEN: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    OSError,
    TypeError,
)


def read_xlsx(path: Path) -> Iterator[RawRow]:
    """One row for each line of the sheet under the headers; numbers and dates as the cells hold them.
    Raises UnreadableFile."""
    with open_seekable(path) as file:
        try:
            _guard(path, file)
            yield from _rows(path, file)
        except _BROKEN as error:
            raise UnreadableFile(path, "ce classeur XLSX est coupé ou abîmé") from error


def _guard(path: Path, file: IO[bytes]) -> None:
    folded = file.seek(0, 2)
    file.seek(0)
    with zipfile.ZipFile(file) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
    if sum(sizes.values()) > max(NEVER_GUARDED, MOST_UNFOLDED * folded):
        raise unfolds_too_much(path)
    if sizes.get("xl/sharedStrings.xml", 0) > MOST_SHARED_TEXT:
        raise UnreadableFile(path, "ce classeur contient trop de texte : enregistrez-le en CSV")


def _rows(path: Path, file: IO[bytes]) -> Iterator[RawRow]:
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            header: list[str] | None = None
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                if all(cell is None for cell in cells):
                    continue
                if header is None:
                    header = checked_header(path, ["" if cell is None else str(cell) for cell in cells])
                    continue
                yield RawRow(number, _cells(header, cells))
            if header is not None:
                return
        raise UnreadableFile(path, "le classeur est vide")
    finally:
        book.close()


def _cells(header: list[str], cells: tuple[Any, ...]) -> dict[str, Any]:
    return {name: cell for name, cell in zip(header, cells, strict=False) if name and cell is not None}
