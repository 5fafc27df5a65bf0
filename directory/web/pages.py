"""Home, what completes as one types, and the pages that explain."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from directory.suggest import suggestions
from directory.web.places import LONGEST, commune_label, proposed
from directory.wiring import Jalon
from indexer.reference.vocabulary import CATEGORIES

blueprint = Blueprint("pages", __name__)

MOST_COMPLETED = 8


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """What, where, go; and the sixteen categories."""
    return render_template("home.html", categories=tuple(CATEGORIES))


@blueprint.route("/completer/lieux", methods=["GET", "POST"])
def places() -> ResponseReturnValue:
    """Options of the place box: communes by name or postal code. The interview asks by POST, since where a
    person lives stands in no address."""
    jalon: Jalon = current_app.extensions["jalon"]
    typed = request.values.get("lieu", "").replace("\0", "")[:LONGEST]
    labels = [commune_label(one) for one in proposed(typed, jalon.communes)] if typed.strip() else []
    return render_template("parts/options.html", options=list(dict.fromkeys(labels)))


@blueprint.route("/completer/metiers", methods=["GET", "POST"])
def occupations() -> ResponseReturnValue:
    """Options of the occupation box, by everyday words."""
    jalon: Jalon = current_app.extensions["jalon"]
    typed = request.values.get("metier", "").replace("\0", "")
    found = suggestions(jalon, "occupations", typed, limit=MOST_COMPLETED)
    return render_template("parts/options.html", options=[f"{one.label} ({one.code})" for one in found])


@blueprint.get("/comment-ca-marche")
def how() -> ResponseReturnValue:
    """What Jalon does with what is told, how it ranks, and what it never does."""
    return render_template("how.html")
