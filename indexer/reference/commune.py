"""A commune, and the territories it belongs to, as frozen values."""

from dataclasses import dataclass
from typing import Literal

from indexer.document import Point

CommuneKind = Literal["commune", "arrondissement", "ancienne-commune"]
TerritoryType = Literal["epci", "departement", "region"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune, an arrondissement of Paris, Lyon or Marseille, or a commune merged since into another.

    `parent` is the commune that an arrondissement or a former commune is part of, "" for one that stands
    alone. `epci`, `departement` and `region` are codes, those of the parent where there is one; `ept` is the
    établissement public territorial in Grand Paris, else "". `point` is the centre of its outline.
    """

    code: str
    nom: str
    kind: CommuneKind
    departement: str
    region: str
    epci: str
    ept: str
    population: int
    point: Point
    codes_postaux: tuple[str, ...]
    parent: str

    @property
    def current_code(self) -> str:
        """The code in use today: the parent's for a former commune; an arrondissement keeps its own."""
        return self.parent if self.kind == "ancienne-commune" else self.code


@dataclass(frozen=True, slots=True)
class Territory:
    """An intercommunality (EPCI or EPT), a département or a région. `region` is a département's, else ""."""

    type: TerritoryType
    code: str
    nom: str
    region: str
    population: int


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a written name and postal code mean: `commune` when there is one answer, else the candidates."""

    commune: Commune | None
    candidates: tuple[Commune, ...]
