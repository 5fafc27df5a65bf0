"""What conditions of access ask of a person, each true, false or unknown: registered, on RSA, RQTH…

`label` is what is to check, as a noun. What is sensitive (health, handicap, justice, exile, home) is never
asked by the machine: it is told, or stays unknown.
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so or not."""

    label: str
    sensitive: bool = False


FACTS: Final[Table[str, Fact]] = MappingProxyType(
    {
        "inscrit-france-travail": Fact("inscription à France Travail"),
        "rsa": Fact("bénéficier du RSA"),
        "ass": Fact("toucher l’ASS"),
        "aah": Fact("toucher l’AAH", sensitive=True),
        "minima-sociaux": Fact("bénéficier d’un minimum social"),
        "rqth": Fact("reconnaissance de travailleur handicapé (RQTH)", sensitive=True),
        "qpv": Fact("habiter un quartier prioritaire (QPV), selon l’adresse"),
        "frr": Fact("habiter une commune en zone France Ruralités Revitalisation"),
        "en-emploi": Fact("être en emploi"),
        "sans-emploi-12-mois": Fact("être sans emploi depuis un an"),
        "sans-emploi-24-mois": Fact("être sans emploi depuis deux ans"),
        "etudiant": Fact("être étudiant"),
        "en-formation": Fact("être en formation"),
        "permis-b": Fact("permis B"),
        "femme": Fact("être une femme"),
        "parent-isole": Fact("élever seul ses enfants"),
        "sans-hebergement": Fact("être sans logement à soi", sensitive=True),
        "refugie": Fact("protection internationale ou demande d’asile", sensitive=True),
        "sortant-ase": Fact("sortir de l’aide sociale à l’enfance", sensitive=True),
        "sous-main-de-justice": Fact("sortir de détention ou être suivi par la justice", sensitive=True),
        "difficulte-francais": Fact("difficultés en français"),
        "difficulte-mobilite": Fact("difficultés de mobilité"),
    }
)

#: What one fact tells of others.
_IMPLIES: Final[Table[str, tuple[str, ...]]] = MappingProxyType(
    {
        "rsa": ("minima-sociaux",),
        "ass": ("minima-sociaux",),
        "aah": ("minima-sociaux",),
        "sans-emploi-24-mois": ("sans-emploi-12-mois",),
    }
)
#: What a public of data·inclusion tells for certain. « Personnes en situation de handicap » is not a RQTH,
#: « demandeurs d'emploi » is not a registration.
_OF_PUBLICS: Final[Table[str, str]] = MappingProxyType(
    {"beneficiaires-des-minimas-sociaux": "minima-sociaux", "etudiants": "etudiant", "femmes": "femme"}
)


@lru_cache(maxsize=1_000)
def settled(told: frozenset[tuple[str, bool]], publics: frozenset[str]) -> Table[str, bool]:
    """`settle`, kept: a match asks the same of one person for every option."""
    return MappingProxyType(settle(dict(told), publics))


def settle(told: Table[str, bool], publics: frozenset[str] = frozenset()) -> dict[str, bool]:
    """What was told and what follows from it; what was told wins, unknown stays absent."""
    known = {fact: True for public, fact in _OF_PUBLICS.items() if public in publics}
    for fact, value in told.items():
        if value:
            known |= dict.fromkeys(_IMPLIES.get(fact, ()), True)
    known |= told
    minima = [known.get(one) for one in ("rsa", "ass", "aah")]
    if all(one is False for one in minima):
        known.setdefault("minima-sociaux", False)
    if known.get("sans-emploi-12-mois") is False:
        known.setdefault("sans-emploi-24-mois", False)
    return known
