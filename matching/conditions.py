"""What the free text of an option says for certain of who may use it: ages, registration, allowances,
referral, where one lives.

Conditions are read in `conditions_acces`, `publics_precisions` and `prerequis`; in the description, only the
sentences that reserve. A hedge (« sauf », « priorité »…) makes an age a thing to check, never a refusal.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from indexer.document import OptionDocument
from matching.age_texts import read_ages
from matching.ages import AgeLimit
from matching.clauses import Clauses, read_clauses, split
from matching.facts import FACTS
from matching.residence import Residence, residences

_FIELDS: Final = ("publics_precisions", "conditions_acces", "prerequis")
#: Read no further: a sheet that long repeats itself.
READ_CHARACTERS: Final = 3_000
#: Sentences of a description that reserve it to somebody.
_RESERVES: Final = re.compile(
    r"r[ée]serv[ée]|uniquement|exclusivement|seulement aux|obligatoire|s.adresse aux", re.IGNORECASE
)

REFERRAL: Final = "orientation par un professionnel"


@dataclass(frozen=True, slots=True)
class Conditions:
    """Ages accepted, both included (None: no bound told), the last with a RQTH (`until`); `certain` when
    nothing in the text softens them. `clauses`: what else is asked; `residences`: where one must live.
    `reserved`: the same, read in the description."""

    low: int | None = None
    high: int | None = None
    certain: bool = False
    until: int | None = None
    clauses: Clauses = field(default_factory=Clauses)
    residences: tuple[Residence, ...] = ()
    reserved: "Conditions | None" = None

    def admit(self, age: int) -> bool:
        """Whether that age is inside the bounds told, without what a RQTH adds."""
        return self.limit.admits(age)

    @property
    def limit(self) -> AgeLimit:
        """The ages, as a limit."""
        return AgeLimit(self.low, self.high, self.until, "rqth" if self.until else "")

    @property
    def ages(self) -> str:
        """The bounds as a reader sees them; empty without any."""
        return self.limit.said

    @property
    def checks(self) -> tuple[str, ...]:
        """What is asked, as nouns."""
        facts = (FACTS[fact].label for ask in self.clauses.asks for fact in ask.facts)
        referral = (REFERRAL,) if self.clauses.referral else ()
        return tuple(dict.fromkeys((*facts, *referral, *self.clauses.others)))


NO_CONDITIONS: Final = Conditions()


def conditions(document: OptionDocument) -> Conditions:
    """What the texts of this option say."""
    told = (document.sheet.get(name) for name in _FIELDS)
    text = "\n".join(one for one in told if isinstance(one, str) and one)
    return _read_all(text, document.description[:READ_CHARACTERS])


@lru_cache(maxsize=20_000)
def _read_all(text: str, description: str) -> Conditions:
    """Kept by what was read, so that an edit is read anew and the same sheet once."""
    said = [clause for clause in re.split(r"(?<=[.!?\n])\s+", description) if _RESERVES.search(clause)]
    reserved = _read("\n".join(said)) if said else None
    read = _read(text) if text else NO_CONDITIONS
    if reserved is None or reserved == NO_CONDITIONS:
        return read
    return Conditions(
        read.low, read.high, read.certain, read.until, read.clauses, read.residences, reserved
    )  # fmt: skip


def _read(text: str) -> Conditions:
    ages = read_ages(text)
    return Conditions(
        low=ages.limit.low, high=ages.limit.high, until=ages.limit.until, certain=ages.certain,
        clauses=read_clauses(split(text)), residences=tuple(residences(text)),
    )  # fmt: skip
