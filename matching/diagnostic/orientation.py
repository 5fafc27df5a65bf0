"""Reading orientation criteria (France Travail, CAF, MSA) and the CNAF's codes of difficulties.

The criteria are found by their names wherever a file puts them, in either spelling; « aucune contrainte » is
an answer, not a silence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from matching.asked import Asked
from matching.diagnostic.diagnosis import ConstraintAnswer, CriterionAnswer, Provenance
from matching.diagnostic.finder import Finder
from matching.diagnostic.nomenclature import squash
from matching.diagnostic.told import NONE_TOLD

#: How deep criteria may lie in a file: an envelope, a dossier, the criteria.
DEEPEST: Final = 4
#: Where the CNAF's codes of difficulties stand: together, or by what they speak of.
_CNAF: Final = ("cnaf", "dsp", "codescnaf", "codesdsp", "difsoc", "difsocs", "difdisp", "difdisps", "diflog",
                "diflogs", "natmob", "natmobs")  # fmt: skip
#: A list of criteria, each with its name and its value.
_LISTS: Final = ("criteres", "criteresorientation", "criteresdorientation")
_NAMES: Final = ("critere", "code", "nom", "libelle")
_VALUES: Final = ("valeur", "value")
_SOURCE: Final = Provenance(source="critères d’orientation")


@dataclass(slots=True)
class Orientation:
    """One file under reading."""

    finder: Finder
    criteria: list[CriterionAnswer] = field(default_factory=list)
    constraints: list[ConstraintAnswer] = field(default_factory=list)

    def read(self, asked: Asked, skipped: frozenset[str] = frozenset(), depth: int = 0) -> None:
        """Every criterion, from the top down, but under the keys to skip."""
        for name in asked.names():
            if name not in skipped:
                self._read_key(asked, name, skipped, depth)

    def _read_key(self, asked: Asked, name: str, skipped: frozenset[str], depth: int) -> None:
        held = asked.value(name)
        if self._knows(name):
            self._criterion(asked, name)
        elif squash(name) in _LISTS and isinstance(held, list):
            asked.objects(name, self._listed)
        elif squash(name) in _CNAF and not isinstance(held, Mapping):
            self._codes(asked, name)
        elif isinstance(held, Mapping) and depth < DEEPEST:
            self.read(asked.inner(name), skipped, depth + 1)
        elif squash(name).startswith("contrainte") and isinstance(held, str):
            self.finder.read += 1
            self.finder.unknown_item(f"{name} = {held}")

    def _listed(self, asked: Asked) -> None:
        """One criterion of a list: `{"critere": …, "valeur": …}`."""
        name = self.finder.told(asked, *_NAMES)
        if name is None:
            asked.fault("critere", "valeur manquante")
            return
        key = next((one for one in _VALUES if asked.has(one)), "valeur")
        for told in _values(asked, key):
            self._take(name, told)

    def _knows(self, name: str) -> bool:
        return self.finder.mapping.nomenclature.knows_criterion(name)

    def _criterion(self, asked: Asked, name: str) -> None:
        for told in _values(asked, name):
            self._take(name, told)

    def _take(self, name: str, told: str) -> None:
        self.finder.read += 1
        entry = self.finder.mapping.find_criterion(name, told)
        if entry is not None:
            item = entry.item
            answer = CriterionAnswer(code=item.code, value=item.value, entry=entry, provenance=_SOURCE)
            self.criteria.append(answer)
        elif self._knows(name) and squash(told) in NONE_TOLD:
            self._none(name, told)
        else:
            self.finder.unknown_item(f"{name} = {told}")

    def _none(self, name: str, told: str) -> None:
        """« Aucune »: the constraint is answered no."""
        self.criteria.append(CriterionAnswer(code=name, value=told, entry=None, provenance=_SOURCE))
        items = self.finder.mapping.nomenclature.of("criteria")
        under = next(item.under for item in items if squash(item.code) == squash(name))
        if entry := self.finder.mapping.find_constraint(under):
            self.constraints.append(ConstraintAnswer(entry=entry, value="non", provenance=_SOURCE))

    def _codes(self, asked: Asked, name: str) -> None:
        for code in _values(asked, name):
            self.finder.read += 1
            # A code written as a number has lost its first zero.
            entry = self.finder.mapping.find("cnaf", code.zfill(4))
            if entry is None:
                self.finder.unknown_item(f"code CNAF {code}")
            else:
                answer = CriterionAnswer(code=entry.item.code, value="OUI", entry=entry, provenance=_SOURCE)
                self.criteria.append(answer)


def _values(asked: Asked, name: str) -> Iterator[str]:
    """A text, yes or no, or a list of texts; nothing when null or empty."""
    told: Any = asked.value(name)
    if isinstance(told, bool):
        yield "OUI" if told else "NON"
    elif isinstance(told, list):
        yield from asked.texts(name)
    elif not (told is None or (isinstance(told, str) and not told.strip())):
        text = asked.text(name)
        if text:
            yield text


def looks_like(file: Asked, finder: Finder, skipped: frozenset[str], depth: int = 0) -> bool:
    """Whether a criterion or CNAF codes stand anywhere in a file, but under the keys to skip."""
    knows = finder.mapping.nomenclature.knows_criterion
    names = [name for name in file.names() if name not in skipped]
    if any(knows(name) or squash(name) in (*_CNAF, *_LISTS) for name in names):
        return True
    inside = (name for name in names if depth < DEEPEST and isinstance(file.value(name), Mapping))
    return any(looks_like(file.inner(name), finder, skipped, depth + 1) for name in inside)
