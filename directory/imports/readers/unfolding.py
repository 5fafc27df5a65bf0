"""Bytes of a file, gzip undone, with a guard against files that unfold without end."""

import gzip
import io
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from directory.imports.errors import UnreadableFile

GZIP_MAGIC: Final = b"\x1f\x8b"

#: An honest inventory unfolds 5 to 30 times, a planted one 1,000 times; small files may do as they like.
MOST_UNFOLDED: Final = 250
NEVER_GUARDED: Final = 64 * 1024 * 1024


class Unfolding(io.RawIOBase):
    """A gzip stream that raises UnreadableFile when cut, corrupt or unfolding beyond reason."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = gzip.open(path, "rb")  # noqa: SIM115  (closed by close)
        self._most = max(NEVER_GUARDED, MOST_UNFOLDED * path.stat().st_size)
        self._given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`. Raises UnreadableFile."""
        try:
            chunk = self._file.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableFile(self._path, "le fichier compressé est coupé ou abîmé") from error
        self._given += len(chunk)
        if self._given > self._most:
            raise unfolds_too_much(self._path)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        super().close()


def unfolds_too_much(path: Path) -> UnreadableFile:
    """The refusal of a file whose content is out of proportion with its size."""
    return UnreadableFile(path, f"une fois déplié, il pèse plus de {MOST_UNFOLDED} fois sa taille")


def is_gzip(path: Path) -> bool:
    """Whether the content is gzip, whatever the name says. Raises UnreadableFile."""
    try:
        with path.open("rb") as file:
            return file.read(2) == GZIP_MAGIC
    except OSError as error:
        raise UnreadableFile(path, "impossible de l'ouvrir") from error


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """The content, unfolded when it is gzip. Raises UnreadableFile."""
    if is_gzip(path):
        with io.BufferedReader(Unfolding(path), 256 * 1024) as file:
            yield file
    else:
        with path.open("rb", buffering=256 * 1024) as file:
            yield file


@contextmanager
def open_seekable(path: Path) -> Iterator[IO[bytes]]:
    """The content where a reader must jump about (Parquet, XLSX): unfolded to a temporary file if need be."""
    if not is_gzip(path):
        with path.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as copy, open_bytes(path) as folded:
        while chunk := folded.read(1024 * 1024):
            copy.write(chunk)
        copy.seek(0)
        yield copy
