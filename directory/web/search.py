"""`/recherche`: the list with its facets. The same wish as the API's, written as a form."""

from typing import Any, Final

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from directory.http_errors import problem_of
from directory.search import FACETS, InvalidSearch, find
from directory.web.finder import FILTER_NAMES, RADII, SORTS, Form
from directory.web.rendering import page_or_block
from directory.wiring import Jalon
from indexer.reference.vocabulary import CATEGORIES, FEES, PUBLICS, SERVICE_TYPES, WELCOME_MODES

blueprint = Blueprint("search", __name__)

#: Facets of the page: parameter → (title, values in the order shown, facet counted).
PANELS: Final = (
    ("kind", "Type d’aide", ("service", "immersion", "training"), "kind"),
    ("thematiques", "Besoin", CATEGORIES.codes, "categories"),
    ("publics", "Pour qui", tuple(code for code in PUBLICS.codes if code != "tous-publics"), "publics"),
    ("modes_accueil", "Sur place ou à distance", tuple(reversed(WELCOME_MODES.codes)), "modes_accueil"),
    ("frais", "Prix", FEES.codes, "frais"),
    ("types", "Forme de l’aide", SERVICE_TYPES.codes, "types"),
)
#: Parameter whose fault each box tells; the others are told above the list.
BOXES: Final = {"lieu": "lieu", "code_insee": "lieu", "q": "q"}


@blueprint.get("/recherche")
def results() -> ResponseReturnValue:
    """The list for the form as it stands; a value that makes no sense is said beside it, in place."""
    jalon: Jalon = current_app.extensions["jalon"]
    form = Form(request.args, jalon.communes)
    try:
        wish = form.wish()
        reading = jalon.reading()
        found = find(wish, engine=reading, communes=jalon.communes, today=jalon.today())
    except (InvalidSearch, ValidationError) as error:
        return _render(form, jalon, 422, faults=faults_of(error))
    return _render(form, jalon, found=found, notice=reading.notice(words=bool(wish.q), counts=True))


def faults_of(error: Exception) -> tuple[tuple[str, str], ...]:
    """The fields at fault with their sentences."""
    if isinstance(error, ValidationError):
        return tuple((str(name), _flat(said)) for name, said in error.messages_dict.items())
    return tuple(problem_of(error).faults)


def _flat(said: object) -> str:
    """One sentence for a field, a list's faults under their places included."""
    if isinstance(said, dict):
        return " ".join(dict.fromkeys(_flat(one) for one in said.values()))
    return " ".join(str(one) for one in said) if isinstance(said, list) else str(said)


def _render(form: Form, jalon: Jalon, status: int = 200, **context: Any) -> Response:
    faults = {BOXES.get(name, name): said for name, said in context.pop("faults", ())}
    response = page_or_block(
        "search.html", "results", "parts/search_updates.html", status,
        form=form, faults=faults, panels=PANELS, radii=RADII, sorts=SORTS, filter_names=FILTER_NAMES,
        fields={name: facet.field for name, facet in FACETS.items()}, today=jalon.today(), **context,
    )  # fmt: skip
    # The address to share: what the form sends without its empty boxes.
    page = request.args.get("page", "")
    response.headers["HX-Push-Url"] = form.url(page=page) if page.isdecimal() else form.url()
    return response
