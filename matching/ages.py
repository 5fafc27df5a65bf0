"""A limit of age: its bounds, both included, and how far it stretches for whoever a fact is true of."""

from dataclasses import dataclass
from typing import Literal

from matching.facts import FACTS

Fit = Literal["in", "perhaps", "out", "unknown"]


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """`low` and `high` None: no bound told. `until`: the last age for whom `fact` (RQTH) is true."""

    low: int | None = None
    high: int | None = None
    until: int | None = None
    fact: str = ""

    def admits(self, age: int) -> bool:
        """Whether that age is inside the bounds, without any stretching."""
        return (self.low is None or age >= self.low) and (self.high is None or age <= self.high)

    def fit(self, age: int | None, stretched: bool | None) -> Fit:
        """Whether somebody of that age fits; `stretched` answers `fact` for them, None unknown."""
        if age is None:
            return "unknown"
        if self.admits(age):
            return "in"
        later = self.until is not None and self.high is not None and self.high < age <= self.until
        if not later or stretched is False:
            return "out"
        return "in" if stretched else "perhaps"

    @property
    def said(self) -> str:
        """As a reader sees it; empty without bounds."""
        bounds = _bounds(self.low, self.high)
        if not bounds or self.until is None:
            return bounds
        return f"{bounds}, jusqu’à {self.until} ans avec une {_short(self.fact)}"


def _bounds(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f"de {low} à {high} ans"
    if low is not None:
        return f"à partir de {low} ans"
    return f"jusqu’à {high} ans" if high is not None else ""


def _short(fact: str) -> str:
    return "RQTH" if fact == "rqth" else FACTS[fact].label
