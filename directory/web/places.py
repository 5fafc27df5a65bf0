"""A place as people write it in a box, and back."""

import re
from dataclasses import dataclass
from typing import Final

from indexer.reference.commune import Commune
from indexer.reference.communes import Communes
from indexer.reference.names import fold_place

#: « Valence (26000) », as the box completes it.
COMPLETED: Final = re.compile(r"^(?P<nom>.+?)\s*\((?P<code>\w{5})\)\s*$")
CODE: Final = re.compile(r"^\d[\dAB]\d{3}$", re.IGNORECASE)
KINDS: Final = frozenset({"commune", "arrondissement", "ancienne-commune"})
#: Beyond these, typing one letter more is quicker than reading.
MOST_PROPOSED: Final = 5
LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """What a box means: a commune, or none; and the others it may mean, as labels for the box."""

    commune: Commune | None = None
    others: tuple[str, ...] = ()


def commune_label(commune: Commune) -> str:
    """« Valence (26000) »."""
    return f"{commune.nom} ({commune.codes_postaux[0] if commune.codes_postaux else commune.code})"


def read_commune(written: str, communes: Communes) -> PlaceRead:
    """The commune a box means. A completed name, a code or a name that only one commune bears leaves no
    doubt; a name begun or shared gives the likeliest and the others; a misspelt one none, and the nearest."""
    text = written.replace("\0", "").strip()[:LONGEST]
    if not text:
        return PlaceRead()
    if sure := _sure(text, communes):
        return PlaceRead(sure)
    found = proposed(text, communes)
    spelt = [one for one in found if fold_place(text) in fold_place(one.nom)] or (
        found if any(letter.isdigit() for letter in text) else []
    )
    if spelt:
        return PlaceRead(spelt[0], tuple(commune_label(one) for one in found if one is not spelt[0]))
    return PlaceRead(None, tuple(commune_label(one) for one in found))


def proposed(text: str, communes: Communes) -> list[Commune]:
    """Communes that what is typed may mean, the most likely first."""
    suggested = (one for one in communes.suggest(text, 3 * MOST_PROPOSED) if one.type in KINDS)
    return [communes.get(one.code) for one in suggested][:MOST_PROPOSED]


def unknown_place(written: str, read: PlaceRead) -> str:
    """What is told of a place that was not found."""
    way_on = "Est-ce l’une de celles-ci ?" if read.others else "Essayez le code postal."
    return f"Nous ne connaissons pas la commune « {written.strip()[:60]} ». {way_on}"


def _sure(text: str, communes: Communes) -> Commune | None:
    if completed := COMPLETED.match(text):
        named = communes.find_by_name(completed["nom"], completed["code"]).commune
        return named or communes.find(completed["code"])
    if CODE.match(text) and not communes.suggest(text, 1):
        return communes.find(text)
    return communes.find_by_name(text).commune
