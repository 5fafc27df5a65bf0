"""A router that never stands in the way: what it does not know, refuses or is late to say is estimated, and
said to be. An answer is kept for a while; after a failure it is left alone for half a minute.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Final

import structlog

from indexer.document import Point
from matching.routers.source import RouterUnavailable, Source
from matching.travel import Estimate, Journey, Router, quickest

#: Minutes to meet who gives a lift, as in the estimate.
TO_MEET: Final = 10.0
#: Seconds a person's list may wait for a router in all.
PATIENCE: Final = 2.0
#: Seconds a router is left alone after a failure.
REST: Final = 30.0
KEPT: Final = 20_000
LOG = structlog.get_logger("jalon.router")

Leg = tuple[float, float, float, float, str]


class Routed:
    """`Router` over a `Source`, with the estimate beside it. Shared by threads."""

    def __init__(
        self, source: Source, estimate: Router | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._source = source
        self._estimate = estimate or Estimate()
        self._clock = clock
        self._resting_until = float("-inf")
        self._kept: OrderedDict[Leg, float | None] = OrderedDict()
        self._lock = Lock()

    def journeys(
        self, start: Point, ends: list[tuple[Point, float]], modes: tuple[str, ...]
    ) -> list[Journey | None]:
        """See `matching.travel.Router`. The quickest of what the router says and, for the ways it does not
        know, of what is estimated."""
        known = [mode for mode in modes if mode in self._source.modes]
        estimated = self._estimate.journeys(start, ends, modes)
        if not known or not ends:
            return estimated
        others = tuple(mode for mode in modes if mode not in self._source.modes)
        until = self._clock() + PATIENCE
        told = {mode: self._minutes(start, [end for end, _ in ends], mode, until) for mode in known}
        return [
            _quickest({mode: told[mode][at] for mode in known}, quickest(km, others), estimated[at])
            for at, (_, km) in enumerate(ends)
        ]

    def _minutes(
        self, start: Point, ends: Sequence[Point], mode: str, until: float
    ) -> list[float | RouterUnavailable | None]:
        """Minutes by that way; None where there is none; the failure where it was not said."""
        legs = [_leg(start, end, mode) for end in ends]
        missing = list(OrderedDict.fromkeys(leg for leg in legs if leg not in self._kept))
        for at in range(0, min(len(missing), self._source.batch * self._source.batches), self._source.batch):
            now = self._clock()
            if now < self._resting_until or now >= until:
                break
            self._ask(start, missing[at : at + self._source.batch], mode)
        unsaid = RouterUnavailable("non demandé")
        with self._lock:
            return [self._kept.get(leg, unsaid) for leg in legs]

    def _ask(self, start: Point, legs: Sequence[Leg], mode: str) -> None:
        try:
            minutes = self._source.minutes(start, [Point(leg[2], leg[3]) for leg in legs], mode)
        except RouterUnavailable as error:
            self._resting_until = self._clock() + REST
            LOG.warning("router away", router=self._source.name, reason=str(error))
            return
        with self._lock:
            self._kept.update(zip(legs, minutes, strict=True))
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def _leg(start: Point, end: Point, mode: str) -> Leg:
    """Rounded to some ten metres: neighbours on a landing share an answer."""
    rounded = (round(one, 4) for one in (start.latitude, start.longitude, end.latitude, end.longitude))
    latitude, longitude, other_latitude, other_longitude = rounded
    return latitude, longitude, other_latitude, other_longitude, mode


def _quickest(
    told: dict[str, float | RouterUnavailable | None], other: Journey | None, estimated: Journey | None
) -> Journey | None:
    """The quickest way; the estimate when the router left one of its ways unsaid."""
    if any(isinstance(minutes, RouterUnavailable) for minutes in told.values()):
        return estimated
    routed = [
        Journey(max(1, round(minutes + (TO_MEET if mode == "covoiturage" else 0))), mode, estimated=False,
                to_check=mode == "covoiturage")
        for mode, minutes in told.items()
        if isinstance(minutes, float)
    ]  # fmt: skip
    return min([*routed, *([other] if other else [])], key=lambda one: (one.minutes, one.mode), default=None)
