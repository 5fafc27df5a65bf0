"""The closed lists of data·inclusion v1, read from its own package: codes, labels and what they mean.

One `Vocabulary` for each field that draws from a list. Themes, which have two levels, are in `themes`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from data_inclusion.schema import v1
from rapidfuzz import fuzz

from indexer.reference.errors import UnknownCode
from indexer.reference.names import fold

_CLOSE_ENOUGH: Final = 60
_OFFERED: Final = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A code, its label as a reader sees it, and what it covers where the list says so."""

    code: str
    label: str
    description: str | None = None


class _Entry(Protocol):
    """A member of the enumerations of the schema."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def description(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one field, in the order of the schema."""

    field: str
    terms: Mapping[str, Term]

    @classmethod
    def of(cls, field: str, entries: Iterable[_Entry]) -> "Vocabulary":
        """From an enumeration of the schema."""
        terms = {e.value: Term(e.value, e.label, e.description) for e in entries}
        return cls(field, MappingProxyType(terms))

    def __contains__(self, code: object) -> bool:
        return code in self.terms

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.terms)

    def find(self, code: str) -> Term | None:
        return self.terms.get(code)

    def get(self, code: str) -> Term:
        """Raises UnknownCode with the nearest codes."""
        term = self.terms.get(code)
        if term is None:
            raise UnknownCode(self.field, code, self.nearest(code))
        return term

    def label(self, code: str) -> str:
        """What a reader sees for a code. Raises UnknownCode."""
        return self.get(code).label

    def nearest(self, value: str) -> tuple[str, ...]:
        """Codes whose spelling or label is close to `value`, the closest first."""
        sought = fold(value[:200])
        scored = sorted(
            (-max(_likeness(sought, fold(code)), _likeness(sought, fold(term.label))), code)
            for code, term in self.terms.items()
        )
        return tuple(code for score, code in scored[:_OFFERED] if -score >= _CLOSE_ENOUGH)


def _likeness(sought: str, written: str) -> float:
    """Between 0 and 100: spelt alike, or, a little less, made of the same words (`mobilite--permis`)."""
    return max(fuzz.ratio(sought, written), 0.95 * fuzz.token_set_ratio(sought, written))


CATEGORIES: Final = Vocabulary.of("categories", v1.Categorie)
THEMES: Final = Vocabulary.of("thematiques", v1.Thematique)
PUBLICS: Final = Vocabulary.of("publics", v1.Public)
SERVICE_TYPES: Final = Vocabulary.of("types", v1.TypeService)
FEES: Final = Vocabulary.of("frais", v1.Frais)
WELCOME_MODES: Final = Vocabulary.of("modes_accueil", v1.ModeAccueil)
MOBILISATION_MODES: Final = Vocabulary.of("modes_mobilisation", v1.ModeMobilisation)
MOBILISERS: Final = Vocabulary.of("mobilisable_par", v1.PersonneMobilisatrice)
NETWORKS: Final = Vocabulary.of("reseaux_porteurs", v1.ReseauPorteur)

#: Every list by the name of the field that draws from it.
VOCABULARIES: Final[Mapping[str, Vocabulary]] = MappingProxyType(
    {
        vocabulary.field: vocabulary
        for vocabulary in (
            CATEGORIES, THEMES, PUBLICS, SERVICE_TYPES, FEES,
            WELCOME_MODES, MOBILISATION_MODES, MOBILISERS, NETWORKS,
        )
    }
)  # fmt: skip
