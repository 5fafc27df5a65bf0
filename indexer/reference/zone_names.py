"""What a name written in a text may stand for: every zone code of the communes, intercommunalities,
départements and régions that bear it."""

import re
from typing import Final

from indexer.reference.names import fold, fold_all
from indexer.reference.tables import CommuneTable

#: « CC du Diois », « CA Valence Romans Agglo », « Métropole du Grand Paris »: said without their kind too.
_KIND: Final = re.compile(
    r"^(?:cc|ca|cu|metropole|communaute (?:de communes|d agglomeration|urbaine))"
    r"(?: (?:du|des|de|d|la|le|les|l))* "
)
_ARTICLE: Final = re.compile(r"^(?:la|le|les|l) ")


class ZoneNames:
    """Names → codes, over a table of communes and its territories."""

    def __init__(self, table: CommuneTable) -> None:
        self._codes: dict[str, set[str]] = {}
        for name, code in zip(fold_all(table.names), table.codes, strict=True):
            self._keep(name, {code})
        regions: dict[str, set[str]] = {}
        for territory in table.territories.values():
            if territory.type == "departement":
                regions.setdefault(territory.region, set()).add(territory.code)
        for territory in table.territories.values():
            codes = regions.get(territory.code, set()) if territory.type == "region" else {territory.code}
            self._keep(fold(territory.nom), codes)

    def find(self, name: str) -> frozenset[str]:
        """The codes that name stands for; a région is its départements; empty when nothing bears it."""
        folded = fold(name)
        said = (folded, _ARTICLE.sub("", folded), _KIND.sub("", folded))
        return frozenset(next((self._codes[one] for one in said if one in self._codes), ()))

    def _keep(self, name: str, codes: set[str]) -> None:
        for said in {name, _KIND.sub("", name), _ARTICLE.sub("", name)}:
            self._codes.setdefault(said, set()).update(codes)
