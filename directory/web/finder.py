"""The form of `/recherche`: what stands in it, the wish it makes, the addresses of lists near this one."""

from collections.abc import Mapping
from typing import Any, Final

from flask import url_for
from werkzeug.datastructures import MultiDict

from directory.api.find import wish_of
from directory.api.schemas import SearchArguments
from directory.search import DEFAULT_RADIUS_KM, LISTS, InvalidSearch, SearchWish
from directory.web.places import PlaceRead, commune_label, read_commune, unknown_place
from indexer.reference import themes
from indexer.reference.communes import Communes
from indexer.reference.vocabulary import CATEGORIES, THEMES

RADII: Final = (5, 10, 20, 30, 50, 100)
SORTS: Final = {
    "relevance": "Les plus utiles d’abord",
    "distance": "Les plus proches d’abord",
    "freshness": "Les plus à jour d’abord",
}
#: Parameters that an address may give and that the page has no box for: they stay, and can be taken off.
CARRIED: Final = ("sources", "rome", "available_from", "size")
#: What is not worth writing in an address.
DEFAULTS: Final = {"sort": "relevance", "radius_km": f"{DEFAULT_RADIUS_KM:g}", "page": "1"}
_KEPT: Final = (
    "q",
    "lieu",
    "code_insee",
    "lat",
    "lon",
    "radius_km",
    *LISTS,
    "available_from",
    "sort",
    "size",
)


class Form:
    """What stands in the form: kept as typed, and completed by what was understood."""

    def __init__(self, args: MultiDict[str, str], communes: Communes) -> None:
        self.args = args
        self.written = args.get("lieu", "")
        self.read: PlaceRead = read_commune(self.written, communes)
        if not self.written.strip() and (coded := communes.find(args.get("code_insee", ""))):
            self.read = PlaceRead(coded)

    @property
    def lieu(self) -> str:
        """What the box of the place shows: the commune understood, else what was typed."""
        return commune_label(self.read.commune) if self.read.commune else self.written

    @property
    def point(self) -> tuple[str, str] | None:
        """The position an address gave, while no commune is written over it."""
        lat, lon = self.args.get("lat", ""), self.args.get("lon", "")
        return (lat, lon) if lat and lon and not self.lieu else None

    def wish(self) -> SearchWish:
        """The wish written. Raises InvalidSearch and ValidationError."""
        raw: dict[str, Any] = {name: self._value(name) for name in (*_KEPT, "page") if self._value(name)}
        raw.pop("lieu", None)
        if self.written.strip():
            if self.read.commune is None:
                raise InvalidSearch([("lieu", unknown_place(self.written, self.read))])
            raw["code_insee"] = self.read.commune.code
            raw.pop("lat", None), raw.pop("lon", None)
        if not raw.keys() & {"code_insee", "lat", "lon"}:
            raw.pop("radius_km", None)  # the box of the radius always says something
            if raw.get("sort") == "distance":
                raw.pop("sort")
        return wish_of(SearchArguments().load(raw))

    def _value(self, name: str) -> Any:
        if name == "thematiques":
            return self._themes()
        if name in LISTS:
            return [value for value in self.args.getlist(name) if value]
        return self.args.get(name, "").strip()

    def _themes(self) -> list[str]:
        """A category ticked stands for all its thématiques, until one of them is ticked."""
        ticked = [value for value in self.args.getlist("thematiques") if value]
        narrowed = {themes.category_of(one) for one in ticked if one in THEMES}
        return [one for one in ticked if one not in narrowed]

    def chosen(self, name: str, value: str) -> bool:
        """Whether a box is ticked."""
        return value in self.args.getlist(name)

    def unfolded(self, category: str) -> tuple[str, ...]:
        """The thématiques to show under a category: all once it, or one of them, is ticked."""
        ticked = set(self.args.getlist("thematiques"))
        under = themes.expand(category) if category in CATEGORIES else ()
        return tuple(under) if ticked & {category, *under} else ()

    def ticked(self) -> int:
        """How many filters are on, for the summary that hides them on a phone."""
        return sum(len([one for one in self.args.getlist(name) if one]) for name in LISTS)

    def carried(self) -> tuple[tuple[str, str], ...]:
        """(name, value) of what the address gave and no box shows."""
        kept = [(name, value) for name in CARRIED for value in self.args.getlist(name) if value]
        return (*kept, ("lat", self.point[0]), ("lon", self.point[1])) if self.point else tuple(kept)

    def url(self, **changed: Any) -> str:
        """The shortest address of this list, with some parameters changed (None: taken off)."""
        kept: dict[str, Any] = {name: self._as_written(name) for name in _KEPT} | changed
        if kept["lieu"]:
            kept.update(code_insee=None, lat=None, lon=None)
        elif not (kept["code_insee"] or kept["lat"]):
            kept.update(radius_km=None)
        told = {
            name: value for name, value in kept.items() if value and str(value) != DEFAULTS.get(name)
        }  # fmt: skip
        return url_for("search.results", **told)

    def _as_written(self, name: str) -> Any:
        if name == "lieu":
            return self.lieu.strip()
        if name in LISTS:
            return [value for value in self.args.getlist(name) if value]
        return self.args.get(name, "").strip()

    def without(self, name: str) -> str:
        """This list with one filter taken off."""
        return self.url(**dict.fromkeys(PLACE if name == "radius_km" else (name,)))


PLACE: Final = ("radius_km", "lieu", "code_insee", "lat", "lon")
#: What the page calls each filter, where an empty list names the active ones.
FILTER_NAMES: Final[Mapping[str, str]] = {
    "q": "les mots cherchés", "radius_km": "le lieu", "kind": "le type d’aide", "thematiques": "le besoin",
    "publics": "le public", "types": "la forme de l’aide", "frais": "le prix",
    "modes_accueil": "le choix sur place ou à distance",
    "sources": "la source", "rome": "le métier", "available_from": "la date",
}  # fmt: skip
