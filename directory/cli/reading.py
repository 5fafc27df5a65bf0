"""Reading a small JSON file that somebody typed or another tool wrote."""

from pathlib import Path
from typing import Any, Final

import orjson

from directory.errors import DirectoryError

#: A diagnostic is tens of kilobytes.
MOST_BYTES: Final = 10_000_000
_MARK: Final = b"\xef\xbb\xbf"


class UnreadableFile(DirectoryError):
    """The file does not hold JSON."""


def read_json(path: Path) -> Any:
    """What a file holds, its byte-order mark passed over. Raises UnreadableFile, OSError."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableFile(f"{path.name} dépasse {MOST_BYTES // 1_000_000} Mo.")
    try:
        return orjson.loads(path.read_bytes().removeprefix(_MARK))
    except orjson.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        raise UnreadableFile(f"{path.name} n'est pas un fichier JSON en UTF-8 ({where}).") from error
