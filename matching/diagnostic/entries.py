"""What one item of the method leads to: the lines of a mapping, each with its weight, status and author."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from matching.diagnostic.nomenclature import Item, Polarity, Section

STATUSES: Final = ("proposé", "validé", "à revoir")

#: What an indicator says, and the values it takes. They order the options and fold them; never the person.
INDICATORS: Final[Table[str, str]] = MappingProxyType(
    {
        "urgence": "un besoin pressant : passe avant tout, avec les numéros d’urgence",
        "violences": "des violences : les numéros d’écoute et de secours sont donnés",
        "exclut_offres_emploi": "les offres d’emploi, d’immersion et de formation sont repliées",
        "exclut_formation": "les formations sont écartées, à la demande de la personne",
        "favorise_immersion": "les immersions sont cherchées aussi",
        "presentiel_prefere": "sur place avant à distance",
        "distanciel_prefere": "à distance plutôt que loin",
        "frais_gratuit_prefere": "gratuit avant payant",
        "plage_horaire_contrainte": "des horaires contraints : à demander",
        "rayon_max_km": "au-delà de ces kilomètres, l’offre descend sans disparaître (nombre)",
        "transport": "un moyen de déplacement : tc, vehicule, vsp, velo, covoiturage",
        "faits": "ce que la personne est ou a, pour les conditions d’accès (liste)",
        "faits_non": "ce qu’elle dit ne pas être ou ne pas avoir (liste)",
        "niveau": "niveau de formation, de 1 à 8",
    }
)
TRANSPORTS: Final = ("tc", "vehicule", "vsp", "velo", "covoiturage")


@dataclass(frozen=True, slots=True)
class Line:
    """One thématique that an item leads to: how far it answers (above 0, up to 1), who says so, since when it
    is proposed or validated."""

    theme: str
    weight: float
    status: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item with its lines. `indicators` are facts the rules read; `nowhere` is why it leads to no
    thématique; `aliases` are wordings that the mapping adds to the item's own."""

    item: Item
    lines: tuple[Line, ...] = ()
    indicators: Table[str, Any] = field(default_factory=dict)
    nowhere: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def section(self) -> Section:
        """The part of the method it belongs to."""
        return self.item.section

    @property
    def label(self) -> str:
        """As the method words it."""
        return self.item.label

    @property
    def short(self) -> str:
        """In few words, when the method's are long."""
        return self.item.short

    @property
    def under(self) -> str:
        """The catégorie it belongs to."""
        return self.item.under

    @property
    def code(self) -> str:
        """What a profile says for it."""
        return self.item.code or self.item.label

    @property
    def codes(self) -> tuple[str, ...]:
        """The current codes, the one a profile says first."""
        return self.item.codes

    @property
    def polarity(self) -> Polarity:
        """Whether it tells a need, an asset or neither."""
        return self.item.polarity

    @property
    def themes(self) -> dict[str, float]:
        """Weight by thématique, in the order of the file."""
        return {line.theme: line.weight for line in self.lines}
