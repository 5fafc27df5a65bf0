"""Hits that were fetched whole, as columns."""

from collections.abc import Iterable

import numpy as np

from indexer.engine import Page
from indexer.row import row_of
from indexer.table import Table, table_of


def tabulate(pages: Iterable[Page]) -> Table:
    """The hits of pages about one place, each option once: what an engine that fetches documents anyway
    answers `SearchReader.table` with."""
    hits = {hit.document.id: hit for page in pages for hit in page.hits}
    rows = [row_of(hit.document) for hit in hits.values()]
    km = [np.nan if hit.distance_km is None else hit.distance_km for hit in hits.values()]
    return table_of(rows, km, [hit.on_site for hit in hits.values()])
