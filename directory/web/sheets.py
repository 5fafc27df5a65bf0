"""The sheets: a service, an immersion, a training, a structure. Read from the index, so they stand when the
database is away; a withdrawn one answers 410 and says where to go."""

from typing import Final

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Gone, NotFound

from directory.clock import PARIS
from directory.inventory.entries import Entry, read_by_id
from directory.inventory.records import RecordKind
from directory.web import hours
from directory.wiring import Jalon
from indexer.document import OptionDocument
from indexer.query import AnyOf, Query

blueprint = Blueprint("sheets", __name__)

#: Kind → the first part of its address.
ROOMS: Final = {"service": "services", "immersion": "immersions", "training": "formations"}
KINDS: Final[dict[str, RecordKind]] = {
    "services": "service",
    "immersions": "immersion",
    "formations": "training",
}
PEOPLE: Final = "usagers"


def option_url(kind: str, option_id: str) -> str:
    """The address of a sheet."""
    return url_for("sheets.option", room=ROOMS[kind], option_id=option_id)


@blueprint.app_template_global("option_url")
def _option_url(kind: str, option_id: str) -> str:
    return option_url(kind, option_id)


@blueprint.get("/<any(services, immersions, formations):room>/<path:option_id>")
def option(room: str, option_id: str) -> ResponseReturnValue:
    """The sheet of one option."""
    jalon: Jalon = current_app.extensions["jalon"]
    document = jalon.engine.get([option_id]).get(option_id)
    if document is None:
        raise Gone if _find_row(jalon, KINDS[room], option_id) else NotFound
    if ROOMS[document.kind] != room:
        return redirect(option_url(document.kind, option_id), 301)
    return render_template(
        "option.html",
        option=document,
        sheet=document.sheet,
        structure=document.sheet.get("structure") or {},
        dates=document.open_occurrences(jalon.today()),
        today=jalon.today(),
        walk_in=walk_in(document),
        hours_now=hours.now(_hours(document), jalon.clock().astimezone(PARIS)),
        hours_week=hours.week(_hours(document)),
        back=_back(),
    )


@blueprint.get("/structures/<path:structure_id>")
def structure(structure_id: str) -> ResponseReturnValue:
    """The sheet of a structure and what it offers."""
    jalon: Jalon = current_app.extensions["jalon"]
    found = _find_row(jalon, "structure", structure_id)
    if found is None:
        raise NotFound
    if found.withdrawn:
        raise Gone
    sheet = found.public()
    offers = jalon.engine.search(
        Query(today=jalon.today(), where=(AnyOf("structure_id", (structure_id,)),)), limit=100
    )
    return render_template(
        "structure.html",
        sheet=sheet,
        offers=[hit.document for hit in offers.hits],
        today=jalon.today(),
        hours_now=hours.now(sheet.get("horaires_accueil"), jalon.clock().astimezone(PARIS)),
        hours_week=hours.week(sheet.get("horaires_accueil")),
        back=_back(),
    )


def walk_in(document: OptionDocument) -> str:
    """Who can open the door: the person, a professional only, or nobody said."""
    if not document.mobilisable_par:
        return ""
    return "people" if PEOPLE in document.mobilisable_par else "professionals"


def _hours(document: OptionDocument) -> str | None:
    said = document.sheet.get("horaires_accueil") or (document.sheet.get("structure") or {}).get(
        "horaires_accueil"
    )
    return said if isinstance(said, str) else None


def _find_row(jalon: Jalon, kind: RecordKind, row_id: str) -> Entry | None:
    with jalon.database.sessions() as session:
        return read_by_id(session, kind, [row_id]).get(row_id)


def _back() -> str | None:
    """The list the reader came from, on this site only, so that « Retour » finds it where it was."""
    came_from = request.referrer or ""
    home = request.host_url
    return came_from.removeprefix(home.rstrip("/")) if came_from.startswith(f"{home}recherche") else None
