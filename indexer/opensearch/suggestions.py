"""Names that complete what is typed, as `indexer.embedded.suggestions` gives them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from indexer.engine import Suggestion
from indexer.french import folded_words
from indexer.opensearch.conditions import IN_FORCE

#: Words and letters read of what is typed.
_WORDS: Final = 8
_LETTERS: Final = 200


def beginnings(typed: str) -> list[str]:
    """The words that names are asked to hold the beginning of."""
    return folded_words(typed[:_LETTERS])[:_WORDS]


def suggest_request(starts: Sequence[str], limit: int) -> dict[str, Any]:
    """Names that hold, for each word typed, one that begins so: those that begin as typed first, then the
    shorter. Each name once, for the first option by id that bears it."""
    held = [{"prefix": {"label_words": start}} for start in starts]
    first = {"constant_score": {"filter": {"prefix": {"label_folded": " ".join(starts)}}}}
    return {
        "query": {"bool": {"filter": [IN_FORCE, *held], "should": [first]}},
        "collapse": {"field": "label"},
        "sort": [{"_score": "desc"}, {"label_length": "asc"}, {"label": "asc"}, {"id": "asc"}],
        "size": limit,
        "_source": False,
        "docvalue_fields": ["id", "kind", "label"],
        "track_total_hits": False,
    }


def read_suggestions(response: Mapping[str, Any]) -> list[Suggestion]:
    """What a response suggests."""
    told = [hit["fields"] for hit in response["hits"]["hits"]]
    return [
        Suggestion(label=fields["label"][0], code=fields["id"][0], type=fields["kind"][0]) for fields in told
    ]
