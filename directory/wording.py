"""The words of a wish: what of them only says where, and what to look for with fewer of them."""

from itertools import combinations
from typing import Final

from indexer.french import folded_spans, folded_words
from indexer.question import read_question

#: Words after which a commune is a place: « crèche à Die », never « la garde » of « la garde d'enfants ».
_WHERE: Final = frozenset(
    {"a", "au", "aux", "sur", "vers", "dans", "pres", "autour", "cote", "de", "d", "en"}
)


def without_place(words: str, place: str) -> str:
    """The words typed without the name of the place they are asked from, once it has been understood: no
    service needs to say the name of its town. Left as they are when nothing else would be asked."""
    name = folded_words(place)
    spans = folded_spans(words)
    typed = [word for word, _, _ in spans]
    for start in range(1, len(typed) - len(name) + 1):
        end = start + len(name)
        if name and typed[start:end] == name and (end == len(typed) or typed[start - 1] in _WHERE):
            rest = words[: spans[start][1]] + words[spans[end - 1][2] :]
            return rest if read_question(rest).needed else words
    return words


def fewer_words(words: str) -> list[str]:
    """The same question with one thing less, for when nothing answers it all: « voltige aérienne » leaves
    « voltige » and « aérienne »."""
    said = [_as_typed(words, term.said.split()) for term in read_question(words).needed]
    return [" ".join(some) for some in combinations(said, len(said) - 1)] if len(said) > 1 else []


def _as_typed(text: str, said: list[str]) -> str:
    """The part of a text that runs from the first of those folded words to the last."""
    spans = iter(folded_spans(text))
    places = [place for wanted in said if (place := next((one for one in spans if one[0] == wanted), None))]
    return text[places[0][1] : places[-1][2]] if len(places) == len(said) else " ".join(said)
