"""Which rows a condition keeps: masks with one place a row, kept by the view for the next question."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer import document
from indexer.embedded.columns import DATED, PLACELESS, REMOTE
from indexer.embedded.growing import Many
from indexer.embedded.view import View
from indexer.query import AnyOf, AvailableFrom, Filter, Near, NoneOf

#: The mean radius of the Earth; a sphere of it is right to 0.6 % anywhere.
EARTH_KM: Final = 6371.0088

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reach:
    """What can be had around a point. `km` is the distance of `on_site` rows, not a number elsewhere."""

    on_site: Mask
    remote: Mask
    kept: Mask
    km: NDArray[np.float64]


def reach(view: View, near: Near | None) -> Reach:
    """What `Query.near` keeps; without one, everything, at no distance."""
    if near is None:
        return view.parts.get("anywhere", lambda: _anywhere(view))
    key = ("near", near.point, near.radius_km, near.remote)
    return view.parts.get(key, lambda: _around(view, near))


def zoned(view: View, zones: frozenset[str]) -> Mask:
    """Rows that no zone limits, or that one of those admits."""
    field = view.columns.fields["zones"]
    rows = view.columns.rows
    return view.parts.get(("zones", zones), lambda: field.missing() | field.mask(zones, rows))


def kept(view: View, condition: Filter, around: Reach, today: int) -> Mask:
    """Rows that satisfy a filter, with the modes of that reach."""
    match condition:
        case AvailableFrom(day):
            key = ("available", day, today)
            return view.parts.get(key, lambda: _available(view, day.toordinal(), today))
        case NoneOf(field, values):
            return ~_any_of(view, AnyOf(field, values), around)
        case AnyOf():
            return _any_of(view, condition, around)


def _any_of(view: View, condition: AnyOf, around: Reach) -> Mask:
    columns = view.columns
    if condition.field == "id":
        found = np.zeros(columns.rows, np.bool_)
        found[[row for row in map(columns.find, condition.values) if row is not None]] = True
        return found
    if condition.field == "modes_accueil":
        return _modes(view, condition, around)
    field = columns.fields[condition.field]
    return view.parts.get(condition, lambda: _holds(field, condition, columns.rows))


def _holds(field: Many, condition: AnyOf, rows: int) -> Mask:
    found = field.mask(condition.values, rows)
    return found | field.missing() if condition.or_missing else found


def _modes(view: View, condition: AnyOf, around: Reach) -> Mask:
    found = np.zeros(view.columns.rows, np.bool_)
    if document.ON_SITE in condition.values:
        found |= around.on_site
    if document.REMOTE in condition.values:
        found |= around.remote
    if condition.or_missing:
        found |= ~(around.on_site | around.remote)
    return found


def _available(view: View, day: int, today: int) -> Mask:
    columns = view.columns
    open_then = (columns.slot_ask_by >= today) & (columns.slot_starts >= day)
    found = ~columns.flag(DATED)
    found[columns.slot_owners[open_then]] = True
    return found


def _anywhere(view: View) -> Reach:
    """Modes as told, place or not."""
    columns = view.columns
    said = columns.fields["modes_accueil"]
    on_site, remote = (said.mask((mode,), columns.rows) for mode in (document.ON_SITE, document.REMOTE))
    return Reach(on_site, remote, columns.alive, np.full(columns.rows, np.nan))


def _around(view: View, near: Near) -> Reach:
    columns = view.columns
    km = np.full(columns.rows, np.inf)
    points = _box(view, near)
    distances = _distances(columns.latitudes[points], columns.longitudes[points], near)
    np.minimum.at(km, columns.point_owners[points], distances)
    on_site = km <= near.radius_km
    km[~on_site] = np.nan
    remote = columns.flag(REMOTE) if near.remote else np.zeros(columns.rows, np.bool_)
    found = (on_site | remote | columns.flag(PLACELESS)) & columns.alive
    return Reach(on_site, remote, found, km)


def _box(view: View, near: Near) -> NDArray[np.int64]:
    """The points that may lie in the circle, of the rest none does: a look at two columns, which spares
    sines. Longitudes are compared around the point, so that the antimeridian is no border."""
    latitude, longitude = math.radians(near.point.latitude), math.radians(near.point.longitude)
    angle = near.radius_km / EARTH_KM + 1e-9
    inside = np.abs(view.columns.latitudes - latitude) <= angle
    points = np.flatnonzero(inside)
    if abs(latitude) + angle < math.pi / 2:
        width = math.asin(min(1.0, math.sin(angle) / math.cos(latitude))) + 1e-9
        turned = np.abs(view.columns.longitudes[points] - longitude)
        points = points[np.minimum(turned, 2 * math.pi - turned) <= width]
    return points


def _distances(
    latitudes: NDArray[np.float64], longitudes: NDArray[np.float64], near: Near
) -> NDArray[np.float64]:
    """Haversine, in kilometres."""
    latitude, longitude = math.radians(near.point.latitude), math.radians(near.point.longitude)
    across = np.sin((latitudes - latitude) / 2) ** 2
    along = np.sin((longitudes - longitude) / 2) ** 2
    chord = across + math.cos(latitude) * np.cos(latitudes) * along
    km: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return km
