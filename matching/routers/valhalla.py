"""Valhalla's matrix (valhalla.github.io/valhalla/api/matrix): `sources_to_targets`, a costing a mode."""

from collections.abc import Sequence
from typing import Any, Final

from indexer.document import Point
from matching.routers.source import RouterUnavailable, as_minutes, ask, each

COSTINGS: Final = {
    "voiture": "auto",
    "covoiturage": "auto",
    "deux-roues": "motor_scooter",
    "velo": "bicycle",
    "marche": "pedestrian",
}


class Valhalla:
    """Its default configuration takes 2,500 pairs a request; fifty ends answer well within a second."""

    name = "valhalla"
    batch = 50
    batches = 6
    modes = frozenset(COSTINGS)

    def __init__(self, address: str) -> None:
        self._address = address

    def minutes(self, start: Point, ends: Sequence[Point], mode: str) -> list[float | None]:
        """See `Source`."""
        body = {
            "sources": [_place(start)],
            "targets": [_place(one) for one in ends],
            "costing": COSTINGS[mode],
            "units": "kilometers",
        }
        told = ask("POST", f"{self._address}/sources_to_targets", body=body)
        [row] = each(told.get("sources_to_targets"), 1)
        minutes: list[float | None] = [None] * len(ends)
        for one in each(row, len(ends)):
            if not isinstance(one, dict) or one.get("to_index") not in range(len(ends)):
                raise RouterUnavailable("la réponse du calculateur d’itinéraires n’est pas lisible")
            minutes[one["to_index"]] = as_minutes(one.get("time"))
        return minutes


def _place(point: Point) -> dict[str, Any]:
    return {"lat": round(point.latitude, 6), "lon": round(point.longitude, 6)}
