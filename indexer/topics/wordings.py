"""The phrases by which services say what they do, compiled from `wordings.toml` for one pass over a text."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final, TypeVar

from data_inclusion.schema.v1 import Thematique

from indexer.topics.text import passages, plain

K = TypeVar("K")

#: Raised whenever the same text may tell other topics (this file, `wordings.toml`, how they are read): an
#: index made before must be rebuilt.
WORDINGS_VERSION: Final = 1

#: What one phrase weighs: certain by itself, or only beside others; three hints outweigh a certainty.
SURE: Final = 1.0
HINT: Final = 0.4

#: Words allowed between the two parts of `a .. b`.
GAP: Final = 3

_GAP_MARK: Final = " .. "
#: From the schema itself: `indexer.reference` stands on the port, which stands on this.
THEMES: Final = tuple(sorted(str(theme.value) for theme in Thematique))

_KINDS: Final = ("sure", "hint", "who")


class InvalidWordings(ValueError):
    """The file of wordings is wrong; `faults` are sentences, all of them."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """What is looked for: stems in their order (`then` after a gap), or one `plain` word; `capitals` when it
    counts only so written. `says`: thématiques and how surely; `who`: those it tells as the name of an
    organisation. With neither it is a decoy, there to hide others."""

    text: str
    stems: tuple[str, ...]
    then: tuple[str, ...] = ()
    plain: str = ""
    capitals: bool = False
    says: Mapping[str, float] = field(default_factory=dict)
    who: tuple[str, ...] = ()
    decoy: bool = False


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by what they begin with, the longest first: one word as written, two stems in a row, or one
    stem with a gap behind it."""

    words: Mapping[str, tuple[Phrase, ...]]
    pairs: Mapping[tuple[str, str], tuple[Phrase, ...]]
    gaps: Mapping[str, tuple[Phrase, ...]]


@cache
def wordings() -> Phrases:
    """Those shipped, read once."""
    return read_wordings(resources.files(__package__).joinpath("wordings.toml").read_text("utf-8"))


def read_wordings(toml: str) -> Phrases:
    """From a file's text. Raises InvalidWordings with every thématique unknown or without words."""
    raw: dict[str, Any] = tomllib.loads(toml)
    told: dict[str, dict[str, list[str]]] = raw.get("themes", {})
    faults = [f"{theme}: not a thématique" for theme in told if theme not in THEMES]
    faults += [f"{theme}: no wording" for theme in THEMES if not told.get(theme, {}).get("sure")]
    faults += [
        f"{theme}: {kind} is none of {', '.join(_KINDS)}"
        for theme, some in told.items()
        for kind in some
        if kind not in _KINDS
    ]
    if faults:
        raise InvalidWordings(faults)
    told_of = [(phrase, theme, kind) for theme, some in told.items() for kind, phrases in some.items()
               for phrase in phrases]  # fmt: skip
    return _compile([*((one, "", "decoy") for one in raw.get("decoys", ())), *told_of])


#: What makes two phrases one: stems, stems after the gap, the word when it is one, capitals only.
_Key = tuple[tuple[str, ...], tuple[str, ...], str, bool]


def _compile(told: Iterable[tuple[str, str, str]]) -> Phrases:
    """From (phrase, thématique, kind): each phrase once, whatever it tells; the surer telling stays."""
    gathered: dict[_Key, list[tuple[str, str, str]]] = {}
    for one in told:
        gathered.setdefault(_key(one[0]), []).append(one)
    words: dict[str, list[Phrase]] = {}
    pairs: dict[tuple[str, str], list[Phrase]] = {}
    gaps: dict[str, list[Phrase]] = {}
    for key, some in gathered.items():
        phrase = _phrase(key, some)
        if phrase.plain:
            words.setdefault(phrase.plain, []).append(phrase)
        elif len(phrase.stems) > 1:
            pairs.setdefault((phrase.stems[0], phrase.stems[1]), []).append(phrase)
        else:
            gaps.setdefault(phrase.stems[0], []).append(phrase)
    return Phrases(_frozen(words), _frozen(pairs), _frozen(gaps))


def _phrase(key: _Key, told: list[tuple[str, str, str]]) -> Phrase:
    stems, then, word, capitals = key
    says = {theme: HINT for _, theme, kind in told if kind == "hint"}
    says |= {theme: SURE for _, theme, kind in told if kind == "sure"}
    who = tuple(sorted({theme for _, theme, kind in told if kind == "who"}))
    decoy = any(kind == "decoy" for _, _, kind in told)
    return Phrase(told[0][0], stems, then, word, capitals, says, who, decoy)


def _frozen(index: Mapping[K, list[Phrase]]) -> Mapping[K, tuple[Phrase, ...]]:
    return {first: tuple(sorted(some, key=lambda one: -len(one.stems))) for first, some in index.items()}


def _key(text: str) -> _Key:
    capitals = text.endswith("!")
    first, _, after = text.rstrip("!").partition(_GAP_MARK)
    stems, then = _stems(first), _stems(after)
    if not stems:
        raise InvalidWordings([f"{text}: no word that counts"])
    word = plain(first) if len(stems) == 1 and not then else ""
    return stems, then, word, capitals


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem for passage in passages(text) for stem in passage.stems if stem)
