"""Themes have two levels: a category (`mobilite`) stands for its thématiques (`mobilite--…`)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from indexer.reference.errors import UnknownCode
from indexer.reference.vocabulary import CATEGORIES, THEMES

_BETWEEN: Final = "--"


def _by_category() -> Mapping[str, tuple[str, ...]]:
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for code in THEMES.codes:
        grouped[category_of(code)].append(code)
    return MappingProxyType({category: tuple(codes) for category, codes in grouped.items()})


def category_of(theme: str) -> str:
    """The category of a thématique; a category is its own. Raises UnknownCode."""
    if theme not in THEMES and theme not in CATEGORIES:
        raise unknown(theme)
    return theme.split(_BETWEEN, 1)[0]


#: Every category and its thématiques, in the order of the schema.
THEMES_BY_CATEGORY: Final[Mapping[str, tuple[str, ...]]] = _by_category()


def expand(code: str) -> tuple[str, ...]:
    """The thématiques a code stands for: itself, or all those of a category. Raises UnknownCode."""
    if code in THEMES:
        return (code,)
    if code not in CATEGORIES:
        raise unknown(code)
    return THEMES_BY_CATEGORY.get(code, ())


def expand_all(codes: Iterable[str]) -> tuple[str, ...]:
    """`expand` of each, every thématique once, in the order asked for. Raises UnknownCode."""
    return tuple(dict.fromkeys(theme for code in codes for theme in expand(code)))


def theme_label(code: str) -> str:
    """What a reader sees for a thématique or a category. Raises UnknownCode."""
    term = THEMES.find(code) or CATEGORIES.find(code)
    if term is None:
        raise unknown(code)
    return term.label


def unknown(code: str) -> UnknownCode:
    """The error for a code that is neither, naming the nearest of both levels."""
    nearest = (*CATEGORIES.nearest(code)[:1], *THEMES.nearest(code))
    return UnknownCode(THEMES.field, code, nearest)
