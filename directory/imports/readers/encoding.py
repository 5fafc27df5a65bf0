"""Which encoding a text file is in, found by reading it once whole: a late accent decides as well."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO, cast

from directory.imports.errors import UnreadableFile
from directory.imports.readers.unfolding import open_bytes

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK: Final = 1024 * 1024


def find_encoding(path: Path) -> str:
    """UTF-8 when all of it is, else UTF-16 or Windows-1252 by what it looks like. Raises UnreadableFile when
    the file is empty or is not text."""
    with open_bytes(path) as file:
        head = file.read(_CHUNK)
        if not head.strip():
            raise UnreadableFile(path, "le fichier est vide")
        guessed = _by_first_bytes(path, head)
        if guessed:
            return guessed
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk = head
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8"


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """The text, line ends as they are. Raises UnreadableFile on bytes that are no text, wherever they are."""
    errors = "replace" if encoding == "cp1252" else "strict"
    with open_bytes(path) as file:
        text = io.TextIOWrapper(cast("io.BufferedReader", file), encoding=encoding, errors=errors, newline="")
        try:
            yield text
        except UnicodeError as error:
            raise UnreadableFile(path, f"le texte ({encoding}) est coupé ou abîmé") from error


def _by_first_bytes(path: Path, head: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    sample = head[:4096]
    # UTF-16 without its mark: in Western text every other byte is NUL.
    if sample[1::2].count(0) > len(sample) * 0.4:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) * 0.4:
        return "utf-16-be"
    if sample.count(0) > len(sample) * 0.05:
        raise UnreadableFile(path, "ce n'est pas un fichier de texte, ni un format connu")
    return None
