"""Where a row says it is: codes, points and zones, held against the communes; what is missing is deduced.

A point is believed when it lies near its commune. Swapped coordinates are put right when that brings them
home; a point far from its commune is taken out, and the commune's centre serves, marked as deduced.
"""

import re
from functools import lru_cache
from typing import Any, Final

from directory.imports.checks.codes import read_list
from directory.imports.checks.numbers import NotReadable, read_number
from directory.imports.findings import Draft
from indexer.document import Point
from indexer.reference.communes import Communes
from indexer.reference.distance import distance_km

#: As many as there are communes.
MOST_ZONES: Final = 40_000
#: The widest commune outside Guyane (Arles) is 50 km across, and a service may be run from the next one.
FARTHEST_KM: Final = 60.0
#: Communes of Guyane are as large as départements: Maripasoula is 200 km long.
FARTHEST_KM_GUYANE: Final = 250.0

#: Where France is, with half a degree around: (south, north, west, east), mainland then overseas.
_FRANCE: Final = (
    (40.8, 51.6, -5.7, 10.1), (14.2, 16.7, -62.0, -60.6), (1.8, 6.2, -55.0, -51.2),
    (-21.7, -20.5, 54.9, 56.2), (-13.3, -12.3, 44.7, 45.6), (46.5, 47.4, -56.8, -55.8),
    (17.6, 18.3, -63.3, -62.6), (-23.0, -19.0, 163.0, 169.0), (-28.0, -7.5, -155.0, -134.0),
    (-14.6, -13.0, -178.5, -175.9),
)  # fmt: skip
_POSTAL: Final = re.compile(r"\d{5}")
_BLANKS: Final = re.compile(r"\s+")
_EVERYWHERE: Final = "france"


class PlaceChecks:
    """The checks of place, over a list of communes. What is found is remembered: files repeat places."""

    def __init__(self, communes: Communes) -> None:
        self._communes = communes
        self._centre = lru_cache(maxsize=40_000)(self._find_centre)
        self._is_zone = lru_cache(maxsize=40_000)(communes.is_zone_code)
        self._code_of = lru_cache(maxsize=40_000)(self._find_code)

    def check(self, draft: Draft) -> None:
        """Codes first, since the point is judged by the commune; then what is missing is deduced."""
        self._check_postal_code(draft)
        self._check_commune_code(draft)
        self._check_point(draft)
        self._deduce_point(draft)

    def check_zones(self, draft: Draft) -> None:
        """`zone_eligibilite`: every code exists; the others are taken out and told."""
        given = draft.values.get("zone_eligibilite")
        if given is None:
            return
        codes: list[str] = []
        for one in read_list(draft, "zone_eligibilite", given, self._is_zone, longest=MOST_ZONES):
            text = str(one)[:100]
            code = text if self._is_zone(text) else self._tidy_zone(text)
            if code is None:
                draft.tell("zone_eligibilite", one, "cette zone n'existe pas : retirée")
                continue
            if code != one:
                draft.tell("zone_eligibilite", one, f"zone réécrite « {code} »")
            codes.append(code)
        draft.values["zone_eligibilite"] = sorted(set(codes)) or None

    def _tidy_zone(self, text: str) -> str | None:
        candidates = [text.upper(), text.lower()]
        if text.isdecimal() and len(text) in (1, 4):
            candidates.append(f"0{text}")
        return next((code for code in candidates if self._is_zone(code)), None)

    def _check_postal_code(self, draft: Draft) -> None:
        given = draft.values.get("code_postal")
        if given is None or (isinstance(given, str) and _POSTAL.fullmatch(given)):
            return
        text = _BLANKS.sub("", str(given)).removeprefix("F-")
        padded = text.zfill(5) if len(text) == 4 else text
        if _POSTAL.fullmatch(padded):
            if padded != str(given):
                draft.tell("code_postal", given, f"code postal réécrit « {padded} »")
            draft.values["code_postal"] = padded
        else:
            draft.remove("code_postal", "code postal illisible (cinq chiffres attendus) : retiré")

    def _check_commune_code(self, draft: Draft) -> None:
        values = draft.values
        given = values.get("code_insee")
        if given is not None and self._centre(str(given)) is None:
            text = _BLANKS.sub("", str(given)).upper()
            padded = text.zfill(5) if len(text) == 4 else text
            if self._centre(padded) is not None:
                draft.mend("code_insee", padded, f"code de commune réécrit « {padded} »")
            else:
                draft.remove("code_insee", "aucune commune n'a ce code INSEE : retiré")
        commune = values.get("commune")
        if values.get("code_insee") is None and isinstance(commune, str):
            code = self._code_of(commune[:200], values.get("code_postal") or "")
            if code:
                values["code_insee"] = code
                draft.deduced.add("code_insee")

    def _find_code(self, commune: str, postal_code: str) -> str | None:
        found = self._communes.find_by_name(commune, postal_code).commune
        return found.code if found else None

    def _find_centre(self, code: str) -> Point | None:
        commune = self._communes.find(code)
        return commune.point if commune else None

    def _check_point(self, draft: Draft) -> None:
        latitude, longitude = _read_coordinate(draft, "latitude"), _read_coordinate(draft, "longitude")
        if latitude is None and longitude is None:
            return
        if latitude is None or longitude is None:
            _remove_point(draft, "l'autre coordonnée manque ou est illisible : retirée")
            return
        if latitude == 0 and longitude == 0:
            _remove_point(draft, "0, 0 n'est pas une adresse : coordonnées retirées")
            return
        code = draft.values.get("code_insee")
        centre = self._centre(code) if code else None
        farthest = FARTHEST_KM_GUYANE if code and code.startswith("973") else FARTHEST_KM
        if _plausible(latitude, longitude, centre, farthest):
            return
        if centre and _plausible(longitude, latitude, centre, farthest):
            draft.mend("latitude", longitude, "latitude et longitude inversées, remises en place")
            draft.values["longitude"] = latitude
            return
        _remove_point(draft, _why_implausible(latitude, longitude))

    def _deduce_point(self, draft: Draft) -> None:
        code = draft.values.get("code_insee")
        if draft.values.get("latitude") is not None or code is None:
            return
        centre = self._centre(code)
        if centre:
            draft.values["latitude"], draft.values["longitude"] = centre.latitude, centre.longitude
            draft.deduced.update(("latitude", "longitude"))


def _plausible(latitude: float, longitude: float, centre: Point | None, farthest: float) -> bool:
    """On Earth, and near the commune; in France where the commune is not known."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return False
    if centre is None:
        return any(s <= latitude <= n and w <= longitude <= e for s, n, w, e in _FRANCE)
    return distance_km(Point(latitude, longitude), centre) <= farthest


def _why_implausible(latitude: float, longitude: float) -> str:
    if not -90 <= latitude <= 90:
        return "une latitude va de -90 à 90 : coordonnées retirées"
    if not -180 <= longitude <= 180:
        return "une longitude va de -180 à 180 : coordonnées retirées"
    return f"point à plus de {FARTHEST_KM:.0f} km de sa commune, ou hors de France : coordonnées retirées"


def _read_coordinate(draft: Draft, name: str) -> float | None:
    given: Any = draft.values.get(name)
    if given is None:
        return None
    try:
        number, comma = read_number(given)
    except NotReadable:
        draft.remove(name, "un nombre de degrés est attendu : retiré")
        return None
    if comma:
        draft.tell(name, given, "virgule décimale, relue")
    draft.values[name] = number
    return number


def _remove_point(draft: Draft, reason: str) -> None:
    for name in ("latitude", "longitude"):
        if draft.values.get(name) is not None:
            draft.remove(name, reason)
