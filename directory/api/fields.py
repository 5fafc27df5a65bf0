"""Marshmallow fields with French sentences, so that a 422 reads well whoever sent it."""

from collections.abc import Callable
from typing import Any, Final

from marshmallow import fields

from indexer.query import Sort

#: As marshmallow types them.
Sentences = dict[str, str | list[Any] | dict[Any, Any]]

TEXT: Final[Sentences] = {"invalid": "Un texte est attendu.", "null": "Une valeur est attendue.", "required": "Cette valeur est nécessaire."}
NUMBER: Final[Sentences] = {
    "invalid": "Un nombre est attendu.",
    "special": "Un nombre ordinaire est attendu.",
    "null": "Un nombre est attendu.",
    "too_large": "Ce nombre est trop grand.",
}
DAY: Final[Sentences] = {
    "invalid": "Une date est attendue, comme 2026-12-01.",
    "format": "Une date est attendue.",
}
SORTS: Final = tuple(sort.value for sort in Sort)


def text(**options: Any) -> fields.String:
    """A text."""
    return fields.String(error_messages=TEXT, **options)


def number(**options: Any) -> fields.Float:
    """A finite number."""
    return fields.Float(allow_nan=False, error_messages=NUMBER, **options)


def whole(**options: Any) -> fields.Integer:
    """A whole number, as the query string writes it."""
    return fields.Integer(strict=False, error_messages=NUMBER, **options)


def day(**options: Any) -> fields.Date:
    """A date, ISO 8601."""
    return fields.Date(error_messages=DAY, **options)


def several(**options: Any) -> "fields.List[str]":
    """A parameter that may be repeated."""
    return fields.List(text(), **options)


def one_of(values: tuple[str, ...], **options: Any) -> fields.String:
    """A text among a few."""
    return text(validate=_among(values), **options)


def _among(values: tuple[str, ...]) -> Callable[[str], bool]:
    from marshmallow.validate import OneOf

    check = OneOf(values, error=f"Une de ces valeurs est attendue : {', '.join(values)}.")

    def among(value: str) -> bool:
        check(value)
        return True

    return among
