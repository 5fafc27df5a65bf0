"""Addresses that must not be published.

Somebody who flees violence may be looked for. A directory cannot tell a listening post, whose address is
public, from a refuge, whose address never is; so the address of every service about violence is withheld,
whatever the source says: no street, the place told is the centre of the commune, and its structure's address
is left out of its sheet. So is that of a structure whose every service is about violence, on its own page. A
call or a mail, which stay, give the address to whoever may have it.
"""

from collections.abc import Mapping
from typing import Any, Final

from data_inclusion.schema.v1 import Thematique

from indexer.document import Point
from indexer.reference import load_communes

VIOLENCE: Final = Thematique("famille--surmonter-conflits-separation-violence").value

#: What tells where the door is.
ADDRESS: Final = frozenset({"adresse", "complement_adresse", "latitude", "longitude", "accessibilite_lieu"})


def is_sensitive(thematiques: list[str] | None) -> bool:
    """Whether the place of a service with those themes is withheld."""
    return VIOLENCE in (thematiques or ())


def withhold(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without what tells where the door is: those fields are None."""
    return {name: None if name in ADDRESS else value for name, value in row.items()}


def centre_of(code_insee: str | None) -> Point | None:
    """The centre of the commune; None when it is unknown."""
    commune = load_communes().find(code_insee) if code_insee else None
    return commune.point if commune else None
