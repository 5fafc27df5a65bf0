"""What an option's own text says of its end: closed for good, dates gone by, full.

Sheets outlive what they tell: a text that says « fermé définitivement » is believed before its date of
update. Seasons are no end (« fermé en août »), nor is a rule of the house (« fermé le mercredi »).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from indexer.closing import CLOSED
from indexer.document import OptionDocument
from matching.diagnostic.wording import fold

End = Literal["closed", "past", "full"]

#: Read no further.
READ_CHARACTERS: Final = 3_000
#: A date gone by since so many days tells of an event that is over.
OVER_DAYS: Final = 60

_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre",
)  # fmt: skip
_MONTH: Final = "|".join(_MONTHS)

_FULL: Final = re.compile(
    r"\b(?:complets? (?:jusqu|actuellement|en ce moment)|plus (?:de|aucune) places?|liste d attente"
    r"|inscriptions suspendues|ne prend(?:s|ons|nent)? plus de nouve)"
)
_DATED: Final = re.compile(rf"\b(?:(\d{{1,2}})(?:er)? )?({_MONTH}) (20\d\d)\b")
#: What a date in a text is no event of.
_SINCE: Final = re.compile(
    r"\b(?:depuis|creee?|fondee?|ouverte?|loi|decret|arrete|label\w*|agree|jour)(?: [a-z]+){0,3} $"
)
_YEAR: Final = re.compile(r"\b(20[12]\d)\b")


@dataclass(frozen=True, slots=True)
class Closing:
    """How it ends, and the words that tell it."""

    end: End
    said: str


def closing(document: OptionDocument, today: date) -> Closing | None:
    """What the text of an option says of its end; None when it goes on."""
    return _read(document.nom, document.description[:READ_CHARACTERS], today)


@lru_cache(maxsize=20_000)
def _read(nom: str, description: str, today: date) -> Closing | None:
    """Kept by what was read, so that an edit is read anew and the same sheet once."""
    name = fold(nom)
    text = f"{name} . {fold(description)}"
    closed = CLOSED.search(text)
    if closed:
        return Closing("closed", closed[0])
    past = _last_date(text)
    if (past and (today - past).days > OVER_DAYS) or _named_year(name, text) < today.year:
        return Closing("past", past.strftime("%d/%m/%Y") if past else str(_named_year(name, text)))
    full = _FULL.search(text)
    return Closing("full", full[0]) if full else None


def _last_date(text: str) -> date | None:
    """The last day told of what happens there; None when no date is, or one is of something else."""
    return max(_dates(text), default=None)


def _dates(text: str) -> Iterator[date]:
    for found in _DATED.finditer(text):
        if not _SINCE.search(text[: found.start()]):
            yield _day(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1] or 28))


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(max(day, 1), 28))


def _named_year(name: str, text: str) -> int:
    """The year in a name (« Permis citoyen 2024 ») when the text tells no later one; a far one without."""
    named = [int(year) for year in _YEAR.findall(name)]
    if not named:
        return 9_999
    return max(named + [int(year) for year in _YEAR.findall(text)])
