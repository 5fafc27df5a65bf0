"""A document to bytes and back. Raise `DOCUMENT_VERSION` when the stored form changes."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

import orjson

from indexer.document import Occurrence, OptionDocument, Point

_TUPLES: Final = tuple(
    one.name
    for one in fields(OptionDocument)
    if one.name not in ("points", "occurrences") and str(one.type).startswith("tuple")
)


def encode(document: OptionDocument) -> bytes:
    """Bytes that `decode` turns back into an equal document. Raises ValueError on text that is not Unicode
    or a sheet that is not JSON."""
    try:
        return orjson.dumps(document, default=_plain)
    except TypeError as error:
        raise ValueError(f"document cannot be stored: {error}") from error


def decode(payload: bytes) -> OptionDocument:
    """The document of those bytes."""
    told: dict[str, Any] = orjson.loads(payload)
    for name in _TUPLES:
        told[name] = tuple(told[name])
    told["date_maj"] = date.fromisoformat(told["date_maj"])
    told["points"] = tuple(Point(**point) for point in told["points"])
    told["occurrences"] = tuple(_occurrence(one) for one in told["occurrences"])
    return OptionDocument(**told)


def _occurrence(told: dict[str, Any]) -> Occurrence:
    days = {name: date.fromisoformat(told[name]) for name in ("starts", "ends", "ask_by")}
    return Occurrence(**(told | days | {"times": tuple(told["times"])}))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"not a JSON value: {type(value).__name__}")
