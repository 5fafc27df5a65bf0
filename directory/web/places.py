"""A place as people write it in a box, and back."""

import re
from typing import Final

from indexer.reference.commune import Commune
from indexer.reference.communes import Communes

#: « Valence (26000) », as the box completes it.
COMPLETED: Final = re.compile(r"^(?P<nom>.+?)\s*\((?P<code>\w{5})\)\s*$")
KINDS: Final = frozenset({"commune", "arrondissement", "ancienne-commune"})


def commune_label(commune: Commune) -> str:
    """« Valence (26000) »."""
    return f"{commune.nom} ({commune.codes_postaux[0] if commune.codes_postaux else commune.code})"


def find_commune(written: str, communes: Communes) -> Commune | None:
    """The commune that a box means: completed, or a bare name, postal code or code INSEE. None for nothing
    written or nothing found; of several the most likely, which the page then says."""
    text = written.strip()[:100]
    if not text:
        return None
    if completed := COMPLETED.match(text):
        named = communes.find_by_name(completed["nom"], completed["code"]).commune
        if named or (named := communes.find(completed["code"])):
            return named
    if re.fullmatch(r"\w{5}", text) and not text.isdecimal() and (coded := communes.find(text)):
        return coded
    for suggestion in communes.suggest(text, 5):
        if suggestion.type in KINDS:
            return communes.get(suggestion.code)
    return communes.find(text) if re.fullmatch(r"\d{5}", text) else None
