"""The words of the field: what leads to what, and what people say for each theme and occupation.

Data kept in three TOML files beside this module, and in `lists`; `indexer.french` and `indexer.question` give
them their meaning. `searchable` says which words of a document a question is held against.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from data_inclusion.schema.v1 import Thematique


@dataclass(frozen=True, slots=True)
class Group:
    """Words that lead to one another (`to` empty) or one way, from `words` to `to`; `why` says the reason.
    `whom` tells that they say for whom a thing is, and not what it is."""

    words: tuple[str, ...]
    why: str
    to: tuple[str, ...] = ()
    whom: bool = False


@dataclass(frozen=True, slots=True)
class Synonyms:
    """`same`: each word of a group stands for all of it. `toward`: only from `words` to `to`."""

    same: tuple[Group, ...]
    toward: tuple[Group, ...]


def read_synonyms() -> Synonyms:
    """The groups of `synonyms.toml`, as written."""
    told = _read("synonyms.toml")
    return Synonyms(_groups(told["same"]), _groups(told["toward"]))


@lru_cache(maxsize=1)
def read_theme_words() -> Mapping[str, tuple[str, ...]]:
    """What people say for each thématique, beside its label."""
    return _by_code("themes.toml")


@lru_cache(maxsize=1)
def read_occupation_words() -> Mapping[str, tuple[str, ...]]:
    """What people say for occupations, by code of ROME."""
    return _by_code("occupations.toml")


def read_topics() -> Iterable[str]:
    """What the field is about: labels of thématiques and what people say for them, acronyms left out, which
    are names (CAF, FSL)."""
    yield from (str(theme.label) for theme in Thematique)
    yield from (words for said in read_theme_words().values() for words in said if not words.isupper())


def _by_code(name: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({code: tuple(words) for code, words in _read(name).items()})


def _groups(rows: Iterable[Mapping[str, Any]]) -> tuple[Group, ...]:
    return tuple(
        Group(tuple(row["words"]), row["why"], tuple(row.get("to", ())), row.get("whom", False))
        for row in rows
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"))
