"""Routers over HTTP, behind the one port of `matching.travel`: OSRM, Valhalla, Navitia.

osrm+http(s)://host:5000                      table service; the profile of its data (car unless told)
valhalla+http(s)://host:8002                  sources_to_targets, all ways but public transport
navitia+https://token@host/v1/coverage/fr-se  journeys, public transport with timetables
"""

from urllib.parse import urlsplit

from matching.routers.navitia import Navitia
from matching.routers.osrm import Osrm
from matching.routers.routed import Routed
from matching.routers.source import Source
from matching.routers.valhalla import Valhalla
from matching.travel import Estimate, Router

KINDS: dict[str, type[Osrm] | type[Valhalla] | type[Navitia]] = {
    "osrm": Osrm,
    "valhalla": Valhalla,
    "navitia": Navitia,
}


def open_router(url: str) -> Router:
    """The router at that address, falling back on the estimate; the estimate alone for an empty one. Raises
    ValueError, whose message, a French sentence, holds no token. Connects to nothing yet."""
    if not url:
        return Estimate()
    kind, plus, address = url.partition("+")
    parts = urlsplit(address)
    if not plus or kind not in KINDS or parts.scheme not in {"http", "https"} or not parts.hostname:
        expected = ", ".join(f"{name}+http(s)://…" for name in KINDS)
        raise ValueError(f"une de ces adresses est attendue : {expected}")
    source: Source = KINDS[kind](address.rstrip("/"))
    return Routed(source)


__all__ = ["open_router"]
