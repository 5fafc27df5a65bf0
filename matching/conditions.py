"""What the free text of an option's conditions says for certain: ages, registration, referral, minima.

Read in `conditions_acces`, `publics_precisions` and `prerequis` only. A hedge (« sauf », « RQTH »,
« priorité »…) makes an age a thing to check, never a refusal.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.document import OptionDocument
from matching.diagnostic.wording import fold

_FIELDS: Final = ("publics_precisions", "conditions_acces", "prerequis")
_RANGE: Final = re.compile(r"\b(?:entre |de )?(\d{1,2}) (?:ans )?(?:a |et |au )?(\d{1,3}) ans\b")
_UNDER: Final = re.compile(r"\b(moins de|jusqu a|maximum|avant) (\d{1,3}) ans\b")
_OVER: Final = re.compile(
    r"\b(plus de|a partir de|des|au moins|minimum|avoir) (\d{1,2}) ans\b"
    r"|\b(\d{1,2}) ans (?:et plus|minimum|revolus)\b"
)
_ADULT: Final = re.compile(r"\b(?:etre majeur|personnes? majeures?|majeurs? uniquement|adultes uniquement)\b")
_NOT_AN_AGE: Final = re.compile(
    r"\b(?:depuis|il y a|pendant|experience)(?: [a-z]+){0,2} (?:\d{1,2} a )?\d{1,2} ans\b"
    r"|\benfants?(?: [a-z0-9]+){0,6} ans\b"
)
_HEDGES: Final = re.compile(
    r"\b(?:sauf|ou|rqth|handicap\w*|derogation\w*|priorit\w*|possible\w*|notamment|principalement|aussi|egalement|"
    r"generalement|selon|situation\w*|familles?|enfants?)\b"
)
#: What to check, and the words that tell it.
_CHECKS: Final = tuple(
    (re.compile(rf"\b(?:{words})\b"), name)
    for name, words in (
        (
            "inscription à France Travail",
            r"(?:inscrite?s?|inscription)(?: [a-z]+){0,3} (?:france travail|pole emploi)",
        ),
        (
            "orientation par un professionnel",
            r"(?:sur|par) (?:orientation|prescription)|orientation (?:par|d un)|prescripteurs?",
        ),
        ("bénéficier du RSA", r"rsa|revenu de solidarite active"),
        ("reconnaissance de travailleur handicapé (RQTH)", r"rqth|travailleurs? handicapes?"),
        (
            "conditions de ressources",
            r"(?:conditions?|plafonds?) de ressources?|sous conditions? de revenus?|quotient familial",
        ),
        ("habiter un quartier prioritaire", r"qpv|quartiers? prioritaires?"),
        ("permis B", r"permis b|titulaires? du permis"),
    )
)

#: Under this an age is a child's: « 3 à 6 ans » at a crèche says nothing of the parent.
_YOUNGEST: Final = 14


@dataclass(frozen=True, slots=True)
class Conditions:
    """Ages accepted, both included (None: no bound told); `certain` when nothing in the text softens them.
    `checks`: things to check, as nouns."""

    low: int | None = None
    high: int | None = None
    certain: bool = False
    checks: tuple[str, ...] = ()

    def admit(self, age: int) -> bool:
        """Whether that age is inside the bounds told."""
        return (self.low is None or age >= self.low) and (self.high is None or age <= self.high)

    @property
    def ages(self) -> str:
        """The bounds as a reader sees them; empty without any."""
        if self.low is not None and self.high is not None:
            return f"de {self.low} à {self.high} ans"
        if self.low is not None:
            return f"à partir de {self.low} ans"
        return f"jusqu’à {self.high} ans" if self.high is not None else ""


NO_CONDITIONS: Final = Conditions()


def conditions(document: OptionDocument) -> Conditions:
    """What the conditions of this option say."""
    told = (document.sheet.get(name) for name in _FIELDS)
    text = " . ".join(one for one in told if isinstance(one, str) and one)
    return _read(text) if text else NO_CONDITIONS


@lru_cache(maxsize=20_000)
def _read(text: str) -> Conditions:
    folded = fold(text)
    checks = tuple(name for pattern, name in _CHECKS if pattern.search(folded))
    low, high = _ages(_NOT_AN_AGE.sub(" ", folded))
    certain = (low is not None or high is not None) and not _HEDGES.search(folded)
    return Conditions(low, high, certain, checks)


def _ages(folded: str) -> tuple[int | None, int | None]:
    """The widest bounds told, so that two ranges never shut out who fits one of them."""
    low: list[int] = []
    high: list[int] = []
    for match in _RANGE.finditer(folded):
        low.append(int(match[1]))
        high.append(int(match[2]))
    rest = _RANGE.sub(" ", folded)
    high += [int(match[2]) - (match[1] in ("moins de", "avant")) for match in _UNDER.finditer(rest)]
    low += [int(match[2] or match[3]) for match in _OVER.finditer(rest)]
    if _ADULT.search(folded):
        low.append(18)
    if any(bound < _YOUNGEST for bound in high):
        return None, None
    adult = [bound for bound in low if bound >= _YOUNGEST]
    return min(adult, default=None), max(high, default=None)
