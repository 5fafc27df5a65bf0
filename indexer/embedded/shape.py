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
from indexer.french import analyse, index_tokens
from indexer.row import Row, row_of
from indexer.strengths import DESCRIPTION, NAME, OCCUPATIONS, STRUCTURE, SURFACE, THEMES
from indexer.words import searchable_text

#: Raised whenever the schema below or a row changes: indexes made before must be rebuilt.
SHAPE_VERSION: Final = 1

_WHITESPACE: Final = "ready"


def schema() -> tantivy.Schema:
    """The fields of an index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("rid", indexed=True, fast=True)
    for name in (NAME, STRUCTURE, THEMES, OCCUPATIONS, DESCRIPTION):
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
    text = searchable_text(document)
    said = (text.name, text.themes, text.occupations, text.description)
    for name, words in zip((NAME, THEMES, OCCUPATIONS, DESCRIPTION), said, strict=True):
        if words:
            tokens, surface = analyse(words)
            kept.add_text(name, " ".join(tokens))
            kept.add_text(SURFACE, " ".join(surface))
    kept.add_text(STRUCTURE, " ".join(index_tokens(text.structure)))
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
