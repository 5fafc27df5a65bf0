"""The tokens of a document that a question is held against, the same for every engine."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from data_inclusion.schema.v1 import Public, Thematique, TypeService

from indexer.closing import says_closed
from indexer.document import EVERYONE, OptionDocument
from indexer.french import analyse, index_tokens
from indexer.strengths import (
    DECLARED,
    DESCRIPTION,
    FOCUS,
    LABELS,
    NAME,
    OCCUPATIONS,
    STRUCTURE,
    SURFACE,
    THEMES,
)
from indexer.topics import Support, Topic, read_topics
from indexer.words import read_occupation_words, read_theme_words

#: Between two parts of one field: a word no question holds and no phrase crosses.
APART: Final = "zzapartzz"

#: Tokens of a description that say what it is about: those that open it, then those it comes back to.
OPENING: Final = 30
#: How often a word or two side by side come back, and in how large a share of the text.
TIMES, SHARE = 3, 0.02


def token_fields(document: OptionDocument) -> dict[str, str]:
    """Fields of words to their tokens, parted by spaces; those without any are left out."""
    texts = field_texts(document)
    read = {place: _READERS.get(place, analyse)(words) for place, words in texts.items() if words}
    tokens = {place: some for place, (some, _) in read.items()}
    if DESCRIPTION in tokens and NAME in texts:
        tokens[FOCUS] = focus(tokens[DESCRIPTION])
    surface = dict.fromkeys(
        word for place, (_, words) in read.items() if place != STRUCTURE for word in words
    )
    return {place: " ".join(some) for place, some in {**tokens, SURFACE: list(surface)}.items() if some}


@lru_cache(maxsize=8_192)
def _kept(text: str) -> tuple[list[str], list[str]]:
    """`analyse`, for texts that come again and again."""
    return analyse(text)


_READERS: Final = {THEMES: _kept, DECLARED: _kept, LABELS: _kept}


def field_texts(document: OptionDocument) -> dict[str, str]:
    """What each field is read from; `focus` is drawn from the description's tokens. Parts of a field are kept
    apart, so that no expression is found astride two of them. What says it has closed is found by its text
    alone, after all that is open."""
    if says_closed(document.nom, document.description):
        said = f"{document.nom}\n{document.description}"
        return {STRUCTURE: document.structure_nom, DESCRIPTION: said}
    topics = [topic for topic in read_topics(document) if topic.declared or document.kind == "service"]
    return {
        NAME: document.nom,
        STRUCTURE: document.structure_nom,
        THEMES: _parted(_topic_words(topic) for topic in topics if _is_borne_out(topic)),
        DECLARED: _parted(
            _topic_words(topic) for topic in topics if topic.declared and not _is_borne_out(topic)
        ),
        OCCUPATIONS: _parted((*document.occupations, *_trade_words(document.rome))),
        DESCRIPTION: document.description,
        LABELS: _parted(_labels_of(document)),
    }


def focus(tokens: list[str]) -> list[str]:
    """What a description is about: its opening, then the words, and pairs of words, that come back."""
    opening, rest = tokens[:OPENING], tokens[OPENING:]
    if not rest:
        return opening
    least = max(TIMES, SHARE * len(tokens))
    words = [[word] for word, times in Counter(tokens).items() if times >= least]
    pairs = Counter(pairwise(tokens))
    together = [[*pair] for pair, times in pairs.items() if times >= TIMES]
    return [*opening, *(token for said in (*words, *together) for token in (APART, *said))]


def _is_borne_out(topic: Topic) -> bool:
    """Whether what a service says shows that it is about a thématique, declared or forgotten. What an
    immersion or a training tells of, it teaches."""
    return topic.support in {Support.NAMED, Support.ABOUT}


def _topic_words(topic: Topic) -> str:
    """The words of a thématique, and the one it is found by itself, unless the text is about something
    else."""
    words = theme_words(topic.theme)
    return words if topic.support is Support.ELSEWHERE else _parted((words, _topic_word(topic.theme)))


@lru_cache(maxsize=1024)
def theme_words(code: str) -> str:
    """The label of a theme and what people say for it; for a code not known, its own words."""
    label = _theme_labels().get(code) or code.rpartition("--")[2].replace("-", " ")
    return _parted((label, *read_theme_words().get(code, ())))


@lru_cache(maxsize=1024)
def topic_token(code: str) -> str:
    """The token by which a thématique is found itself, and not by its words."""
    return index_tokens(_topic_word(code))[0]


def _topic_word(code: str) -> str:
    return "zz" + "".join(letter for letter in code if letter.isalnum())


def _parted(parts: Iterable[str]) -> str:
    return f" {APART} ".join(parts)


def _trade_words(codes: Iterable[str]) -> Iterator[str]:
    """What people say for the occupations of those codes."""
    return (words for code in codes for words in read_occupation_words().get(code, ()))


def _labels_of(document: OptionDocument) -> Iterator[str]:
    """Whom it is for and what form it takes, in words."""
    labels = _code_labels()
    codes = (*document.publics, document.type)
    return (labels[code] for code in codes if code and code != EVERYONE and code in labels)


@lru_cache(maxsize=1)
def _theme_labels() -> Mapping[str, str]:
    return MappingProxyType({str(theme.value): str(theme.label) for theme in Thematique})


@lru_cache(maxsize=1)
def _code_labels() -> Mapping[str, str]:
    return MappingProxyType(
        {str(one.value): str(one.label) for each in (Public, TypeService) for one in each}
    )
