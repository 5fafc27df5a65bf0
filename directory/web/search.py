"""`/recherche`: the list with its facets. The same wish as the API's, written as a form."""

from typing import Any, Final

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, ValidationError
from werkzeug.datastructures import MultiDict

from directory.api.find import wish_of
from directory.api.schemas import SearchArguments
from directory.http_errors import problem_of
from directory.search import FACETS, LISTS, Found, InvalidSearch, SearchWish, find
from directory.web.places import commune_label, find_commune
from directory.web.rendering import page_or_block
from directory.wiring import Jalon
from indexer.reference.vocabulary import CATEGORIES, FEES, PUBLICS, SERVICE_TYPES, WELCOME_MODES

blueprint = Blueprint("search", __name__)

RADII: Final = (5, 10, 20, 30, 50, 100)
SORTS: Final = {
    "relevance": "Les plus utiles",
    "distance": "Les plus proches",
    "freshness": "Les plus à jour",
}
#: Facets of the page: parameter → (title, values in the order shown, facet counted).
PANELS: Final = (
    ("kind", "Quoi", ("service", "immersion", "training"), "kind"),
    ("thematiques", "Besoin", CATEGORIES.codes, "categories"),
    ("publics", "Pour qui", tuple(code for code in PUBLICS.codes if code != "tous-publics"), "publics"),
    ("modes_accueil", "Comment", WELCOME_MODES.codes, "modes_accueil"),
    ("frais", "À quel prix", FEES.codes, "frais"),
    ("types", "Quel genre d’aide", SERVICE_TYPES.codes, "types"),
)


@blueprint.get("/recherche")
def results() -> ResponseReturnValue:
    """The list for the form as it stands; a value that makes no sense is said beside it, in place."""
    jalon: Jalon = current_app.extensions["jalon"]
    written = request.args.get("lieu", "")
    form = Form(request.args, written)
    try:
        wish = form.wish(jalon)
        found = find(wish, engine=jalon.engine, communes=jalon.communes, today=jalon.today())
    except (InvalidSearch, ValidationError) as error:
        return page_or_block(
            "search.html", "results", 422, form=form, faults=faults_of(error), **_fixed(jalon)
        )
    form.settle(found, jalon)
    return page_or_block("search.html", "results", form=form, found=found, **_fixed(jalon))


class Form:
    """What stands in the form: kept as typed, and completed by what was understood."""

    def __init__(self, args: MultiDict[str, str], written: str) -> None:
        self.args = args
        self.lieu = written

    def wish(self, jalon: Jalon) -> SearchWish:
        """The wish written. Raises InvalidSearch and ValidationError."""
        raw: dict[str, Any] = {
            name: self.args.getlist(name) if name in LISTS or name == "facets" else self.args[name]
            for name in self.args
            if any(self.args.getlist(name))
        }
        if self.lieu.strip():
            commune = find_commune(self.lieu, jalon.communes)
            if commune is None:
                raise InvalidSearch(
                    [("lieu", f"Commune inconnue : « {self.lieu[:60]} ». Vérifiez l’orthographe.")]
                )
            raw["code_insee"] = commune.code
        elif not (raw.get("code_insee") or raw.get("lat")):
            raw.pop("radius_km", None)  # the box of the radius always says something
        return wish_of(SearchArguments(unknown=EXCLUDE).load(raw))

    def settle(self, found: Found, jalon: Jalon) -> None:
        """Write the commune understood back in its box."""
        if found.place and found.place.code_insee and found.wish.code_insee:
            self.lieu = commune_label(jalon.communes.get(found.place.code_insee))

    def chosen(self, name: str, value: str) -> bool:
        """Whether a box is ticked."""
        return value in self.args.getlist(name)

    def page_url(self, page: int) -> str:
        """This list at another page."""
        return self._url({"page"}, page=page)

    def without(self, name: str) -> str:
        """This list with one filter taken off."""
        dropped = {name, "page"} | ({"lieu", "code_insee", "lat", "lon"} if name == "radius_km" else set())
        return self._url(dropped)

    def _url(self, dropped: set[str], **more: Any) -> str:
        kept: dict[str, Any] = {name: self.args.getlist(name) for name in self.args if name not in dropped}
        return url_for("search.results", **kept, **more)


#: What the page calls each filter, where an empty list names the active ones.
FILTER_NAMES: Final = {
    "q": "les mots cherchés", "radius_km": "le lieu", "kind": "le genre d’option", "thematiques": "le besoin",
    "publics": "le public", "types": "le genre d’aide", "frais": "le prix",
    "modes_accueil": "le choix sur place ou à distance",
    "sources": "la source", "rome": "le métier", "available_from": "la date",
}  # fmt: skip


def faults_of(error: Exception) -> tuple[tuple[str, str], ...]:
    """The fields at fault with their sentences."""
    if isinstance(error, ValidationError):
        messages = error.messages_dict
        return tuple((str(name), " ".join(map(str, said))) for name, said in messages.items())
    return tuple(problem_of(error).faults)


def _fixed(jalon: Jalon) -> dict[str, Any]:
    return {
        "panels": PANELS,
        "radii": RADII,
        "sorts": SORTS,
        "filter_names": FILTER_NAMES,
        "fields": {name: facet.field for name, facet in FACETS.items()},
        "today": jalon.today(),
    }
