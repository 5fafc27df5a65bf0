"""Emergency numbers: above any ranking, and answered even with everything down."""

from dataclasses import dataclass
from typing import Final

from matching.diagnostic.needs import Needs


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """`when` is a sentence; `themes` and `violence` say for whom it stands first."""

    number: str
    name: str
    when: str
    themes: frozenset[str] = frozenset()
    violence: bool = False


_SHELTER: Final = "logement-hebergement--rechercher-une-solution-dhebergement-temporaire"
_VIOLENCE: Final = "famille--surmonter-conflits-separation-violence"
_MIND: Final = "sante--sante-mentale"

#: A thématique that an urgent situation is really about, not one it merely touches.
SURE: Final = 0.5

NUMBERS: Final = (
    EmergencyNumber(
        "115", "Samu social", "Sans toit ce soir : hébergement d’urgence, jour et nuit, gratuit.",
        frozenset({_SHELTER}),
    ),
    EmergencyNumber(
        "3919", "Violences Femmes Info",
        "Violences dans le couple ou la famille : écoute anonyme, jour et nuit, gratuit.",
        frozenset({_VIOLENCE}), violence=True,
    ),
    EmergencyNumber("17", "Police secours", "En danger maintenant : police ou gendarmerie.", violence=True),
    EmergencyNumber(
        "114", "Urgences par SMS", "En danger sans pouvoir parler, ou sourd ou malentendant : par SMS.",
        violence=True,
    ),
    EmergencyNumber(
        "119", "Enfance en danger", "Un enfant en danger : jour et nuit, gratuit, confidentiel.",
        violence=True,
    ),
    EmergencyNumber(
        "3114", "Prévention du suicide", "Idées de mort, pour soi ou un proche : jour et nuit, gratuit.",
        frozenset({_MIND}),
    ),
    EmergencyNumber("15", "Samu", "Urgence médicale."),
    EmergencyNumber("112", "Urgences en Europe", "Toute urgence, depuis n’importe quel téléphone."),
)  # fmt: skip


def emergencies(needs: Needs) -> tuple[EmergencyNumber, ...]:
    """The numbers that apply to these needs; none when no need is pressing in that way."""
    urgent = {
        theme for need in needs if need.emergency for theme, share in need.themes.items() if share.fit >= SURE
    }
    told = {need.code for need in needs}
    return tuple(one for one in NUMBERS if _applies(one, urgent | told, violence=needs.indicators.violence))


def _applies(one: EmergencyNumber, told: set[str], *, violence: bool) -> bool:
    return (one.violence and violence) or not one.themes.isdisjoint(told)
