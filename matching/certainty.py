"""How sure one is that an option answers a thématique, by what it declares and by what it says."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from indexer.topics import Support, Topic

#: Declared and said is certain. Declared and not said may be one box too many, and most likely is when the
#: text is clearly about something else; said and not declared, the box was forgotten (one service in ten).
DECLARED: Final[Mapping[Support, float]] = {
    Support.NAMED: 1.0, Support.ABOUT: 0.97, Support.MENTIONED: 0.9, Support.SILENT: 0.85, Support.KIN: 0.75,
    Support.ELSEWHERE: 0.55,
}  # fmt: skip
TOLD: Final[Mapping[Support, float]] = {
    Support.NAMED: 0.85, Support.ABOUT: 0.6, Support.MENTIONED: 0.2,
}  # fmt: skip

#: An option that ticks every box is about none of them: beyond three thématiques those that its text does not
#: make its own count a little less each.
FOCUS_FREE: Final = 3
FOCUS_LOSS: Final = 0.04
FOCUS_LEAST: Final = 0.7
#: What the text makes its own.
OWN: Final = frozenset({Support.NAMED, Support.ABOUT})


def certainty(topic: Topic, declared: int) -> float:
    """0 to 1, for an option that declares so many thématiques."""
    sure = (DECLARED if topic.declared else TOLD)[topic.support]
    return sure if topic.support in OWN or not topic.declared else sure * focus(declared)


def focus(declared: int) -> float:
    """What is left of a thématique that stands among so many."""
    return max(FOCUS_LEAST, 1 - FOCUS_LOSS * max(0, declared - FOCUS_FREE))


def codes(fits: Iterable[tuple[str, float]], *, own: bool) -> dict[str, float]:
    """What each topic code is worth for thématiques that fit so far; `own` those that lose nothing among
    many, else those that do. (`focus` is left to the caller, who counts.)"""
    return {
        code: fit * sure
        for theme, fit in fits
        for code, sure in _codes(own=own, theme=theme)
        if fit * sure > 0
    }


@lru_cache(maxsize=256)
def _codes(*, own: bool, theme: str) -> tuple[tuple[str, float], ...]:
    told = [Topic(theme, declared=True, support=support) for support in DECLARED]
    told += [Topic(theme, declared=False, support=support) for support in TOLD]
    return tuple(
        (topic.code, certainty(topic, 0))
        for topic in told
        if own is (topic.support in OWN or not topic.declared)
    )
