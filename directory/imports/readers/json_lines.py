"""Rows of JSON Lines: a broken line costs that line; a file cut in the middle of its last is unreadable."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from directory.imports.errors import UnreadableFile
from directory.imports.readers.encoding import open_text
from directory.imports.readers.json_rows import LONGEST_ROW, row_of
from directory.imports.readers.rows import RawRow
from directory.imports.readers.unfolding import open_bytes


def read_json_lines(path: Path, encoding: str) -> Iterator[RawRow]:
    """One row for each line that is not blank. Raises UnreadableFile."""
    for number, line in enumerate(_lines(path, encoding), start=1):
        if len(line) > LONGEST_ROW:
            raise UnreadableFile(path, f"la ligne {number} dépasse 16 Mo")
        if not line.strip():
            continue
        try:
            yield row_of(number, _decode(line))
        except (ValueError, RecursionError):
            if not line.endswith((b"\n", b"\r")):
                raise UnreadableFile(path, "le fichier s'arrête au milieu de sa dernière ligne") from None
            yield RawRow(number, fault="cette ligne n'est pas du JSON")


def _lines(path: Path, encoding: str) -> Iterator[bytes]:
    if encoding == "utf-8":
        with open_bytes(path) as file:
            while line := file.readline(LONGEST_ROW + 1):
                yield line
    else:
        with open_text(path, encoding) as text:
            while written := text.readline(LONGEST_ROW + 1):
                yield written.encode("utf-8", "surrogateescape")


def _decode(line: bytes) -> Any:
    """The fast decoder, else the lenient one: NaN and half a surrogate pair are for the checks to judge."""
    try:
        return orjson.loads(line)
    except ValueError:
        return json.loads(line.decode("utf-8", "surrogateescape"))
