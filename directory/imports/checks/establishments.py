"""SIRET numbers: fourteen digits and their key, La Poste's special case included."""

import re
from typing import Final

from stdnum import luhn

from directory.imports.findings import Draft, Refused

_DIGITS: Final = re.compile(r"\d{14}")
_SEPARATORS: Final = re.compile(r"[\s.\u00a0-]")
LA_POSTE: Final = "356000000"
LA_POSTE_HEAD_OFFICE: Final = "35600000000048"


def is_siret(number: str) -> bool:
    """Whether a number can be a SIRET: fourteen digits, the key right, and not company number zero, which the
    key alone lets through."""
    if not _DIGITS.fullmatch(number) or number[:9] == "0" * 9:
        return False
    if number.startswith(LA_POSTE) and number != LA_POSTE_HEAD_OFFICE:
        # La Poste ran out of numbers that obey the usual key; the sum of the digits is a multiple of five.
        return sum(map(int, number)) % 5 == 0 or bool(luhn.is_valid(number))
    return bool(luhn.is_valid(number)) and bool(luhn.is_valid(number[:9]))


def check_siret(draft: Draft, *, required: bool = False) -> None:
    """The row's SIRET: mended when only its writing is wrong, else taken out; Refused when it is required."""
    given = draft.values.get("siret")
    if given is None:
        if required:
            raise Refused("siret", None, "siret : obligatoire, absent")
        return
    text = str(given)
    if is_siret(text):
        return
    tidy = _SEPARATORS.sub("", text)
    for candidate in (tidy, tidy.zfill(14) if len(tidy) >= 12 else tidy):
        if is_siret(candidate):
            draft.mend("siret", candidate, "numéro SIRET réécrit en quatorze chiffres")
            return
    reason = "ce numéro SIRET n'existe pas (quatorze chiffres et leur clé sont attendus)"
    if required:
        raise Refused("siret", given, f"siret : {reason}")
    draft.remove("siret", f"{reason} : retiré")
