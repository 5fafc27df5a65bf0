"""`GET /structures`, `/services`, `/immersions`, `/trainings`: the inventory as it was published, a row or by
pages. The cursor is the last id read, so that nothing is repeated or skipped while data moves."""

from typing import Any, Final

from flask import Response
from werkzeug.exceptions import Gone, NotFound

from directory.api.blueprint import PREFIX, ApiBlueprint, refusals
from directory.api.documented import Problem, Rows
from directory.api.find import house
from directory.api.rendering import json_answer
from directory.api.schemas import NothingArguments, PagingArguments
from directory.inventory.entries import Entry, live, read_by_id, read_entries
from directory.inventory.records import RecordKind
from directory.inventory.sensitive import is_sensitive, withhold
from directory.inventory.shapes import SHAPES

blueprint = ApiBlueprint(
    "inventory", __name__, url_prefix=PREFIX, description="Les fiches, telles que publiées."
)

KINDS: Final[dict[str, RecordKind]] = {
    "structures": "structure",
    "services": "service",
    "immersions": "immersion",
    "trainings": "training",
}
ROOMS: Final = f"/<any({', '.join(KINDS)}):room>"


@blueprint.get(ROOMS)
@blueprint.arguments(PagingArguments, location="query")
@blueprint.response(200, Rows)
@refusals(blueprint)
def rows(args: dict[str, Any], room: str) -> Response:
    """A page of rows by id; `next` is the cursor of the following one, null on the last."""
    kind, size = KINDS[room], args["size"]
    after = SHAPES[kind].register.c.id > args["cursor"]
    with house().database.sessions() as session:
        entries = read_entries(session, kind, live(kind), after, limit=size)
    more = entries[-1].id if len(entries) == size else None
    return json_answer({"items": [published(entry) for entry in entries], "next": more})


@blueprint.get(f"{ROOMS}/<path:row_id>")
@blueprint.arguments(NothingArguments, location="query")
@blueprint.response(200)
@blueprint.alt_response(404, schema=Problem, content_type="application/problem+json", success=False)
@blueprint.alt_response(410, schema=Problem, content_type="application/problem+json", success=False)
@refusals(blueprint)
def row(_args: dict[str, Any], room: str, row_id: str) -> Response:
    """One row; 410 when it was withdrawn."""
    with house().database.sessions() as session:
        found = read_by_id(session, KINDS[room], [row_id]).get(row_id)
    if found is None:
        raise NotFound
    if found.withdrawn:
        raise Gone
    return json_answer(published(found))


def published(entry: Entry) -> dict[str, Any]:
    """A row as anybody may read it: nothing about a person, no address that must not be published."""
    row = entry.public()
    return withhold(row) if is_sensitive(entry.values.get("thematiques")) else row
