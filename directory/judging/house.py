"""A house to throw away: a base and an index of its own, filled by the road any file takes.

Nothing of the installation is touched: the base is SQLite in a temporary folder; so is the index, unless the
installation searches on OpenSearch, where an index of its own name is made and deleted.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final
from uuid import uuid4

from directory.imports.load import Importer, Told, Wishes
from directory.imports.report import FileReport
from directory.inventory.loading import load, stream
from directory.judging.folder import KINDS
from directory.migrations import upgrade
from directory.wiring import Jalon
from indexer.rebuild import rebuild

#: Fills the source of rows that give none.
SOURCE: Final = "cas-juges"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrowAway:
    """The house, and what became of each file."""

    jalon: Jalon
    reports: Sequence[FileReport]


@contextmanager
def throw_away(jalon: Jalon, files: Sequence[Path], today: date, told: Told) -> Iterator[ThrowAway]:
    """A house holding those files, until the block ends. `told` hears how many rows were read. Raises what an
    import and an engine raise."""
    with tempfile.TemporaryDirectory(prefix="jalon-evaluate-") as folder:
        house = Jalon(
            replace(
                jalon.settings, data_dir=Path(folder), database_url="",
                search_url=own_address(jalon.settings.search_url),
            ),
            jalon.clock,
        )  # fmt: skip
        try:
            reports = _fill(house, files, today, told)
            yield ThrowAway(jalon=house, reports=reports)
        finally:
            _empty(house)


def own_address(url: str) -> str:
    """The same engine, with an index that nobody else has."""
    if url.startswith("embedded:"):
        return "embedded:"
    address, question, parameters = url.partition("?")
    return f"{address.rstrip('/')}-evaluate-{uuid4().hex[:12]}{question}{parameters}"


def _fill(house: Jalon, files: Sequence[Path], today: date, told: Told) -> list[FileReport]:
    upgrade(house.database)
    # A sheet brought up to date after the day that is judged is no mistake of the file.
    day = max(today, house.today())
    importer = Importer(sessions=house.database.sessions, communes=house.communes, today=day, told=told)
    reports = [
        report for file in files for report in importer.run([file], Wishes(kind=_kind(file), source=SOURCE))
    ]
    sessions = house.database.sessions
    rebuild(sessions, house.engine, stream(sessions), load(sessions))
    house.engine.refresh()
    return reports


def _kind(file: Path) -> str:
    return next(kind for kind in KINDS if file.name.startswith(kind))


def _empty(house: Jalon) -> None:
    try:
        if not house.settings.search_url.startswith("embedded:"):
            from indexer.opensearch.forget import forget

            forget(house.settings.search_url)
    finally:
        house.engine.close()
        house.database.close()
