"""The sheets: a service, an immersion, a training, a structure. Read from the index, so they stand when the
database is away; a withdrawn one answers 410 and says where to go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Gone, NotFound

from directory.clock import PARIS
from directory.database import DatabaseUnavailable
from directory.inventory.entries import Entry, read_by_id
from directory.inventory.records import RecordKind
from directory.web import hours
from directory.wiring import Jalon
from directory.words import freshness
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


@dataclass(frozen=True, slots=True)
class Back:
    """The way back: an address (None when there is nowhere to go) and its words."""

    url: str | None
    label: str


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
    option_id = option_id.replace("\0", "")
    document = jalon.reading().get([option_id]).get(option_id)
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
        back=back(),
    )


@blueprint.get("/structures/<path:structure_id>")
def structure(structure_id: str) -> ResponseReturnValue:
    """The sheet of a structure and what it offers."""
    jalon: Jalon = current_app.extensions["jalon"]
    structure_id = structure_id.replace("\0", "")
    query = Query(today=jalon.today(), where=(AnyOf("structure_id", (structure_id,)),))
    reading = jalon.reading()
    try:
        found = _find_row(jalon, "structure", structure_id)
    except DatabaseUnavailable:
        offers = reading.search(query, limit=100)
        sheet = _told_by([hit.document for hit in offers.hits])
        if sheet is None:
            raise
    else:
        if found is None:
            raise NotFound
        if found.withdrawn:
            raise Gone
        sheet, offers = found.public(), reading.search(query, limit=100)
    return render_template(
        "structure.html",
        sheet=sheet,
        offers=[hit.document for hit in offers.hits],
        today=jalon.today(),
        stale="date_maj" in sheet
        and freshness(date.fromisoformat(sheet["date_maj"]), jalon.today()) != "fresh",
        hours_now=hours.now(sheet.get("horaires_accueil"), jalon.clock().astimezone(PARIS)),
        hours_week=hours.week(sheet.get("horaires_accueil")),
        back=back(),
    )


def _told_by(offers: list[OptionDocument]) -> Mapping[str, Any] | None:
    """What the sheets of its services tell of a structure, while the database is away: its door only where
    one of them may tell it. None when none tells anything."""
    facts = [one.sheet["structure"] for one in offers if one.sheet.get("structure")]
    return max(facts, key=len, default=None)


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


def back() -> Back:
    """Where the reader came from, on this site only, so that « Retour » finds the list where it was."""
    home = request.host_url.rstrip("/")
    came_from = request.referrer or ""
    where = came_from.removeprefix(home) if came_from.startswith(f"{home}/") else ""
    path = where.split("?")[0]
    if path == url_for("search.results"):
        return Back(where, "Retour à la liste")
    if path == url_for("interview.ask"):
        return Back(None, "L’entretien est resté ouvert dans l’autre onglet.")
    return Back(url_for("search.results"), "Chercher dans l’annuaire")
