"""What a mapping may do to a value, by name: `"phone"`, or with an argument, `"date:%d/%m/%Y"`."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final

import phonenumbers

Transform = Callable[[str], str]

_NOT_DIGITS: Final = re.compile(r"\D")
#: Small words of place names and titles, which keep their small letters.
_SMALL: Final = frozenset(
    {"de", "du", "des", "la", "le", "les", "sur", "sous", "en", "et", "a", "à", "aux", "d", "l"}
)


class UnknownTransform(ValueError):
    """No transform has that name, or its argument is missing or wrong."""


def find_transform(written: str) -> Transform:
    """The transform a mapping names. Raises UnknownTransform."""
    name, _, argument = written.partition(":")
    if name in _PLAIN and not argument:
        return _PLAIN[name]
    if name == "pad" and argument.isdecimal():
        width = int(argument)
        return lambda text: text.zfill(width)
    if name == "date" and "%" in argument:
        return partial(_date, argument)
    known = ", ".join([*_PLAIN, "pad:5", "date:%d/%m/%Y"])
    raise UnknownTransform(f"transformation inconnue « {written} » ({known})")


def _siret(text: str) -> str:
    """Digits only, the zeros a spreadsheet ate given back."""
    digits = _NOT_DIGITS.sub("", text)
    return digits.zfill(14) if 12 <= len(digits) < 14 else digits


def _phone(text: str) -> str:
    """+33…, or as it was when it cannot be read or is a short number."""
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number):
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _titled(text: str) -> str:
    """LA ROCHE SUR YON → La Roche sur Yon; a text that has small letters is left as it is."""
    if text != text.upper():
        return text
    words = [word if word in _SMALL else word.capitalize() for word in text.lower().split()]
    return " ".join([words[0].capitalize(), *words[1:]]) if words else text


def _date(format_: str, text: str) -> str:
    """AAAA-MM-JJ, or as it was when it does not follow the format: a check will say so."""
    try:
        return datetime.strptime(text, format_).date().isoformat()  # noqa: DTZ007  (a day, not a moment)
    except ValueError:
        return text


_PLAIN: Final[Mapping[str, Transform]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": _titled,
    "digits": partial(_NOT_DIGITS.sub, ""),
    "siret": _siret,
    "phone": _phone,
}
