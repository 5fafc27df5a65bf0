"""Rows of Parquet, a thousand at a time."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from directory.imports.errors import UnreadableFile
from directory.imports.readers.rows import RawRow
from directory.imports.readers.unfolding import open_seekable

MAGIC = b"PAR1"


def read_parquet(path: Path) -> Iterator[RawRow]:
    """One row for each row of the table. Raises UnreadableFile."""
    with open_seekable(path) as file:
        rank = 0
        try:
            for batch in pq.ParquetFile(file).iter_batches(batch_size=1000):
                for cells in batch.to_pylist():
                    rank += 1
                    yield RawRow(rank, cells)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise UnreadableFile(path, "ce fichier Parquet est coupé ou abîmé") from error
