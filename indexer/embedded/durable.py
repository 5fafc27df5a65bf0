"""Files that are whole or not there."""

import os
from pathlib import Path


def write_whole(file: Path, content: bytes | memoryview) -> None:
    """Put a file in place: all of it or none, even when the power goes. Raises OSError."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with beside.open("wb") as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
