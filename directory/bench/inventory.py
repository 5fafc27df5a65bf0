"""Invented inventories: valid data·inclusion v1 rows, population-weighted, the same for a seed.

Streams rows; nothing grows with their number. Names, phones (ARCEP's fiction ranges) and addresses are
invented; proportions follow what open samples of the field show: four services in five on site, one in
twelve remote only, two in three free, a theme and a half a service, one row in ten poorly filled.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, Final
from urllib.parse import quote_plus

from indexer.reference.commune import Commune
from indexer.reference.communes import Communes
from indexer.reference.vocabulary import CATEGORIES, PUBLICS, SERVICE_TYPES, THEMES

Row = dict[str, Any]

KINDS: Final = (
    "Association", "Mission locale", "CCAS", "Maison de l’emploi", "Centre social", "Régie de quartier",
    "Plateforme mobilité", "Espace numérique", "Atelier et chantier", "Point d’accueil",
)  # fmt: skip
NAMES: Final = (
    "Les Passerelles", "Le Tremplin", "Horizons", "La Boussole", "Coup de pouce", "Le Fil", "Escale",
    "Entraide", "Les Deux Rives", "Nouveau Départ", "La Fabrique", "Cap Demain",
)  # fmt: skip
OPENINGS: Final = ("Mo-Fr 09:00-12:00,14:00-17:00", "Mo,We,Fr 08:30-12:30", "Tu-Sa 10:00-18:00; PH off")
GESTURES: Final = (
    "Un conseiller reçoit sur rendez-vous et suit la personne jusqu’à la solution.",
    "L’accueil se fait en petit groupe, une demi-journée par semaine.",
    "Une permanence se tient en mairie, avec ou sans rendez-vous.",
    "Les bénévoles aident à remplir les papiers et à préparer les démarches.",
    "Une participation est demandée selon les ressources.",
    "Le premier entretien sert à faire le point et à choisir ensemble la suite.",
)
CONDITIONS: Final = (
    "Être inscrit à France Travail", "Sur orientation d’un travailleur social", "Habiter le département",
    "Avoir plus de 18 ans", "Bénéficier du RSA", "Comprendre le français à l’oral",
)  # fmt: skip
WORDS: Final = (
    "permis de conduire", "garde d’enfants", "cours de français", "aide alimentaire", "logement",
    "ordinateur", "CV", "budget", "mobilité", "RSA", "violences", "création d’entreprise",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inventory:
    """`structures` of one to several services each, `services` in all; `today` dates the rows."""

    communes: Communes
    services: int
    seed: int
    today: date

    def rows(self) -> Iterator[tuple[str, Row]]:
        """(`structure` or `service`, row), a structure before its services."""
        rng = random.Random(self.seed)  # noqa: S311  (invented rows, not secrets)
        towns = Towns(self.communes)
        made = 0
        for number in range(self.services):
            town = towns.draw(rng)
            structure = self._structure(rng, number, town)
            yield "structure", structure
            for _ in range(min(rng.choice((1, 1, 1, 2, 2, 4)), self.services - made)):
                made += 1
                yield "service", self._service(rng, made, structure)
            if made >= self.services:
                return

    def _structure(self, rng: random.Random, number: int, town: Commune) -> Row:
        spread = 0.01 + min(0.04, town.population / 5_000_000)
        return {
            "source": "bench",
            "id": f"bench--s{number}",
            "nom": f"{rng.choice(KINDS)} {rng.choice(NAMES)} de {town.nom}"[:150],
            "date_maj": self._day(rng),
            "description": " ".join(rng.sample(GESTURES, 2)),
            "commune": town.nom,
            "code_postal": town.codes_postaux[0] if town.codes_postaux else None,
            "code_insee": town.code,
            "adresse": f"{rng.randint(1, 180)} rue de la République",
            "latitude": round(town.point.latitude + rng.uniform(-spread, spread), 6),
            "longitude": round(town.point.longitude + rng.uniform(-spread, spread), 6),
            "telephone": f"+3346571{rng.randrange(10_000):04d}",
            "courriel": f"contact-{number}@example.org",
            "horaires_accueil": rng.choice(OPENINGS) if rng.random() < 0.4 else None,
        }

    def _service(self, rng: random.Random, number: int, structure: Row) -> Row:
        themes = sorted({rng.choice(ALL_THEMES) for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))})
        label = THEMES.label(themes[0])
        place = ("commune", "code_postal", "code_insee", "adresse", "latitude", "longitude", "telephone")
        return {
            "source": "bench",
            "id": f"bench--v{number}",
            "structure_id": structure["id"],
            "nom": label[:150],
            "description": f"{label}. {' '.join(rng.sample(GESTURES, rng.randint(1, 4)))}",
            "date_maj": self._day(rng),
            "type": rng.choice(ALL_TYPES),
            "thematiques": themes if rng.random() < 0.9 else None,
            "publics": self._publics(rng),
            "frais": rng.choices(("gratuit", "payant", None), (65, 22, 13))[0],
            "conditions_acces": rng.choice(CONDITIONS) if rng.random() < 0.3 else None,
            "modes_accueil": self._modes(rng),
            "zone_eligibilite": self._zone(rng, structure["code_insee"]),
            "mobilisable_par": rng.choice(
                (["usagers"], ["professionnels"], ["professionnels", "usagers"], None)
            ),
            **{name: structure[name] for name in place},
        }

    def _day(self, rng: random.Random) -> str:
        return (self.today - timedelta(days=min(int(rng.expovariate(1 / 250)), 2_400))).isoformat()

    @staticmethod
    def _publics(rng: random.Random) -> list[str] | None:
        drawn = rng.random()
        if drawn < 0.4:
            return ["tous-publics"]
        return sorted(set(rng.choices(SOME_PUBLICS, k=rng.randint(1, 3)))) if drawn < 0.9 else None

    @staticmethod
    def _modes(rng: random.Random) -> list[str] | None:
        modes = (["en-presentiel"], ["a-distance", "en-presentiel"], ["a-distance"], None)
        return rng.choices(modes, (76, 13, 8, 3))[0]

    def _zone(self, rng: random.Random, code: str) -> list[str] | None:
        town = self.communes.get(code)
        zones = (None, [town.departement], [town.epci or code], [code], ["france"])
        return rng.choices(zones, (40, 35, 11, 7, 7))[0]


class Towns:
    """Draws communes as people live in them."""

    def __init__(self, communes: Communes) -> None:
        self._towns = [one for one in communes.standing() if one.population > 0]
        self._heap = list(accumulate(float(one.population) for one in self._towns))

    def draw(self, rng: random.Random) -> Commune:
        """One commune, the large ones more often."""
        return self._towns[min(len(self._towns) - 1, bisect(self._heap, rng.random() * self._heap[-1]))]


ALL_THEMES: Final = tuple(sorted(THEMES.codes))
ALL_TYPES: Final = tuple(sorted(SERVICE_TYPES.codes))
SOME_PUBLICS: Final = tuple(code for code in sorted(PUBLICS.codes) if code != "tous-publics")


def searches(communes: Communes, count: int, seed: int) -> list[str]:
    """Query strings of `/search`: words, a place and every facet; one in three with a category."""
    rng = random.Random(seed)  # noqa: S311
    towns = Towns(communes)
    categories = sorted(CATEGORIES.codes)
    wishes = []
    for number in range(count):
        themed = f"&thematiques={rng.choice(categories)}" if number % 3 == 0 else ""
        words = quote_plus(rng.choice(WORDS))
        wishes.append(f"q={words}&code_insee={towns.draw(rng).code}&radius_km=30{themed}")
    return wishes


@dataclass(frozen=True, slots=True)
class ThemedPlace:
    """A commune, and the needs of a category: the question that the peer's readers ask most."""

    code: str
    latitude: float
    longitude: float
    themes: list[str]

    @property
    def query(self) -> str:
        """The same as a query string of `/search`."""
        themes = "".join(f"&thematiques={one}" for one in self.themes)
        return f"code_insee={self.code}&radius_km=50{themes}"


def themed_places(communes: Communes, count: int, seed: int) -> list[ThemedPlace]:
    """Communes as people live in them, two themes each."""
    rng = random.Random(seed)  # noqa: S311
    towns = Towns(communes)
    drawn = [(towns.draw(rng), sorted(rng.sample(ALL_THEMES, 2))) for _ in range(count)]
    return [
        ThemedPlace(town.code, town.point.latitude, town.point.longitude, themes) for town, themes in drawn
    ]


def profiles(communes: Communes, count: int, seed: int) -> list[Row]:
    """Profiles to match: a place, travel, two constraints, a need."""
    rng = random.Random(seed)  # noqa: S311
    towns = Towns(communes)
    constraints = (
        "mobilite",
        "famille",
        "numerique",
        "sante",
        "logement-hebergement",
        "difficultes-financieres",
    )
    return [
        {
            "code_insee": towns.draw(rng).code,
            "travel": {"modes": [rng.choice(("voiture", "transports-en-commun", "velo"))], "max_minutes": 45},
            "publics": ["demandeurs-emploi"],
            "age": rng.randint(18, 60),
            "constraints": [
                {"code": code, "impact": "fort", "priority": place == 0}
                for place, code in enumerate(rng.sample(constraints, 2))
            ],
            "needs": [rng.choice(ALL_THEMES)],
        }
        for _ in range(count)
    ]
