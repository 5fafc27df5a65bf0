"""Completion of what is being typed, one door for the API and the pages."""

from collections.abc import Iterator, Sequence
from functools import cache

from directory.wiring import Jalon
from indexer.engine import Suggestion
from indexer.reference.completion import NameIndex
from indexer.reference.names import fold
from indexer.reference.vocabulary import CATEGORIES, THEMES
from indexer.words import read_theme_words

#: What is typed past this is nobody's word.
LONGEST = 200


def suggestions(jalon: Jalon, what: str, typed: str, *, limit: int) -> Sequence[Suggestion]:
    """Communes, occupations, themes or options beginning as typed, best first; nothing for nothing typed.
    Raises what the engine raises, for options."""
    typed = typed.strip()[:LONGEST]
    if not typed:
        return ()
    if what == "communes":
        return jalon.communes.suggest(typed, limit)
    if what == "occupations":
        return jalon.occupations.suggest(typed, limit)
    if what == "themes":
        return suggest_themes(typed, limit)
    return jalon.reading().suggest(typed, limit=limit)


def suggest_themes(typed: str, limit: int) -> Sequence[Suggestion]:
    """Categories and thématiques by their label or by what people say for them (« nounou »)."""
    index, owners = _theme_index()
    found = index.complete(fold(typed), limit * 4) or index.forgive(fold(typed), limit * 4)
    return list(dict.fromkeys(owners[entry] for entry in found))[:limit]


@cache
def _theme_index() -> tuple[NameIndex, tuple[Suggestion, ...]]:
    entries = list(_theme_entries())
    names, weights, owners = zip(*entries, strict=True)
    return NameIndex(names, weights), owners


def _theme_entries() -> Iterator[tuple[str, float, Suggestion]]:
    """(folded words, weight, suggestion): labels before everyday words, categories before thématiques."""
    for category in CATEGORIES:
        yield fold(category.label), 3.0, Suggestion(category.label, category.code, "category")
    said = read_theme_words()
    for theme in THEMES:
        suggestion = Suggestion(theme.label, theme.code, "thematique")
        yield fold(theme.label), 2.0, suggestion
        yield from ((fold(words), 1.0, suggestion) for words in said.get(theme.code, ()))
