"""A new generation beside the one in service, put in its place when full."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from indexer.embedded.generations import Generations
from indexer.embedded.view import Follower
from indexer.embedded.writer import Writer
from indexer.engine import IndexOutdated, RebuildRefused


@contextmanager
def filling(generations: Generations, *, force: bool) -> Iterator[Writer]:
    """A writer to fill a new generation with; it comes into service when the block ends well, and vanishes
    when it does not. Raises EngineBusy, EngineUnavailable, RebuildRefused."""
    with generations.rebuilding():
        generations.sweep()
        old = _in_service(generations)
        last_copied = 0 if old is None else old.next_rid - 1
        folder = generations.create()
        try:
            writer = Writer(Follower(folder))
            yield writer
            with generations.committing():
                old = old or _in_service(generations)
                if old is not None:
                    _carry_over(old, writer, last_copied)
                    if not force:
                        _check_size(old, writer.follower)
                writer.close()
                previous = generations.current()
                generations.put_in_service(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        generations.sweep(previous)


def _in_service(generations: Generations) -> Follower | None:
    """The index in service; None when there is none, or one that this version cannot read."""
    folder = generations.current()
    try:
        return None if folder is None else Follower(folder)
    except IndexOutdated:
        return None


def _carry_over(old: Follower, writer: Writer, last_copied: int) -> None:
    """Write again what came into the old index since the new one was begun: its versions decide."""
    view = old.refresh(wait=True)
    columns = view.columns
    late = columns.order[columns.rids[columns.order] > np.uint64(last_copied)]
    writer.put(document for row in late if columns.alive[row] for document in view.fetch([row]))
    gone = late[~columns.alive[late]]
    writer.delete({columns.ids[row]: int(columns.versions[row]) for row in gone})


def _check_size(old: Follower, new: Follower) -> None:
    before, after = int(old.view.columns.alive.sum()), int(new.view.columns.alive.sum())
    if after * 2 < before:
        raise RebuildRefused("new index holds under half of the old one", before=before, after=after)
