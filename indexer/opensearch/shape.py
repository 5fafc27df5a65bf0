"""A document to what OpenSearch is sent of it. What a filter reads is the embedded engine's row, so that both
read the same."""

from typing import Any, Final

from indexer.codec import encode
from indexer.document import OptionDocument
from indexer.french import folded_words
from indexer.opensearch.mapping import LONGEST
from indexer.row import FIELDS, row_of
from indexer.searchable import token_fields

#: Parts of a degree that a packed place keeps: a centimetre, and exact for coordinates of seven decimals.
_PARTS: Final = 10_000_000


def stored(document: OptionDocument) -> dict[str, Any]:
    """The body of an option. Raises ValueError for one that cannot be stored."""
    row = row_of(document)
    return {
        "id": row.id,
        "version": row.version,
        "deleted": False,
        "payload": encode(document).decode(),
        **token_fields(document),
        **{name: values for name, values in zip(FIELDS, row.values, strict=True) if values},
        "on_site": row.on_site,
        "remote": row.remote,
        "placeless": row.placeless,
        "dated": row.dated,
        "updated": row.updated,
        "points": [{"lat": latitude, "lon": longitude} for latitude, longitude in row.points],
        "places": [_packed(*point) for point in row.points],
        "occurrences": [{"starts": starts, "ask_by": ask_by} for starts, ask_by, _ in row.occurrences],
        **_label(document.nom),
    }


def tombstone(option_id: str, version: int) -> dict[str, Any]:
    """What is left of a deleted option: enough to hold off a late writer."""
    return {"id": option_id, "version": version, "deleted": True}


def _label(nom: str) -> dict[str, Any]:
    """What suggestions read, of a name or of the head of one without end."""
    words = folded_words(nom)
    return {
        "label": nom[:LONGEST],
        "label_folded": " ".join(words)[:LONGEST],
        "label_words": " ".join(words),
        "label_length": len(nom),
    }


def _packed(latitude: float, longitude: float) -> int:
    """A point in one number, which a script reads without rounding: latitude above, longitude below."""
    return (round(latitude * _PARTS) << 32) | (round(longitude * _PARTS) & 0xFFFF_FFFF)
