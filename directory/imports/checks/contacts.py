"""Ways to reach somebody: telephone, e-mail, links, hours. What cannot be used is taken out and told."""

import re
from functools import lru_cache
from typing import Final

import opening_hours
import phonenumbers
from phonenumbers import shortnumberinfo
from pydantic import HttpUrl, TypeAdapter, ValidationError

from directory.imports.findings import Draft

LINKS: Final = ("lien_source", "lien_mobilisation", "site_web", "accessibilite_lieu")

_FRENCH_NUMBER: Final = re.compile(r"(?:\+33|0)[1-9]\d{8}")
_ZERO_LOST: Final = re.compile(r"[1-9]\d{8}")
_SEVERAL_NUMBERS: Final = re.compile(r"\s*(?:/|;|,| ou | et |\n)\s*")
_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}")
#: Written as nearly everybody's is: letters and digits, single marks between them.
_PLAIN_EMAIL: Final = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?!(?:arpa|invalid|local|localhost|onion|test)$)"
    r"[a-z]{2,20}",
    re.IGNORECASE | re.ASCII,
)
#: Shorter than every limit of a part.
_PLAIN_LENGTH: Final = 60
_SCHEMELESS: Final = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:/\S*)?", re.IGNORECASE)
_LINK: Final = TypeAdapter(HttpUrl)


def check_contacts(draft: Draft) -> None:
    """Telephone, e-mail and links."""
    _check_phone(draft)
    _check_email(draft)
    for name in LINKS:
        if draft.values.get(name) is not None:
            _check_link(draft, name)


def is_plain_email(text: object) -> bool:
    """Whether the schema surely takes it. No for those it may take or not: it asks a library that reads every
    writing there ever was, which took a third of the time of a row."""
    return isinstance(text, str) and len(text) <= _PLAIN_LENGTH and bool(_PLAIN_EMAIL.fullmatch(text))


def check_hours(draft: Draft) -> None:
    """Opening hours, in the writing of OpenStreetMap."""
    given = draft.values.get("horaires_accueil")
    if given is not None and not (isinstance(given, str) and _hours_readable(given)):
        draft.remove("horaires_accueil", "horaires illisibles (format OpenStreetMap attendu) : retirés")


def _check_phone(draft: Draft) -> None:
    given = draft.values.get("telephone")
    if given is None:
        return
    text = str(given)
    if _ZERO_LOST.fullmatch(text):
        draft.mend("telephone", f"0{text}", "zéro initial rétabli")
        return
    if is_phone(text):
        draft.values["telephone"] = text
        return
    first = next((part for part in _SEVERAL_NUMBERS.split(text) if is_phone(part)), None)
    if first:
        draft.mend("telephone", first, "un seul numéro est attendu : le premier est gardé")
    else:
        draft.remove("telephone", "numéro de téléphone illisible : retiré")


@lru_cache(maxsize=4096)
def is_phone(text: str) -> bool:
    """Whether a text is one telephone number, French unless it says its country; 115 and 3949 are."""
    if _FRENCH_NUMBER.fullmatch(text):
        return True
    if len(text) > 30:
        return False
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return False
    # Fiction ranges are possible and not valid; a number that exists matters to whoever calls, not here.
    return phonenumbers.is_possible_number(number) or shortnumberinfo.is_valid_short_number(number)


def _check_email(draft: Draft) -> None:
    given = draft.values.get("courriel")
    if given is None or (isinstance(given, str) and _EMAIL.fullmatch(given)):
        return
    first = _EMAIL.search(str(given)[:1000])
    if first:
        draft.mend(
            "courriel", first.group(), "une seule adresse électronique est attendue : la première est gardée"
        )
    else:
        draft.remove("courriel", "adresse électronique illisible : retirée")


def _check_link(draft: Draft, name: str) -> None:
    given = draft.values[name]
    if isinstance(given, str) and given.startswith(("https://", "http://")) and _link_readable(given):
        return
    if isinstance(given, str) and _SCHEMELESS.fullmatch(given):
        draft.mend(name, f"https://{given}", "adresse web complétée par https://")
    else:
        draft.remove(name, "adresse web illisible : retirée")


@lru_cache(maxsize=4096)
def _link_readable(text: str) -> bool:
    try:
        _LINK.validate_python(text)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=4096)
def _hours_readable(text: str) -> bool:
    return len(text) <= 2000 and opening_hours.validate(text)
