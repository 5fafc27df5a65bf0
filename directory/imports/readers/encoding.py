"""Which encoding a text file is in, found by reading it once whole: a late accent decides as well."""

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, TextIO, cast

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
_STRAY: Final = re.compile("[\udc80-\udcff]")
_ASCII: Final = bytes(range(128))


def find_encoding(path: Path) -> str:
    """UTF-8 when it looks so, stray bytes apart, else UTF-16 or Windows-1252. Raises UnreadableFile when
    the file is empty or is not text."""
    with open_bytes(path) as file:
        head = file.read(_CHUNK)
        if not head.strip():
            raise UnreadableFile(path, "le fichier est vide")
        guessed = _by_first_bytes(path, head)
        if guessed:
            return guessed
        return "utf-8" if _mostly_utf8(head, file) else "cp1252"


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """The text, line ends as they are. A stray byte in UTF-8 becomes half a surrogate pair, which the checks
    take out of its row and tell. Raises UnreadableFile where UTF-16 is cut."""
    errors = {"utf-8": "surrogateescape", "utf-8-sig": "surrogateescape", "cp1252": "replace"}
    with open_bytes(path) as file:
        text = io.TextIOWrapper(
            cast("io.BufferedReader", file), encoding, errors.get(encoding, "strict"), newline=""
        )
        try:
            yield text
        except UnicodeError as error:
            raise UnreadableFile(path, f"le texte ({encoding}) est coupé ou abîmé") from error


def _mostly_utf8(head: bytes, rest: IO[bytes]) -> bool:
    """Whether the bytes that are no UTF-8 are few beside the characters that are: the accents of Windows-1252
    are all wrong at once, a damaged file has a few wrong bytes among many right accents."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stray = high = 0
    chunk = head
    while chunk:
        high += len(chunk.translate(None, _ASCII))
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            pending, _ = decoder.getstate()
            stray += len(_STRAY.findall((pending + chunk).decode("utf-8", "surrogateescape")))
            decoder.reset()
        chunk = rest.read(_CHUNK)
    return stray * 8 <= high


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
