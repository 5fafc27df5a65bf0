"""`GET /structures`, `/services`, `/immersions`, `/trainings`: the inventory as it was published, a row or by
pages. The cursor is the last id read, so that nothing is repeated or skipped while data moves."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from flask import Response
from werkzeug.exceptions import Gone, NotFound

from directory.api.blueprint import PREFIX, ApiBlueprint, refusals
from directory.api.documented import Row, Rows
from directory.api.find import house
from directory.api.rendering import asked_again, json_answer, not_kept
from directory.api.schemas import NothingArguments, PagingArguments
from directory.database import DatabaseUnavailable
from directory.inventory.documents import public_row
from directory.inventory.lists import (
    Listing,
    list_immersions,
    list_services,
    list_structures,
    list_trainings,
    read_option,
    read_structure,
)
from directory.inventory.records import RecordKind
from indexer.document import OptionDocument
from indexer.engine import EngineError

blueprint = ApiBlueprint(
    "Inventaire", __name__, url_prefix=PREFIX, description="Les fiches, telles que publiées."
)

#: Room → (kind, how its pages are read, what it holds).
ROOMS: Final[dict[str, tuple[RecordKind, Callable[..., Listing], str]]] = {
    "structures": ("structure", list_structures, "Les structures, au schéma data·inclusion v1."),
    "services": ("service", list_services, "Les services, au schéma data·inclusion v1 : export entier."),
    "immersions": ("immersion", list_immersions, "Les offres d'immersion et leurs créneaux."),
    "trainings": ("training", list_trainings, "Les formations et leurs sessions."),
}


def _open(room: str) -> None:
    """Put the two routes of a room on the blueprint: each has its own line in OpenAPI."""
    kind, read_page, said = ROOMS[room]

    @blueprint.get(f"/{room}", endpoint=f"{room}_rows")
    @blueprint.arguments(PagingArguments(), location="query")
    @blueprint.response(200, Rows, description="Une page de fiches, par identifiant.")
    @blueprint.doc(summary=said, description="`next` est le curseur de la page suivante, null à la dernière.")
    @refusals(blueprint)
    def rows(args: dict[str, Any]) -> Response:
        return page_answer(read_page, args)

    @blueprint.get(f"/{room}/<path:row_id>", endpoint=f"{room}_row")
    @blueprint.arguments(NothingArguments(), location="query")
    @blueprint.response(200, Row, description="La fiche.")
    @blueprint.doc(summary=f"Une fiche parmi les {room}.")
    @refusals(blueprint, 404, 410)
    def row(_args: dict[str, Any], row_id: str) -> Response:
        return row_answer(kind, row_id)


def page_answer(read_page: Callable[..., Listing], args: dict[str, Any]) -> Response:
    """A page of rows by id."""
    with house().database.sessions() as session:
        listing = read_page(session, cursor=args["cursor"], limit=args["size"], source=args.get("source"))
    body = {"items": [entry.public() for entry in listing.entries], "next": listing.cursor}
    return asked_again(json_answer(body))


def row_answer(kind: RecordKind, row_id: str) -> Response:
    """One row. Raises NotFound, or Gone when it was withdrawn."""
    if "\0" in row_id:
        raise NotFound  # no id holds it, and a database may refuse to compare it
    try:
        with house().database.sessions() as session:
            found = (read_structure if kind == "structure" else read_option)(session, row_id)
    except DatabaseUnavailable:
        indexed = _find_indexed(kind, row_id)
        if indexed is None:
            raise
        return not_kept(json_answer(public_row(indexed)))
    if found is None or found.kind != kind:
        raise NotFound
    if found.withdrawn:
        raise Gone
    return asked_again(json_answer(found.public()))


def _find_indexed(kind: RecordKind, row_id: str) -> OptionDocument | None:
    """The option as the index keeps it, for when the database is away; None when it does not know it: it may
    be withdrawn, or a structure."""
    with suppress(EngineError):
        document = house().guarded.get([row_id]).get(row_id)
        if document is not None and document.kind == kind:
            return document
    return None


for _room in ROOMS:
    _open(_room)
