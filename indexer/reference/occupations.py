"""Occupations of France Travail's ROME: by code, by everyday words, and from one version to the next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from indexer.engine import Suggestion
from indexer.reference.completion import NameIndex
from indexer.reference.names import fold
from indexer.words import read_occupation_words

#: Job titles looked at for one occupation shown: an occupation has up to a hundred of them.
_TITLES_EACH: Final = 40
#: Letters that a title and its feminine have in common: chef and cheffe, ouvrier and ouvrière.
_SHARED_LETTERS: Final = 3


@dataclass(frozen=True, slots=True)
class Occupation:
    """A ROME code, its label and job titles. `parent` is the code of version 3 it comes from, or its own."""

    code: str
    libelle: str
    appellations: tuple[str, ...] = ()
    parent: str = ""


class Occupations:
    """Occupations by code. A code that is not in the list is no fault: it is shown as it is."""

    def __init__(self, occupations: Iterable[Occupation]) -> None:
        self._by_code = {occupation.code: occupation for occupation in occupations}

    def __len__(self) -> int:
        return len(self._by_code)

    def find(self, code: str) -> Occupation | None:
        return self._by_code.get(code.upper())

    def label(self, code: str) -> str:
        """The label of a code; the code itself when it is not in the list."""
        occupation = self.find(code)
        return occupation.libelle if occupation else code

    def parent(self, code: str) -> str:
        """The code of version 3 that a code of version 4 comes from; itself for any other."""
        occupation = self.find(code)
        return (occupation.parent or occupation.code) if occupation else code

    def family(self, code: str) -> frozenset[str]:
        """Every code that the same work goes under in one version or the other, this one included.

        A code of version 3 stands for all that came from it; one that came later, for itself and its parent.
        """
        parent = self.parent(code)
        if parent == code:
            return frozenset({code, *self._children.get(code, ())})
        return frozenset({code, parent})

    def suggest(self, q: str, limit: int = 10) -> list[Suggestion]:
        """Occupations by label or job title as it is being typed, in the feminine or the masculine; by code
        too. Slips in long words are forgiven. Each occupation once, under the title that was meant."""
        query = fold(q[:100])
        exact = self.find(query)
        shown = {exact.code: Suggestion(exact.libelle, exact.code, "occupation")} if exact else {}
        for entry in self._matching(query, limit * _TITLES_EACH):
            code, title = self._titles[entry]
            shown.setdefault(code, Suggestion(self._shown_as(code, title), code, "occupation"))
        return list(shown.values())[:limit]

    def _matching(self, query: str, limit: int) -> list[int]:
        return self._names.complete(query, limit) or self._names.forgive(query, limit)

    def _shown_as(self, code: str, title: str) -> str:
        libelle = self._by_code[code].libelle
        return title if title == libelle else f"{title} ({libelle})"

    @cached_property
    def _entries(self) -> list[tuple[str, str, str, float]]:
        """(code, title, folded form, weight): both genders of each title."""
        return [
            (occupation.code, title, form, weight)
            for occupation in self._by_code.values()
            for title, weight in _said(occupation)
            for form in genders(title)
        ]

    @cached_property
    def _titles(self) -> list[tuple[str, str]]:
        return [(code, title) for code, title, _, _ in self._entries]

    @cached_property
    def _names(self) -> NameIndex:
        entries = self._entries
        return NameIndex([form for _, _, form, _ in entries], [weight for _, _, _, weight in entries])

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for occupation in self._by_code.values():
            if occupation.parent and occupation.parent != occupation.code:
                children.setdefault(occupation.parent, []).append(occupation.code)
        return children


def _said(occupation: Occupation) -> Iterator[tuple[str, float]]:
    """What an occupation is called and how much each counts: its label, what people say, job titles."""
    yield occupation.libelle, 2.0
    for words in read_occupation_words().get(occupation.code, ()):
        yield words[0].upper() + words[1:], 1.5
    for appellation in occupation.appellations:
        yield appellation, 1.0


def genders(title: str) -> tuple[str, ...]:
    """Folded forms of a title for both: `Agent / Agente d’accueil` → `agent d accueil`, `agente d accueil`.

    What follows the second form belongs to both, past as many words as the first form has. A second form
    shorter than the first takes the place of the words it is the feminine of: `Web vendeur / vendeuse` →
    `web vendeuse`.
    """
    first, slash, second = title.partition(" / ")
    if not slash:
        return (fold(title),)
    one, other = first.split(), second.split()
    if len(other) < len(one):
        at = _like(one, other[0]) if other else 0
        return fold(first), fold(" ".join([*one[:at], *other, *one[at + len(other) :]]))
    return fold(" ".join([first, *other[len(one) :]])), fold(second)


def _like(words: Sequence[str], feminine: str) -> int:
    """Which of those words begins as that one does; the first when none."""
    begun = fold(feminine)[:_SHARED_LETTERS]
    return next((at for at, word in enumerate(words) if fold(word).startswith(begun)), 0)
