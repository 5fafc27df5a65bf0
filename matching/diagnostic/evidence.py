"""What a service says it does, in its name and description, whatever the themes it declares."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from indexer.document import OptionDocument
from indexer.reference.vocabulary import THEMES
from matching.diagnostic.wording import tokens
from matching.errors import InvalidMapping

#: Past this a description repeats itself; reading on costs more than it tells.
READ_CHARACTERS: Final = 2_500

_Phrase = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Thématiques that the name tells, and that the description does."""

    named: frozenset[str]
    described: frozenset[str]


@cache
def wordings() -> Mapping[str, tuple[str, ...]]:
    """Everyday phrases by thématique, the most usual first, read once."""
    return read_wordings(files("matching.diagnostic").joinpath("wordings.toml").read_text("utf-8"))


def read_wordings(toml: str) -> Mapping[str, tuple[str, ...]]:
    """From a file's text. Raises InvalidMapping with every thématique unknown or without words."""
    told: dict[str, Any] = tomllib.loads(toml)["wordings"]
    faults = [f"{theme}: not a thématique" for theme in told if theme not in THEMES]
    faults += [f"{theme}: no wording" for theme in THEMES.codes if not told.get(theme)]
    if faults:
        raise InvalidMapping(faults)
    return {theme: tuple(phrases) for theme, phrases in told.items()}


def evidence(document: OptionDocument) -> Evidence:
    """What this option says it does."""
    return _read(document.nom, document.description[:READ_CHARACTERS])


@lru_cache(maxsize=20_000)
def _read(nom: str, description: str) -> Evidence:
    """Kept by what was read, so that an edit is read anew and the same sheet once."""
    return Evidence(named=_themes_in(nom), described=_themes_in(description))


def _themes_in(text: str) -> frozenset[str]:
    if not text:
        return frozenset()
    begins = _phrases_by_first_word()
    words = tokens(text)
    found: set[str] = set()
    for place, word in enumerate(words):
        for phrase, themes in begins.get(word, ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                found.update(themes)
    return frozenset(found)


@cache
def _phrases_by_first_word() -> Mapping[str, tuple[_Phrase, ...]]:
    themes_of: dict[tuple[str, ...], list[str]] = {}
    for theme, phrases in wordings().items():
        for phrase in phrases:
            themes_of.setdefault(tuple(tokens(phrase)), []).append(theme)
    begins: dict[str, list[_Phrase]] = {}
    for words, themes in themes_of.items():
        begins.setdefault(words[0], []).append((words, tuple(themes)))
    return {first: tuple(phrases) for first, phrases in begins.items()}
