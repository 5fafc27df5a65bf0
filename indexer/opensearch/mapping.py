"""The fields of an index and its settings, and the stamp of what it was made with."""

from typing import Any, Final

from indexer.document import DOCUMENT_VERSION
from indexer.french import ANALYSIS_VERSION
from indexer.row import FIELDS
from indexer.strengths import SURFACE, WORD_FIELDS
from indexer.topics import WORDINGS_VERSION

#: Raised whenever the mapping below, or what `shape` puts in it, changes.
MAPPING_VERSION: Final = 3

#: What an index is made with: any change of these asks for a rebuild.
STAMP: Final = {
    "document": DOCUMENT_VERSION, "analysis": ANALYSIS_VERSION, "mapping": MAPPING_VERSION,
    "wordings": WORDINGS_VERSION,
}  # fmt: skip

#: Longest word and name kept: what Lucene takes, 32,766 bytes, at four bytes a character.
LONGEST: Final = 8_000

_READY: Final = "ready"
_KEYWORD: Final = {"type": "keyword"}
_BOOLEAN: Final = {"type": "boolean"}
_INTEGER: Final = {"type": "integer"}


def _words(index_options: str) -> dict[str, Any]:
    """A field of ready tokens, that statistics of the corpus never score."""
    return {"type": "text", "analyzer": _READY, "norms": False, "index_options": index_options}


_PROPERTIES: Final[dict[str, Any]] = {
    "id": _KEYWORD,
    "version": {"type": "long", "index": False},
    "deleted": _BOOLEAN,
    "payload": {"type": "keyword", "index": False, "doc_values": False},
    **{name: _words("positions") for name in WORD_FIELDS},
    SURFACE: _words("docs"),
    **dict.fromkeys(FIELDS, _KEYWORD),
    "on_site": _BOOLEAN,
    "remote": _BOOLEAN,
    "placeless": _BOOLEAN,
    "dated": _BOOLEAN,
    "updated": _INTEGER,
    # The circle is looked up in `points`; distances are measured on `places`, which are not rounded.
    "points": {"type": "geo_point"},
    "places": {"type": "long", "index": False},
    "occurrences": {"type": "nested", "properties": {"starts": _INTEGER, "ask_by": _INTEGER}},
    "label": _KEYWORD,
    "label_folded": _KEYWORD,
    "label_words": _words("docs"),
    "label_length": {"type": "integer", "index": False},
}

MAPPING: Final[dict[str, Any]] = {
    "dynamic": "strict",
    "_meta": STAMP,
    # Of what is sent, only the document itself is read again: the rest is tokens and copies.
    "_source": {"includes": ["payload"]},
    "properties": _PROPERTIES,
}


def settings(*, filling: bool) -> dict[str, Any]:
    """Of an index in service, or being filled: nobody searches that one and no copy of it is kept yet."""
    kept = {"refresh_interval": "-1", "number_of_replicas": 0} if filling else IN_SERVICE
    return {"number_of_shards": 1, "analysis": _ANALYSIS, **kept}


#: One shard: a country's options are under a million, and one shard sorts and counts without a merge.
#: A copy as soon as there is a second node; lost with its node, it is made anew on a third after a quarter of
#: a minute, not a whole one: until then one copy alone is left, and to make another takes seconds.
IN_SERVICE: Final = {
    "refresh_interval": "1s",
    "auto_expand_replicas": "0-1",
    "unassigned.node_left.delayed_timeout": "15s",
}

_ANALYSIS: Final = {
    "tokenizer": {_READY: {"type": "whitespace", "max_token_length": LONGEST}},
    "analyzer": {_READY: {"type": "custom", "tokenizer": _READY}},
}
