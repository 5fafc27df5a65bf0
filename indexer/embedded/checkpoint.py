"""The columns of a generation saved beside it, so that a process that opens it need not read every row.

Only a shortcut: rows that came after are read from the index, and without the file all of them are.
"""

import io
import zipfile
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson

from indexer.embedded.columns import Columns
from indexer.embedded.durable import write_whole

_FILE: Final = "columns.npz"


def save(folder: Path, columns: Columns, last_rid: int) -> None:
    """Save columns that hold every row up to `last_rid`. Raises OSError."""
    arrays, words = columns.dump()
    told = np.frombuffer(orjson.dumps({"last_rid": last_rid, "words": words}), np.uint8)
    content = io.BytesIO()
    saved: dict[str, Any] = {"told": told, **arrays}
    np.savez(content, **saved)
    write_whole(folder / _FILE, content.getbuffer())


def load(folder: Path) -> tuple[Columns, int] | None:
    """What was saved last, and up to which row; None when nothing was, or it cannot be read."""
    try:
        with np.load(folder / _FILE) as arrays:
            told = orjson.loads(arrays["told"].tobytes())
            return Columns.load(arrays, told["words"]), int(told["last_rid"])
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        # Damaged: the rows are in the index, it only takes longer.
        return None
