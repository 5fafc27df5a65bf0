"""The same service told by two sources: one is shown, both stay traceable.

Certain only: another source, the same kind, place and themes, a name that says the same. Two associations
that both call theirs « Aide alimentaire » in one town are two services.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Final

from indexer.document import OptionDocument
from indexer.french import index_tokens
from indexer.reference.distance import distance_km

#: Two points closer than this are one address, geocoded twice.
SAME_PLACE_KM: Final = 0.25
#: Where a telephone or a mail is the same, names need share no more than this part of their words.
SHARED_WORDS: Final = 0.5

_CONTACTS: Final = ("telephone", "courriel")


def twins(documents: Iterable[OptionDocument]) -> Mapping[str, frozenset[str]]:
    """The twins of each option that has some."""
    together: dict[Hashable, list[OptionDocument]] = {}
    for one in documents:
        for sign in _signs(one):
            together.setdefault(sign, []).append(one)
    found: dict[str, set[str]] = {}
    for some in together.values():
        for one, other in combinations(some, 2):
            if are_twins(one, other):
                found.setdefault(one.id, set()).add(other.id)
                found.setdefault(other.id, set()).add(one.id)
    return {option_id: frozenset(others) for option_id, others in found.items()}


def _signs(document: OptionDocument) -> Iterator[Hashable]:
    """What twins share at least one of: the words of their name, a contact."""
    yield document.kind, _words(document.nom)
    for name in _CONTACTS:
        if document.sheet.get(name):
            yield name, document.sheet[name]


def are_twins(one: OptionDocument, other: OptionDocument) -> bool:
    """Whether two sheets tell one service."""
    return (
        one.source != other.source
        and one.kind == other.kind
        and _themes_agree(one, other)
        and _same_place(one, other)
        and _same_name(one, other)
    )


def _themes_agree(one: OptionDocument, other: OptionDocument) -> bool:
    themes, others = set(one.thematiques), set(other.thematiques)
    return not themes or not others or not themes.isdisjoint(others)


def _same_place(one: OptionDocument, other: OptionDocument) -> bool:
    if one.points and other.points:
        return distance_km(one.points[0], other.points[0]) <= SAME_PLACE_KM
    return not one.points and not other.points and one.code_insee == other.code_insee


def _same_name(one: OptionDocument, other: OptionDocument) -> bool:
    words, others = _words(one.nom), _words(other.nom)
    if any(one.sheet.get(name) and one.sheet.get(name) == other.sheet.get(name) for name in _CONTACTS):
        return len(words & others) >= SHARED_WORDS * len(words | others)
    structure, another = _words(one.structure_nom), _words(other.structure_nom)
    return words == others and (not structure or not another or structure == another)


@lru_cache(maxsize=20_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(index_tokens(name))
