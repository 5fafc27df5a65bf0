"""How long it takes to get there, by the person's ways of travelling.

The default router is an estimate, said to be one. Its assumptions are the table below: a fixed time (walking
to the stop, waiting, parking) and minutes for each kilometre as the crow flies, by band of distance; roads
wind more and go slower near than far. Public transport without timetables is an order of magnitude,
« à vérifier ».
"""

from dataclasses import dataclass
from math import inf
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.document import Point

MODES: Final = ("voiture", "deux-roues", "velo", "transports-en-commun", "covoiturage", "marche")

#: What each mode is called in a sentence.
BY: Final = {
    "voiture": "en voiture",
    "deux-roues": "en deux-roues",
    "velo": "à vélo",
    "transports-en-commun": "en transports en commun",
    "covoiturage": "en covoiturage",
    "marche": "à pied",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes = fixed + Σ over bands of (kilometres inside the band × minutes per kilometre). The last band
    has no end."""

    fixed: float
    bands: tuple[tuple[float, float], ...]

    def minutes(self, km: float) -> float:
        """Minutes for that many kilometres as the crow flies; grows with them."""
        total, start = self.fixed, 0.0
        for end, per_km in self.bands:
            total += max(0.0, min(km, end) - start) * per_km
            start = end
        return total

    def kilometres(self, minutes: float) -> float:
        """How far that takes: the inverse of `minutes`, 0 when the fixed time already exceeds it."""
        left, start = minutes - self.fixed, 0.0
        if left <= 0:
            return 0.0
        *nearer, (_, farthest) = self.bands
        for end, per_km in nearer:
            if left <= (end - start) * per_km:
                return start + left / per_km
            left -= (end - start) * per_km
            start = end
        return start + left / farthest


_FAR: Final = inf

#: Minutes per crow-fly kilometre = 60 × detour / speed. Car: 1.4/30, 1.35/50, 1.3/70 km/h. Moped: 1.4/28 then
#: 1.35/42. Bicycle: 1.35/14. Bus and train: 1.35/22, 1.35/30, 1.3/50 after 10 minutes of walk and wait. A
#: lift is the car after ten minutes to meet. Walking: 1.3/4.5.
PACES: Final = {
    "voiture": Pace(4, ((5, 2.8), (20, 1.62), (_FAR, 1.11))),
    "deux-roues": Pace(3, ((5, 3.0), (_FAR, 1.93))),
    "velo": Pace(2, ((_FAR, 5.8),)),
    "transports-en-commun": Pace(10, ((5, 3.7), (20, 2.7), (_FAR, 1.56))),
    "covoiturage": Pace(14, ((5, 2.8), (20, 1.62), (_FAR, 1.11))),
    "marche": Pace(0, ((_FAR, 17.3),)),
}

#: No limit told: what an hour covers is searched, and never less than 40 km, so that a valley is not emptied
#: (rural person without a car: the bus to a service 35 km away is far, not absent). It excludes nothing.
DEFAULT_MINUTES: Final = 60
DEFAULT_RADIUS_KM: Final = 40.0
#: Under this a search would find nothing but the same street: centres of communes are that coarse.
LEAST_RADIUS_KM: Final = 3.0


@dataclass(frozen=True, slots=True)
class Travel:
    """Ways of travelling and minutes accepted one way; empty and None are unknown, asked, not assumed."""

    modes: tuple[str, ...] = ()
    max_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """How one would get there. `estimated` is said to the reader; `to_check` when it is no more than an order
    of magnitude."""

    minutes: int
    mode: str
    estimated: bool = True
    to_check: bool = False


class Router(Protocol):
    """Journeys from one place to many. Called by `matching.match` for the candidates of one person."""

    def journeys(
        self, start: Point, ends: list[tuple[Point, float]], modes: tuple[str, ...]
    ) -> list[Journey | None]:
        """The quickest way to each end, given with its crow-fly distance in km. None where no mode goes."""


class Estimate:
    """The default router: the table above."""

    def journeys(
        self, start: Point, ends: list[tuple[Point, float]], modes: tuple[str, ...]
    ) -> list[Journey | None]:
        """See `Router`; `start` and the points are not needed, the distances are."""
        return [quickest(km, modes) for _, km in ends]


def quickest(km: float, modes: tuple[str, ...]) -> Journey | None:
    """The quickest mode for a crow-fly distance; None without a mode. Who takes the bus also walks."""
    if not modes:
        return None
    able = modes if "transports-en-commun" not in modes else (*modes, "marche")
    minutes, mode = min((PACES[mode].minutes(km), mode) for mode in able)
    return Journey(max(1, round(minutes)), mode, to_check=mode in ("transports-en-commun", "covoiturage"))


def minutes_of(km: NDArray[np.float64], modes: tuple[str, ...]) -> NDArray[np.float64]:
    """The minutes of `quickest` for many distances at once; not a number without a mode."""
    if not modes:
        return np.full(len(km), np.nan)
    able = modes if "transports-en-commun" not in modes else (*modes, "marche")
    by_mode = [_minutes(PACES[mode], km) for mode in able]
    found: NDArray[np.float64] = np.maximum(1.0, np.rint(np.min(by_mode, axis=0)))
    return found


def _minutes(pace: Pace, km: NDArray[np.float64]) -> NDArray[np.float64]:
    total, start = np.full(len(km), float(pace.fixed)), 0.0
    for end, per_km in pace.bands:
        total += np.maximum(0.0, np.minimum(km, end) - start) * per_km
        start = end
    return total


def radius_km(travel: Travel) -> float:
    """How far to search for somebody who travels so."""
    if not travel.modes:
        return DEFAULT_RADIUS_KM
    minutes = travel.max_minutes or DEFAULT_MINUTES
    least = LEAST_RADIUS_KM if travel.max_minutes else DEFAULT_RADIUS_KM
    return max(least, *(PACES[mode].kilometres(minutes + 0.5) for mode in travel.modes))


__all__ = [
    "BY",
    "MODES",
    "PACES",
    "Estimate",
    "Journey",
    "Router",
    "Travel",
    "minutes_of",
    "quickest",
    "radius_km",
]
