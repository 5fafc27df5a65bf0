"""What an option is about: the thématiques it declares held against what it says it does.

One service in ten declares no thématique, many tick too many, some tick a wrong one. Engines index the result
as the field `topics`, so that a match asks by what is said as well as by what is declared.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from indexer.document import OptionDocument
from indexer.topics.reading import Telling, read_text
from indexer.topics.wordings import WORDINGS_VERSION

__all__ = ["WORDINGS_VERSION", "Support", "Topic", "read_code", "read_topics", "topic_codes"]


class Support(StrEnum):
    """How the text stands to a thématique, the surest first."""

    NAMED = "named"  # the name says it
    ABOUT = "about"  # the description, or the kind of structure, is about it
    MENTIONED = "mentioned"  # one thing among others
    KIN = "kin"  # declared; the text is about another thématique of the same catégorie
    SILENT = "silent"  # declared; the text says nothing that is recognised
    ELSEWHERE = "elsewhere"  # declared; the text is clearly about something else


@dataclass(frozen=True, slots=True)
class Topic:
    """One thématique that an option declares, tells, or both."""

    theme: str
    declared: bool
    support: Support

    @property
    def code(self) -> str:
        """As engines index it: `mobilite--preparer-un-permis+named` declared, `~named` told only."""
        return f"{self.theme}{'+' if self.declared else '~'}{self.support}"


@lru_cache(maxsize=2_000)
def read_code(code: str) -> Topic:
    """The topic of a code. Raises ValueError for what is none."""
    for mark in ("+", "~"):
        theme, found, support = code.partition(mark)
        if found:
            return Topic(theme, declared=mark == "+", support=Support(support))
    raise ValueError(f"not a topic: {code}")


#: A description is about a thématique that weighs so much in it and takes such a part of it; less of a part
#: is enough for what weighs more. (France services: twenty topics, each one phrase: mentioned, not about.)
_ABOUT: Final = ((0.9, 0.2), (1.9, 0.12))
#: Beside a name that says something clear, one phrase in passing is no second topic.
_ABOUT_TOO: Final = ((1.9, 0.25),)
#: Under this a word in passing.
_MENTIONED: Final = 0.35
#: A structure whose name tells of more catégories than this says nothing of one service.
_SPECIALISED: Final = 2


def topic_codes(document: OptionDocument) -> tuple[str, ...]:
    """The topics as engines index them."""
    return tuple(topic.code for topic in read_topics(document))


def read_topics(document: OptionDocument) -> tuple[Topic, ...]:
    """What an option is about, by thématique."""
    told = _read(document.nom, document.structure_nom, document.description)
    clear = [theme for theme, support in told.items() if support is not Support.MENTIONED]
    kin = {_category(theme) for theme in clear}
    found = {theme: Topic(theme, declared=False, support=support) for theme, support in told.items()}
    for theme in document.thematiques:
        support = told.get(theme) or _without_a_word(theme, kin)
        found[theme] = Topic(theme, declared=True, support=support)
    return tuple(found[theme] for theme in sorted(found))


def _without_a_word(theme: str, clear: set[str]) -> Support:
    if not clear:
        return Support.SILENT
    return Support.KIN if _category(theme) in clear else Support.ELSEWHERE


@lru_cache(maxsize=20_000)
def _read(nom: str, structure: str, description: str) -> dict[str, Support]:
    """Kept by what was read, so that an edit is read anew and the same sheet once."""
    name, text = read_text(nom), read_text(description)
    themes = (*name.weights, *text.weights)
    found = {theme: support for theme in themes if (support := _support(theme, name, text))}
    _add_organisation(_organisation(structure) | name.who, found)
    return found


def _support(theme: str, name: Telling, text: Telling) -> Support | None:
    if theme in name.sure:
        return Support.NAMED
    weight = text.weights.get(theme, 0.0) + name.weights.get(theme, 0.0)
    share = max(text.share(theme), 0.5 * name.share(theme))
    enough = _ABOUT_TOO if name.sure else _ABOUT
    if any(weight >= least and share >= part for least, part in enough):
        return Support.ABOUT
    return Support.MENTIONED if weight >= _MENTIONED else None


@lru_cache(maxsize=20_000)
def _organisation(structure: str) -> frozenset[str]:
    """What the structure stands for by its name."""
    told = read_text(structure)
    return told.who | told.sure


def _add_organisation(stands_for: frozenset[str], found: dict[str, Support]) -> None:
    """What a specialised organisation is for holds for a service whose own words tell it or tell nothing
    clear."""
    if len({_category(theme) for theme in stands_for}) > _SPECIALISED:
        return
    clear = any(support is not Support.MENTIONED for support in found.values())
    for theme in sorted(stands_for):
        support = found.get(theme)
        if support is None:
            found[theme] = Support.MENTIONED if clear else Support.ABOUT
        elif support is Support.MENTIONED:
            found[theme] = Support.ABOUT


def _category(theme: str) -> str:
    return theme.partition("--")[0]
