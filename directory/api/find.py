"""`GET /search`, `GET /suggest`, `POST /match`."""

from typing import Any

import orjson
from flask import Response, current_app, request

from directory.api import documented
from directory.api.blueprint import PREFIX, ApiBlueprint, refusals
from directory.api.documented import MatchAnswer, SearchAnswer, SuggestAnswer
from directory.api.rendering import json_answer, search_answer
from directory.api.schemas import NO, YES, NothingArguments, SearchArguments, SuggestArguments
from directory.search import FACETS, SearchWish, find
from directory.suggest import suggestions
from directory.wiring import Jalon
from indexer.query import Sort
from matching.errors import InvalidProfile
from matching.match import match as rank
from matching.profile import Profile

blueprint = ApiBlueprint("find", __name__, url_prefix=PREFIX, description="Chercher, compléter, apparier.")


def house() -> Jalon:
    """The parts of the running application."""
    jalon: Jalon = current_app.extensions["jalon"]
    return jalon


@blueprint.get("/search")
@blueprint.arguments(SearchArguments, location="query")
@blueprint.response(200, SearchAnswer)
@refusals(blueprint)
def search(args: dict[str, Any]) -> Response:
    """Search services, immersions and trainings."""
    jalon, today = house(), house().today()
    found = find(wish_of(args), engine=jalon.engine, communes=jalon.communes, today=today)
    return json_answer(search_answer(found, today))


@blueprint.get("/suggest")
@blueprint.arguments(SuggestArguments, location="query")
@blueprint.response(200, SuggestAnswer)
@refusals(blueprint)
def suggest(args: dict[str, Any]) -> Response:
    """Complete what is being typed: communes, occupations, themes, options."""
    found = suggestions(house(), args["what"], args["q"], limit=args["limit"])
    items = [{"label": one.label, "code": one.code, "type": one.type} for one in found]
    return json_answer({"items": items})


@blueprint.post("/match")
@blueprint.arguments(NothingArguments, location="query")
@blueprint.response(200, MatchAnswer)
@blueprint.doc(
    requestBody={"required": True, "content": {"application/json": {"schema": documented.Profile}}}
)
@refusals(blueprint)
def match(_args: dict[str, Any]) -> Response:
    """Rank options for a profile, with their reasons. Nothing of the profile is kept or logged."""
    jalon = house()
    profile = Profile.from_json(read_body(), jalon.communes)
    return json_answer(rank(profile, jalon.matcher, today=jalon.today()).to_json())


def read_body() -> object:
    """The JSON sent. Raises InvalidProfile when it is not JSON."""
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        raise InvalidProfile([("", "Un profil au format JSON est attendu.")]) from error


def wish_of(args: dict[str, Any]) -> SearchWish:
    """Parsed arguments as a wish."""
    lists = {name: tuple(value) for name, value in args.items() if isinstance(value, list)}
    facets = wanted_facets(args.get("facets"))
    return SearchWish(**{**args, **lists, "facets": facets, "sort": Sort(args["sort"])})


def wanted_facets(asked: list[str] | None) -> tuple[str, ...]:
    """`facets=true` (or nothing) is all of them, `facets=false` none, else the ones named."""
    if not asked or asked[0].lower() in YES:
        return tuple(FACETS)
    return () if asked[0].lower() in NO else tuple(dict.fromkeys(asked))
