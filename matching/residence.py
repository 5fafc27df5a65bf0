"""Where a text says that one must live: « habitants de Die », « domiciliés en Ardèche », « résider dans
Montélimar Agglomération ».

The clause is kept as written; the names in it are compared with the person's own commune, intercommunality,
département and région. A hedge (« en priorité », « et alentours ») or a name that no list holds leaves it to
be checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from indexer.reference.communes import Communes
from matching.diagnostic.wording import fold

Cover = Literal["in", "out", "unknown"]

_TRIGGER: Final = re.compile(
    r"\b(?:habitant(?:e|es|s)?|r[ée]sident(?:e|es|s)?|r[ée]sidant(?:e|es|s)?|habiter|r[ée]sider|vivre|vivant|"
    r"demeurant|domicili[ée](?:e|es|s)?|administr[ée](?:e|es|s)?)\b"
    r"(?: (?:ou|et) (?:être )?(?:domicili|r[ée]sid|habit)\w*)?(?P<where>[^.;:()\n•]*)",
    re.IGNORECASE,
)
#: What comes after the place.
_AFTER: Final = re.compile(
    r"\b(?:depuis|et (?:avoir|être)|ou (?:avoir|être|y)|avec|pour|dont|qui|sans)\b", re.IGNORECASE
)
_NAME: Final = re.compile(
    r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’'-]*"
    r"(?:[ -](?:(?:de|du|des|la|le|les|sur|sous|en|lès|lez|aux|à)[ -]|(?:de )?l[’']|d[’'])*"
    r"[A-ZÀ-ÖØ-Þ][\w’'-]*)*"
)
#: « d'Ardèche », not « Tain-l'Hermitage ».
_ARTICLE: Final = re.compile(r"(?<![\w-])[dl][’'](?=[A-ZÀ-ÖØ-Þ])")
_HEDGE: Final = re.compile(
    r"\b(?:priorit\w*|alentours?|environs?|voisin\w*|limitrophes?|autour|proches?|bassin|pays|vallee|secteurs?|"
    r"notamment|sauf|possible\w*|ailleurs|selon|ou)\b"
)
#: A part of a commune: living elsewhere in it is not enough, and only the address tells.
_PART: Final = re.compile(
    r"\b(?:quartiers?|secteurs?|cantons?|rues?|hlm|residence|foyer|nord|sud|est|ouest|centre)\b"
)


@dataclass(frozen=True, slots=True)
class Residence:
    """A clause about where one lives, the names in it, whether something softens it, and whether it speaks of
    a part of a commune."""

    clause: str
    names: tuple[str, ...]
    hedged: bool
    part: bool

    def covers(self, zones: frozenset[str], communes: Communes) -> Cover:
        """Whether somebody whom these zone codes cover lives there."""
        codes = [communes.codes_named(name) for name in self.names]
        if any(not zones.isdisjoint(one) for one in codes):
            return "unknown" if self.part else "in"
        return "unknown" if self.hedged or not all(codes) else "out"


def residences(text: str) -> Iterator[Residence]:
    """The clauses of a text that name a place to live in."""
    for found in _TRIGGER.finditer(text):
        where = _AFTER.split(found["where"], maxsplit=1)[0]
        names = list(_names(where))
        if names:
            end = max(names, key=lambda one: one.end()).end()
            clause = " ".join(text[found.start() : found.start("where") + end].split())
            hedged = _HEDGE.search(fold(where)) is not None
            part = _PART.search(fold(where)) is not None
            yield Residence(clause, tuple(one[0] for one in names), hedged, part)


def _names(where: str) -> Iterator[re.Match[str]]:
    """Proper nouns; what is wholly in capitals (CADA, QPV, a shouted text) is no place name."""
    spaced = _ARTICLE.sub("  ", where)
    return (one for one in _NAME.finditer(spaced) if len(one[0]) > 1 and not one[0].isupper())
