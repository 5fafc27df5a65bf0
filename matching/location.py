"""Where a person is, and the zones that cover them."""

from dataclasses import dataclass

from indexer.document import Point
from indexer.reference.commune import Commune
from indexer.reference.communes import Communes
from matching.asked import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point and every `zone_eligibilite` code that covers it. `code_insee` is the commune's; `rural`:
    whether it lies in zone France Ruralités Revitalisation, None when no list says."""

    label: str
    point: Point
    code_insee: str
    zones: frozenset[str]
    rural: bool | None = None


def place_of(commune: Commune, communes: Communes, point: Point | None = None) -> Place:
    """A commune's centre, or a point told inside it."""
    zones = communes.zones_of(commune.code)
    return Place(
        label=commune.nom, point=point or commune.point, code_insee=commune.code, zones=zones,
        rural=communes.is_rural(commune.code),
    )  # fmt: skip


def read_place(asked: Asked, communes: Communes) -> Place | None:
    """From `code_insee`, `lat` and `lon`, or both (the point then rules, the commune gives the zones). None
    when at fault: an unknown commune is told with the nearest names."""
    point = _point(asked)
    code = asked.text("code_insee")
    if code:
        commune = communes.find(code.upper())
        if commune is None:
            asked.fault("code_insee", _unknown(code, communes))
            return None
        return place_of(commune, communes, point)
    if point is None:
        if not asked.faults:
            asked.fault("code_insee", "indiquer la commune (code_insee) ou un point (lat et lon)")
        return None
    return place_of(communes.nearest(point.latitude, point.longitude), communes, point)


def _point(asked: Asked) -> Point | None:
    for one, other in (("lat", "lon"), ("lon", "lat")):
        if asked.has(one) and not asked.has(other):
            asked.fault(other, f"{one} est donné sans {other}")
    latitude, longitude = asked.number("lat", -90, 90), asked.number("lon", -180, 180)
    return None if latitude is None or longitude is None else Point(latitude, longitude)


def _unknown(code: str, communes: Communes) -> str:
    nearest = communes.nearest_labels(code[:100])
    hint = f" ; les plus proches : {', '.join(nearest)}" if nearest else ""
    return f"commune inconnue : « {code[:80]} »{hint}"
