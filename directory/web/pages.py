"""Home, what completes as one types, and the pages that explain."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from directory.suggest import suggestions
from directory.web.places import commune_label
from directory.wiring import Jalon
from indexer.reference.vocabulary import CATEGORIES

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """What, where, go; and the sixteen categories."""
    return render_template("home.html", categories=tuple(CATEGORIES))


@blueprint.get("/completer/lieux")
def places() -> ResponseReturnValue:
    """Options of the place box: communes by name or postal code."""
    jalon: Jalon = current_app.extensions["jalon"]
    typed = request.args.get("lieu", "")[:100]
    found = [one for one in suggestions(jalon, "communes", typed, limit=12) if one.type in COMMUNE_TYPES]
    labels = [commune_label(jalon.communes.get(one.code)) for one in found]
    return render_template("parts/options.html", options=list(dict.fromkeys(labels))[:8])


@blueprint.get("/completer/metiers")
def occupations() -> ResponseReturnValue:
    """Options of the occupation box, by everyday words."""
    jalon: Jalon = current_app.extensions["jalon"]
    found = suggestions(jalon, "occupations", request.args.get("metier", "")[:100], limit=8)
    return render_template("parts/options.html", options=[f"{one.label} ({one.code})" for one in found])


@blueprint.get("/comment-ca-marche")
def how() -> ResponseReturnValue:
    """What Jalon does with what is told, how it ranks, and what it never does."""
    return render_template("how.html")


COMMUNE_TYPES = frozenset({"commune", "arrondissement", "ancienne-commune"})
