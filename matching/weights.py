"""How much each rule counts. Every number bears the case that set it; a change makes a new version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight by rule name; a rule without one counts for nothing."""

    version: str
    values: Mapping[str, float] = field(hash=False)

    def of(self, name: str) -> float:
        """The weight of a rule."""
        return self.values.get(name, 0.0)


DEFAULT_WEIGHTS: Final = Weights(
    "2026.11.2",
    MappingProxyType(
        {
            # What is not about the need is no answer, however near: the driving school before the café.
            "answers_need": 10.0,
            # Two equal services: the one 8 km away before the one at 35 (rural person without a car);
            # one wholly about the need still comes before a near one that only brushes it.
            "reachable": 5.0,
            # A digital constraint is not served by a video call; a parent alone far from town is.
            "on_site_or_remote": 2.0,
            # « Pour les jeunes » before « tous publics » for somebody of 19; a public to check after both.
            # (young man of 19: « entre femmes » was first while it counted 2).
            "right_public": 3.0,
            # Free before charged, all else equal; decisive only for somebody without resources.
            "affordable": 1.0,
            # « Cycle d'octobre à décembre 2022 », « complet, liste d'attente »: silent for all others.
            "going_on": 4.0,
            # One visit that settles two needs spares a journey.
            "answers_more": 1.0,
            # A session next week before the same one in four months.
            "soon_available": 1.0,
            # The CCAS of one's own commune before the one next door.
            "own_commune": 0.6,
            # Tie-breakers: a small association must not sink for want of a web master.
            "fresh": 0.4,
            "complete": 0.2,
        }
    ),
)
