"""Numbers and dates as files write them: decimal commas, cells of a spreadsheet, days the French way."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from directory.imports.findings import Draft

_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d{0,20})?|[.,]\d{1,20})")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.{0,30})?")
_FRENCH_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: \d{2}:\d{2}.{0,10})?")


class NotReadable(ValueError):
    """The value is no number, or no day."""


def read_number(value: Any) -> tuple[float, bool]:
    """A number, and whether it had to be read through a decimal comma. Raises NotReadable."""
    if isinstance(value, bool):
        raise NotReadable
    if isinstance(value, int | float | Decimal):
        try:
            number = float(value)
        except OverflowError as error:
            raise NotReadable from error
        if not math.isfinite(number):
            raise NotReadable
        return number, False
    if isinstance(value, str) and _NUMBER.fullmatch(text := value.replace(" ", "").replace("\xa0", "")):
        return float(text.replace(",", ".")), "," in text
    raise NotReadable


def read_day(value: Any) -> tuple[date, bool]:
    """A day, and whether it was written the French way (31/12/2025). Raises NotReadable."""
    if isinstance(value, datetime):
        return value.date(), False
    if isinstance(value, date):
        return value, False
    if not isinstance(value, str):
        raise NotReadable
    try:
        if found := _ISO_DAY.fullmatch(value):
            return date(*map(int, found.groups())), False
        if found := _FRENCH_DAY.fullmatch(value):
            day, month, year = map(int, found.groups())
            return date(year, month, day), True
    except ValueError as error:
        raise NotReadable from error
    raise NotReadable


def check_number(draft: Draft, name: str, *, lowest: float = 0, whole: bool = False) -> None:
    """An optional number at least `lowest`: mended when written with a comma, taken out when it is none."""
    given = draft.values.get(name)
    if given is None:
        return
    try:
        number, comma = read_number(given)
    except NotReadable:
        draft.remove(name, "un nombre est attendu : valeur retirée")
        return
    if number < lowest or number > 1e9 or (whole and number != int(number)):
        kind = "un nombre entier" if whole else "un nombre"
        draft.remove(name, f"{kind} d'au moins {lowest:g} est attendu : valeur retirée")
        return
    if comma:
        draft.tell(name, given, "virgule décimale, relue")
    draft.values[name] = int(number) if whole else number


def check_day(draft: Draft, name: str) -> bool:
    """A day in place of what was written; False when it cannot be read, and the value left as it is."""
    given = draft.values.get(name)
    try:
        day, french = read_day(given)
    except NotReadable:
        return False
    if french:
        draft.mend(name, day, f"date écrite jour/mois/année, relue : {day.isoformat()}")
    draft.values[name] = day
    return True
