"""Two orders side by side, on the same queries: which is better, and how sure one may be.

The bootstrap draws queries, not options: a few queries that all go one way say little of the next hundred.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

_DRAWS: Final = 10_000
_SEED: Final = 20_261_123
_SURE: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Means over `queries` that both know, B − A, its 95 % interval, and `p`: how often a difference at least
    as large would come by chance if the two were worth the same."""

    a: float
    b: float
    delta: float
    low: float
    high: float
    p: float
    queries: int
    better: int
    worse: int

    def to_json(self) -> dict[str, object]:
        """For a report."""
        return {
            "a": self.a, "b": self.b, "delta": self.delta, "ci95": [self.low, self.high], "p": self.p,
            "queries": self.queries, "better": self.better, "worse": self.worse,
        }  # fmt: skip


def compare(a: Mapping[str, float], b: Mapping[str, float]) -> Comparison | None:
    """From values by query; None when no query is known to both. Seeded: the same values, the same answer."""
    shared = sorted(a.keys() & b.keys())
    if not shared:
        return None
    one, other = np.array([a[name] for name in shared]), np.array([b[name] for name in shared])
    gaps = other - one
    mean = float(gaps.mean())
    rng = np.random.default_rng(_SEED)
    drawn = gaps[rng.integers(0, len(gaps), size=(_DRAWS, len(gaps)))].mean(axis=1)
    low, high = (float(edge) for edge in np.percentile(drawn, _SURE))
    # Shifted to no difference at all, what is drawn says what chance alone would give; one more draw on each
    # side, since no finite number of draws proves a probability of zero.
    by_chance = int((np.abs(drawn - mean) >= abs(mean) - 1e-12).sum())
    return Comparison(
        a=float(one.mean()), b=float(other.mean()), delta=mean, low=low, high=high,
        p=(by_chance + 1) / (_DRAWS + 1), queries=len(shared),
        better=int((gaps > 0).sum()), worse=int((gaps < 0).sum()),
    )  # fmt: skip
