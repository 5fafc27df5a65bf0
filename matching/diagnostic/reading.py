"""A profile under reading: its strengths, its refusals, the person's own scale, and what is gathered."""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Final

from indexer.reference.themes import expand
from indexer.reference.vocabulary import CATEGORIES, THEMES
from matching.diagnostic.mapping import Entry, Mapping
from matching.profile import Profile

PRIORITY: Final = {True: 1.0, False: 0.8}
#: The person's own scale, 1 to 5: it raises like a priority, and never lowers what the counsellor ticked as
#: one.
OWN: Final = {1: 0.7, 2: 0.75, 3: 0.8, 4: 0.9, 5: 1.0}
OWN_PRIORITY: Final = 5


@dataclass(slots=True)
class Reading:
    """A profile under reading: what it lowers and refuses, and what is gathered on the way."""

    profile: Profile
    mapping: Mapping
    lowered: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    scales: Table[str, int] = field(default_factory=dict)
    indicators: list[tuple[Entry, str]] = field(default_factory=list)
    unrecognised: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        strengths = (theme for told in self.profile.strengths for theme in self.themes_of(told))
        self.lowered = frozenset(strengths)
        self.refused = frozenset(one.theme for one in self.profile.refusals if one.theme)
        self.scales = dict(self._scales())

    def themes_of(self, told: str) -> tuple[str, ...]:
        """The thématiques that a need or a strength names; none, and it is kept as unrecognised, when
        unknown."""
        if told in THEMES or told in CATEGORIES:
            return expand(told)
        entry = self.mapping.find_need(told) or self.mapping.find_constraint(told)
        if entry is None:
            self.unrecognised[told] = None
            return ()
        return tuple(entry.themes)

    def force(self, code: str, *, priority: bool = False, told: str = "") -> tuple[float, bool]:
        """(weight of a priority, whether it is one): the counsellor's or the person's own, the greater."""
        own = self.scales.get(code, self.scales.get(told, 0))
        if not own:
            return PRIORITY[priority], priority
        first = priority or own == OWN_PRIORITY
        return max(OWN[own], PRIORITY[True] if first else 0.0), first

    def _scales(self) -> Iterator[tuple[str, int]]:
        """By the code of the need they speak of."""
        for told, scale in self.profile.own_priorities.items():
            constraint = self.mapping.find_constraint(told)
            yield (constraint.under if constraint else told.upper() if _is_rome(told) else told), scale
            if constraint is None and not (_is_rome(told) or told in CATEGORIES):
                for theme in self.themes_of(told):
                    yield theme, scale


def _is_rome(told: str) -> bool:
    return len(told) == 5 and told[0].isalpha() and told[1:].isdecimal()
