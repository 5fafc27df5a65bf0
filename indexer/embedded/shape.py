"""What tantivy keeps of a document, and the row that fills the columns.

Words are indexed as ready tokens of `indexer.french`. `rid` numbers every row ever written to an index, in
order: a row is never changed, a new one with the same id stands for the change, so that whoever has read up
to a `rid` is brought up to date by the rows after it. A deletion is such a row too, with `gone`.
"""

from typing import Any, Final

import orjson
import tantivy

from indexer.codec import encode
from indexer.document import OptionDocument
from indexer.row import Row, row_of
from indexer.searchable import token_fields
from indexer.strengths import SURFACE, WORD_FIELDS

#: Raised whenever the schema below or a row changes: indexes made before must be rebuilt.
SHAPE_VERSION: Final = 3

_WHITESPACE: Final = "ready"


def schema() -> tantivy.Schema:
    """The fields of an index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("rid", indexed=True, fast=True)
    for name in WORD_FIELDS:
        builder.add_text_field(name, tokenizer_name=_WHITESPACE, index_option="position")
    builder.add_text_field(SURFACE, tokenizer_name=_WHITESPACE, index_option="basic")
    builder.add_bytes_field("payload", stored=True)
    builder.add_bytes_field("row", stored=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Give an index its tokenizer: tantivy forgets it whenever the index is opened."""
    ready = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_WHITESPACE, ready)


def stored(document: OptionDocument) -> tantivy.Document:
    """The tantivy document of an option, its `rid` still to add. Raises ValueError on what cannot be stored:
    text that is not Unicode, a sheet that is not JSON."""
    kept = _kept(row_of(document))
    kept.add_bytes("payload", encode(document))
    for name, tokens in token_fields(document).items():
        kept.add_text(name, tokens)
    return kept


def tombstone(option_id: str, version: int) -> tantivy.Document:
    """What is left of a deleted option, its `rid` still to add: enough to hold off a late writer."""
    return _kept(Row(option_id, version, gone=True))


def read_row(kept: tantivy.Document) -> Row:
    """The row of a stored document."""
    told: list[Any] = orjson.loads(payload(kept, "row"))
    return Row(*told)


def payload(kept: tantivy.Document, name: str = "payload") -> bytes:
    """The bytes of a stored field."""
    return bytes(kept.get_first(name) or b"")


def _kept(row: Row) -> tantivy.Document:
    kept = tantivy.Document()
    kept.add_text("id", row.id)
    try:
        kept.add_bytes("row", orjson.dumps([getattr(row, name) for name in Row.__slots__]))
    except TypeError as error:
        raise ValueError(f"row cannot be stored: {error}") from error
    return kept
