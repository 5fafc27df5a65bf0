"""A new generation beside the one in service, put in its place when full."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from indexer.document import OptionDocument
from indexer.embedded.generations import Generations
from indexer.embedded.view import Follower
from indexer.embedded.writer import CHUNK, Changes, Writer
from indexer.engine import EngineUnavailable, IndexOutdated, RebuildRefused


class Filling:
    """A generation being filled. Durable by chunks: nobody reads it before its end, and a rebuild that dies
    is begun again."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.follower = writer.follower
        self._changes = Changes()

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """As `FreshIndex.put`."""
        for document in documents:
            self._changes.put((document,))
            if len(self._changes) >= CHUNK:
                self.flush()

    def delete(self, versions: Mapping[str, int]) -> None:
        """As `FreshIndex.delete`."""
        self._changes.delete(versions)

    def flush(self) -> None:
        """Write what waits."""
        changes, self._changes = self._changes, Changes()
        self._writer.write(changes)


@contextmanager
def filling(generations: Generations, *, force: bool) -> Iterator[Filling]:
    """A new generation to fill; it comes into service when the block ends well, and vanishes
    when it does not. Raises EngineBusy, EngineUnavailable, RebuildRefused."""
    with generations.rebuilding():
        generations.sweep()
        old = _in_service(generations)
        last_copied = 0 if old is None else old.next_rid - 1
        folder = generations.create()
        try:
            writer = Writer(Follower(folder))
            fresh = Filling(writer)
            yield fresh
            with generations.committing():
                old = old or _in_service(generations)
                if old is not None:
                    _carry_over(old, fresh, last_copied)
                fresh.flush()
                writer.follower.save(at_least=1)
                if old is not None and not force:
                    _check_size(old, writer.follower)
                writer.close()
                previous = generations.current()
                generations.put_in_service(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        generations.sweep(previous)


def _in_service(generations: Generations) -> Follower | None:
    """The index in service; None when there is none, or one that cannot be read: of another version, or lost
    in part. Its place is then taken without comparing."""
    folder = generations.current()
    try:
        return None if folder is None else Follower(folder)
    except (IndexOutdated, EngineUnavailable):
        return None


def _carry_over(old: Follower, fresh: Filling, last_copied: int) -> None:
    """Write again what came into the old index since the new one was begun: its versions decide."""
    view = old.refresh(wait=True)
    columns = view.columns
    late = columns.order[columns.rids[columns.order] > np.uint64(last_copied)]
    fresh.put(document for row in late if columns.alive[row] for document in view.fetch([row]))
    gone = late[~columns.alive[late]]
    fresh.delete({columns.ids[row]: int(columns.versions[row]) for row in gone})


def _check_size(old: Follower, new: Follower) -> None:
    before, after = int(old.view.columns.alive.sum()), int(new.view.columns.alive.sum())
    if after * 2 < before:
        raise RebuildRefused("new index holds under half of the old one", before=before, after=after)
