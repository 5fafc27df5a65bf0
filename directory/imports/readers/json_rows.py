"""Rows of JSON: a list of objects, or one object that holds one list of objects. Read piece by piece.

The standard decoder reads one object at a time from a sliding window: faster here than an event parser
(6 µs a row against 14), and it takes what other programs write and the norm refuses (NaN, half a surrogate
pair, integers of thirty digits), so that one bad value costs a row and not the file.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from directory.imports.errors import UnreadableFile
from directory.imports.readers.encoding import open_text
from directory.imports.readers.rows import RawRow

_CHUNK: Final = 1024 * 1024
#: A row bigger than that is no row of an inventory: the window would otherwise grow with the file.
LONGEST_ROW: Final = 16 * 1024 * 1024

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_DECODER: Final = json.JSONDecoder()


def read_json(path: Path, encoding: str) -> Iterator[RawRow]:
    """One row for each object of the list. Raises UnreadableFile, at the very end for a file cut short."""
    with open_text(path, encoding) as text:
        window = _Window(path, text)
        opening = window.peek()
        if opening == "[":
            yield from _rows(window)
        elif opening == "{":
            yield from _rows_of_object(path, window)
        else:
            raise UnreadableFile(path, "ce n'est pas du JSON")
        if window.peek():
            raise UnreadableFile(path, "il y a du texte après la fin du JSON")


class _Window:
    """The part of the text being decoded."""

    def __init__(self, path: Path, text: TextIO) -> None:
        self._path = path
        self._text = text
        self._held = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is not a space, "" at the end."""
        while True:
            self._at = _SPACE.match(self._held, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._held) or self._ended:
                return self._held[self._at : self._at + 1]
            self._grow()

    def expect(self, characters: str) -> str:
        """Take the next character, which must be one of these."""
        found = self.peek()
        if not found or found not in characters:
            raise self._broken()
        self._at += 1
        return found

    def value(self) -> Any:
        """Take the next value, whole."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except ValueError:
                value, end = None, -1
            except RecursionError as error:
                raise UnreadableFile(self._path, "il est emboîté sur trop de niveaux") from error
            # A number that touches the edge of the window may go on in the next piece.
            if end >= 0 and (end < len(self._held) or self._ended):
                self._at = end
                return value
            if self._ended:
                raise self._broken()
            if len(self._held) - self._at > LONGEST_ROW:
                raise UnreadableFile(self._path, "une ligne dépasse 16 Mo, ou le JSON est mal formé")
            self._grow()

    def _grow(self) -> None:
        piece = self._text.read(_CHUNK)
        self._ended = not piece
        self._held = self._held[self._at :] + piece
        self._at = 0

    def _broken(self) -> UnreadableFile:
        if self._at >= len(self._held) or self._ended:
            return UnreadableFile(self._path, "le JSON est coupé ou mal formé")
        return UnreadableFile(self._path, f"le JSON est mal formé près de « {self._held[self._at :][:30]} »")


def _rows(window: _Window) -> Iterator[RawRow]:
    window.expect("[")
    if window.peek() == "]":
        window.expect("]")
        return
    rank = 0
    while True:
        rank += 1
        yield row_of(rank, window.value())
        if window.expect(",]") == "]":
            return


def row_of(line: int, value: Any) -> RawRow:
    """A decoded value as a row: only an object is one."""
    if isinstance(value, dict):
        return RawRow(line, value)
    return RawRow(line, fault="un objet JSON est attendu")


def _rows_of_object(path: Path, window: _Window) -> Iterator[RawRow]:
    """The rows of the one list of an object; whatever else it says (counts, dates) is passed over."""
    window.expect("{")
    lists = 0
    while True:
        window.value()
        window.expect(":")
        if window.peek() == "[":
            lists += 1
            if lists > 1:
                raise UnreadableFile(path, "il contient plusieurs listes : une seule est attendue")
            yield from _rows(window)
        else:
            window.value()
        if window.expect(",}") == "}":
            break
    if not lists:
        raise UnreadableFile(path, "aucune liste dans cet objet JSON")
