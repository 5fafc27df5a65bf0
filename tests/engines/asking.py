"""Short ways to put a question and read its answer."""

from collections.abc import Iterable

from indexer.document import OptionDocument
from indexer.engine import SearchEngine, SearchReader
from indexer.query import Query, Text, Wish
from tests.builders import question

ALL = 10_000


def put(engine: SearchEngine, *documents: OptionDocument) -> None:
    """Store and see."""
    engine.put(documents)
    engine.refresh()


def names(engine: SearchReader, query: Query) -> list[str]:
    """The names found, in order."""
    return [hit.document.nom for hit in engine.search(query, limit=ALL).hits]


def said(engine: SearchReader, words: str) -> list[str]:
    """The names a text finds, in order."""
    return names(engine, question(wants=[Wish(Text(words))]))


def ids_found(engine: SearchReader, query: Query) -> list[str]:
    """The ids found, in order."""
    return [hit.document.id for hit in engine.search(query, limit=ALL).hits]


def stored(engine: SearchReader, ids: Iterable[str]) -> dict[str, int]:
    """What is held of those ids: their versions."""
    return {option_id: document.version for option_id, document in engine.get(ids).items()}
