"""The folder of an index: generations, the pointer to the one in service, and who may write.

    ROOT/current           the name of the generation in service
    ROOT/g-…/              a tantivy index and its stamp
    ROOT/owner.lock        held by the process that writes, as long as it may
    ROOT/commit.lock       held while a commit or a change of pointer happens
    ROOT/rebuild.lock      held by the process that fills a new generation

Locks are the kernel's: a killed process leaves none behind.
"""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final

import orjson
import tantivy

from indexer.document import DOCUMENT_VERSION
from indexer.embedded.durable import write_whole
from indexer.embedded.shape import SHAPE_VERSION, register, schema
from indexer.engine import EngineBusy, EngineUnavailable, IndexOutdated, IndexUnreadable
from indexer.french import ANALYSIS_VERSION
from indexer.topics import WORDINGS_VERSION

#: What an index is made with: any change of these asks for a rebuild.
STAMP: Final = {
    "tantivy": version("tantivy"),
    "document": DOCUMENT_VERSION,
    "analysis": ANALYSIS_VERSION,
    "shape": SHAPE_VERSION,
    "wordings": WORDINGS_VERSION,
}


class Generations:
    """The generations under one folder, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The generation in service; None when there is none yet. Raises IndexUnreadable."""
        try:
            name = (self.root / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise IndexUnreadable("pointer cannot be read", folder=str(self.root)) from error
        return self.root / name

    def create(self) -> Path:
        """A new, empty, stamped generation, not in service."""
        folder = self.root / f"g-{uuid.uuid4().hex}"
        try:
            folder.mkdir(parents=True)
            tantivy.Index(schema(), str(folder))
            write_whole(folder / "stamp.json", orjson.dumps(STAMP))
        except (OSError, ValueError) as error:
            raise EngineUnavailable("generation cannot be made", folder=str(folder)) from error
        return folder

    def put_in_service(self, folder: Path) -> None:
        """Point to that generation, atomically. Call under `committing`."""
        write_whole(self.root / "current", folder.name.encode("ascii"))

    def sweep(self, *keep: Path | None) -> None:
        """Remove every generation but those in service and to keep. Call under `rebuilding`: whatever else
        stands there was left by a rebuild that died, or is two generations old."""
        for folder in self.root.glob("g-*"):
            if folder not in (self.current(), *keep):
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def committing(self) -> Iterator[None]:
        """While a commit is made or the pointer is moved; waits for its turn."""
        held = self._lock("commit.lock", wait=True)
        try:
            yield
        finally:
            held.close()

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """While a new generation is filled. Raises EngineBusy when another is being filled."""
        held = self._lock("rebuild.lock", wait=False)
        try:
            yield
        finally:
            held.close()

    def own(self) -> IO[bytes]:
        """Become the one who writes, until the file is closed. Raises EngineBusy."""
        return self._lock("owner.lock", wait=False)

    def owns(self, held: IO[bytes]) -> bool:
        """Whether that is still what others would wait for: a folder deleted and made again has a new one."""
        try:
            return (self.root / "owner.lock").stat().st_ino == os.fstat(held.fileno()).st_ino
        except OSError:
            return False

    def _lock(self, name: str, *, wait: bool) -> IO[bytes]:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            held = (self.root / name).open("ab")
        except OSError as error:
            raise EngineUnavailable("index folder cannot be written", folder=str(self.root)) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            held.close()
            raise EngineBusy("another process writes to this index", lock=name) from error
        return held


def open_index(folder: Path) -> tantivy.Index:
    """The index of a generation. Raises IndexOutdated when it was made in another format, IndexUnreadable
    when it cannot be read."""
    stamp = _stamp(folder)
    if stamp != STAMP:
        raise IndexOutdated("index was made in another format", made=stamp, wanted=STAMP)
    try:
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")
    except (OSError, ValueError) as error:
        raise IndexUnreadable("index cannot be read", folder=str(folder)) from error
    register(index)
    return index


def size(folder: Path) -> int:
    """The bytes of a generation; files that vanish meanwhile count for nothing."""
    total = 0
    for file in folder.iterdir():
        try:
            total += file.stat().st_size
        except FileNotFoundError:
            continue
    return total


def _stamp(folder: Path) -> object:
    try:
        told: object = orjson.loads((folder / "stamp.json").read_bytes())
    except orjson.JSONDecodeError:
        return None
    except OSError as error:
        raise IndexUnreadable("index cannot be read", folder=str(folder)) from error
    return told
