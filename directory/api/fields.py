"""Marshmallow fields with French sentences, so that a 422 reads well whoever sent it.

`said` is what the OpenAPI page tells of a parameter, `values` the closed list it shows: unknown values are
refused by `directory.search`, which can name the nearest.
"""

from collections.abc import Sequence
from typing import Any, Final

from marshmallow import fields
from marshmallow.validate import OneOf, Range

from indexer.query import Sort

#: As marshmallow types them.
Sentences = dict[str, str | list[Any] | dict[Any, Any]]

TEXT: Final[Sentences] = {
    "invalid": "Un texte est attendu.",
    "invalid_utf8": "Un texte en UTF-8 est attendu.",
    "null": "Une valeur est attendue.",
    "required": "Cette valeur est nécessaire.",
}
NUMBER: Final[Sentences] = {
    "invalid": "Un nombre est attendu.",
    "special": "Un nombre ordinaire est attendu.",
    "null": "Un nombre est attendu.",
    "too_large": "Ce nombre est trop grand.",
}
DAY: Final[Sentences] = {
    "invalid": "Une date est attendue, comme 2026-12-01.",
    "format": "Une date est attendue, comme 2026-12-01.",
    "null": "Une date est attendue.",
}
SORTS: Final = tuple(sort.value for sort in Sort)


def text(said: str = "", *, example: str | None = None, **options: Any) -> fields.String:
    """A text."""
    return fields.String(error_messages=TEXT, metadata=_told(said, example=example), **options)


def number(said: str = "", *, low: float, high: float, example: float, **options: Any) -> fields.Float:
    """A finite number; its bounds are documented here and checked with the wish."""
    told = _told(said, example=example, minimum=low, maximum=high)
    return fields.Float(allow_nan=False, error_messages=NUMBER, metadata=told, **options)


def whole(said: str = "", *, low: int, high: int, refusal: str = "", **options: Any) -> fields.Integer:
    """A whole number, as a query string writes it; out of bounds gives `refusal` (none: not checked here)."""
    told = _told(said, minimum=low, maximum=high)
    checks = [Range(low, high, error=refusal)] if refusal else []
    return fields.Integer(strict=False, error_messages=NUMBER, metadata=told, validate=checks, **options)


def day(said: str = "", **options: Any) -> fields.Date:
    """A date, ISO 8601."""
    return fields.Date(error_messages=DAY, metadata=_told(said, example="2026-12-01"), **options)


def several(said: str = "", *, values: Sequence[str] = (), **options: Any) -> "fields.List[str]":
    """A parameter that may be repeated."""
    one = fields.String(error_messages=TEXT, metadata={"enum": list(values)} if values else {})
    return fields.List(one, metadata=_told(said), **options)


def one_of(values: tuple[str, ...], said: str = "", **options: Any) -> fields.String:
    """A text among a few."""
    check = OneOf(values, error=f"Une de ces valeurs est attendue : {', '.join(values)}.")
    return text(said, validate=check, **options)


def _told(said: str, **more: Any) -> dict[str, Any]:
    told = {name: value for name, value in more.items() if value is not None}
    return {"description": said, **told} if said else told
