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
SAME_TOWN_KM: Final = 1.5
#: Where the body or a contact is the same, the shorter name need share no more than this part of its words.
SHARED_WORDS: Final = 0.6

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
    """What twins share at least one of: the words of their name, a contact, a town and a theme."""
    yield document.kind, _words(document.nom)
    yield from ((document.code_insee, theme) for theme in document.thematiques or ("",))
    for name in _CONTACTS:
        if document.sheet.get(name):
            yield name, document.sheet[name]


def are_twins(one: OptionDocument, other: OptionDocument) -> bool:
    """Whether two sheets tell one service: of one body in one town under names that share their words; or of
    one name at one address."""
    if one.source == other.source or one.kind != other.kind or not _themes_agree(one, other):
        return False
    body, another = _words(one.structure_nom), _words(other.structure_nom)
    if _shared(body, another) or _same_contact(one, other):
        return _same_town(one, other) and _shared(_words(one.nom), _words(other.nom))
    return not (body and another) and _same_address(one, other) and _words(one.nom) == _words(other.nom)


def _themes_agree(one: OptionDocument, other: OptionDocument) -> bool:
    themes, others = set(one.thematiques), set(other.thematiques)
    return not themes or not others or not themes.isdisjoint(others)


def _same_town(one: OptionDocument, other: OptionDocument) -> bool:
    """Both there, or both had remotely only: two sources put one door up to a kilometre apart."""
    if one.points and other.points:
        return distance_km(one.points[0], other.points[0]) <= SAME_TOWN_KM
    return one.code_insee == other.code_insee and not one.points and not other.points


def _same_address(one: OptionDocument, other: OptionDocument) -> bool:
    if one.points and other.points:
        return distance_km(one.points[0], other.points[0]) <= SAME_PLACE_KM
    return _same_town(one, other)


def _same_contact(one: OptionDocument, other: OptionDocument) -> bool:
    return any(one.sheet.get(name) and one.sheet.get(name) == other.sheet.get(name) for name in _CONTACTS)


def _shared(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether the shorter of two names says little that the other does not."""
    return bool(words and others) and len(words & others) >= SHARED_WORDS * min(len(words), len(others))


@lru_cache(maxsize=20_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(index_tokens(name))
