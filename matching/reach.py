"""How far is far, for one person: the minutes they accept, what home is worth, how a journey is told."""

from typing import Final

from matching.candidate import Candidate, Person
from matching.travel import BY, DEFAULT_MINUTES, quickest

#: From home stands just under the limit of reach, so that a remote option never outranks an equal one that is
#: near by accident of having no distance; well above it for who asked for it, at the bottom where a screen is
#: the trouble.
FROM_HOME: Final = 0.35
FROM_HOME_WANTED: Final = 0.75
NOWHERE: Final = 0.2


def limit(person: Person) -> float:
    """Minutes accepted, or those of the soft radius that a situation tells, or an hour."""
    travel, soft = person.travel, person.needs.indicators.soft_radius_km
    if travel.max_minutes is not None:
        return float(travel.max_minutes)
    journey = quickest(soft, travel.modes) if soft else None
    return float(journey.minutes if journey else DEFAULT_MINUTES)


def from_home(person: Person) -> float:
    """What being had remotely is worth to that person."""
    indicators = person.needs.indicators
    if indicators.on_site_first:
        return NOWHERE
    wanted = person.profile.remote_ok is True or indicators.remote_first
    return FROM_HOME_WANTED if wanted else FROM_HOME


def off_site() -> float:
    """What an option is worth that nobody knows where to find."""
    return NOWHERE


def told_reach(one: Candidate) -> str:
    """The journey in words."""
    if not one.on_site:
        return "à distance, sans trajet" if one.remote else ""
    km, journey = one.distance_km or 0.0, one.journey
    if journey is None:
        return f"à {_km(km)} (moyen de déplacement non renseigné)"
    about = "environ " if journey.estimated else ""
    return f"à {_km(km)}, {about}{journey.minutes} min {BY[journey.mode]}"


def _km(km: float) -> str:
    if km < 1:
        return "moins d’un kilomètre"
    return f"{km:.1f} km".replace(".", ",") if km < 10 else f"{km:.0f} km"
