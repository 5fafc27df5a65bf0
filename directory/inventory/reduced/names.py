"""Words to what SQL can look for: patterns of names, whatever their case and accents, and themes said so.

A token is the root of a word (`indexer.french`), so a name that holds it somewhere may hold the word. Roots
that the word itself does not contain (« chomag » of « chômeurs ») are not found in names: a few, and themes
know most of them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, and_, or_

from indexer.french import Phrase, index_tokens
from indexer.judging import holds, phrases
from indexer.question import Term
from indexer.reference.vocabulary import THEMES
from indexer.searchable import theme_words

_ACCENTS: Final = {
    "a": "aàâäáãåAÀÂÄÁÃÅ", "c": "cçCÇ", "e": "eéèêëEÉÈÊË", "i": "iîïíìIÎÏÍÌ", "n": "nñNÑ",
    "o": "oôöóòõOÔÖÓÒÕ", "u": "uùûüúUÙÛÜÚ", "y": "yÿYŸ",
}  # fmt: skip
_LIGATURES: Final = {"oe": "œŒ", "ae": "æÆ"}
#: Themes one term may stand for.
_MOST_THEMES: Final = 20


def says(columns: Sequence[Column[Any]], phrase: Phrase, dialect: str) -> ColumnElement[bool]:
    """Rows whose names may hold all the tokens of a phrase."""
    return and_(*(or_(*(_holds(column, token, dialect) for column in columns)) for token in phrase))


def begins(columns: Sequence[Column[Any]], start: str, dialect: str) -> ColumnElement[bool]:
    """Rows whose names may hold a word that begins so; `start` is folded."""
    return or_(*(_holds(column, start, dialect) for column in columns))


@lru_cache(maxsize=512)
def themes_said(term: Term) -> tuple[str, ...]:
    """The thématiques whose label, or what people say for it, says that term."""
    said = (code for code, tokens in _said() if any(holds(tokens, phrase) for phrase in phrases(term)))
    return tuple(said)[:_MOST_THEMES]


@lru_cache(maxsize=1)
def _said() -> tuple[tuple[str, Phrase], ...]:
    return tuple((code, tuple(index_tokens(theme_words(code)))) for code in THEMES.codes)


def _holds(column: Column[Any], token: str, dialect: str) -> ColumnElement[bool]:
    operator = "~" if dialect == "postgresql" else "GLOB"
    return or_(
        *(
            column.bool_op(operator)(pattern if dialect == "postgresql" else f"*{pattern}*")
            for pattern in patterns(token)
        )
    )


def patterns(token: str) -> Iterator[str]:
    """Character classes, the same for GLOB and for a regular expression: letters whatever their case and
    accents. A ligature is one letter, so it takes a pattern of its own."""
    yield "".join(map(_letter, token))
    for letters, ligature in _LIGATURES.items():
        if letters in token:
            before, _, after = token.partition(letters)
            yield "".join(map(_letter, before)) + f"[{ligature}]" + "".join(map(_letter, after))


def _letter(one: str) -> str:
    if not one.isalnum():
        return "[^ ]"  # no token holds one; whatever it is, it is taken for no sign of the pattern
    return f"[{_ACCENTS.get(one, one + one.upper())}]" if one.isalpha() else one
