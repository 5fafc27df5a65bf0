"""OSRM's table service (project-osrm.org/docs/v5.24.0/api): one data set a profile, `car` unless the address
ends with another (`…:5000/bike`)."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from indexer.document import Point
from matching.routers.source import RouterUnavailable, as_minutes, ask, each

#: OSRM's profile → our modes. A lift is a car that one waits for.
PROFILES: Final = {
    "car": frozenset({"voiture", "covoiturage"}),
    "driving": frozenset({"voiture", "covoiturage"}),
    "bike": frozenset({"velo"}),
    "cycling": frozenset({"velo"}),
    "foot": frozenset({"marche"}),
    "walking": frozenset({"marche"}),
}


class Osrm:
    """`osrm-routed` takes a hundred places in a table by default (`--max-table-size`), the start included."""

    name = "osrm"
    batch = 99
    batches = 5

    def __init__(self, address: str) -> None:
        path = urlsplit(address).path.strip("/")
        self._profile = path if path in PROFILES else "car"
        self._address = address.removesuffix(f"/{path}") if path in PROFILES else address
        self.modes = PROFILES[self._profile]

    def minutes(self, start: Point, ends: Sequence[Point], mode: str) -> list[float | None]:
        """See `Source`."""
        places = ";".join(f"{one.longitude:.6f},{one.latitude:.6f}" for one in (start, *ends))
        given = {"sources": "0", "annotations": "duration"}
        told = ask("GET", f"{self._address}/table/v1/{self._profile}/{places}", params=given)
        if told.get("code") != "Ok":
            raise RouterUnavailable("le calculateur d’itinéraires a refusé la demande")
        [row] = each(told.get("durations"), 1)
        return [as_minutes(one) for one in each(row, len(ends) + 1)[1:]]
