"""`GET /search`, `GET /suggest`, `POST /match`."""

from typing import Any

import orjson
from flask import Response, current_app, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from directory.api.blueprint import PREFIX, ApiBlueprint, refusals
from directory.api.documented import SearchAnswer, SuggestAnswer
from directory.api.match_schemas import EXAMPLE, MatchAnswer, ProfileBody
from directory.api.rendering import (
    REFERENCE_SECONDS,
    asked_again,
    json_answer,
    not_kept,
    search_answer,
)
from directory.api.schemas import NO, YES, NothingArguments, SearchArguments, SuggestArguments
from directory.reading import told
from directory.search import find
from directory.suggest import suggestions
from directory.wiring import Jalon
from directory.wish import FACETS, SearchWish
from indexer.query import Sort
from matching.match import match as rank
from matching.profile import Profile

blueprint = ApiBlueprint("Trouver", __name__, url_prefix=PREFIX, description="Chercher, compléter, apparier.")


def house() -> Jalon:
    """The parts of the running application."""
    jalon: Jalon = current_app.extensions["jalon"]
    return jalon


@blueprint.get("/search")
@blueprint.arguments(SearchArguments(), location="query")
@blueprint.response(200, SearchAnswer, description="Une page de résultats.")
@refusals(blueprint)
def search(args: dict[str, Any]) -> Response:
    """Cherche des services, des immersions et des formations.

    Sur place dans le rayon, ou à distance ; les deux sont comptés à part. Les décomptes d'une facette
    laissent de côté ses propres filtres et disent ce que montrerait un choix de plus.
    """
    jalon, today = house(), house().today()
    reading = jalon.reading()
    found = find(wish_of(args), engine=reading, communes=jalon.communes, today=today)
    notice = reading.notice(words=bool(found.wish.q), counts=bool(found.wish.facets))
    return json_answer(search_answer(found, today) | told(notice))


@blueprint.get("/suggest")
@blueprint.arguments(SuggestArguments(), location="query")
@blueprint.response(200, SuggestAnswer, description="Des suggestions, les meilleures d'abord.")
@refusals(blueprint)
def suggest(args: dict[str, Any]) -> Response:
    """Complète ce qui est en train d'être écrit : communes, métiers, thèmes ou options."""
    found = suggestions(house(), args["what"], args["q"], limit=args["limit"])
    answer = json_answer(
        {"items": [{"label": one.label, "code": one.code, "type": one.type} for one in found]}
    )
    return asked_again(answer, seconds=0 if args["what"] == "options" else REFERENCE_SECONDS)


@blueprint.post("/match")
@blueprint.arguments(NothingArguments(), location="query")
@blueprint.response(200, MatchAnswer, description="Des options classées et expliquées.")
@blueprint.doc(
    requestBody={
        "required": True,
        "content": {"application/json": {"schema": ProfileBody, "example": EXAMPLE}},
    }
)
@refusals(blueprint, 400, 413, 415)
def match(_args: dict[str, Any]) -> Response:
    """Classe des options pour un profil, et dit pourquoi.

    Rien du profil n'est gardé ni écrit dans un journal.
    """
    jalon = house()
    profile = Profile.from_json(read_body(), jalon.communes)
    reading = jalon.reading()
    ranked = rank(profile, jalon.matcher_of(reading), today=jalon.today())
    return not_kept(json_answer(ranked.to_json() | told(reading.notice(matched=True))))


def read_body() -> object:
    """The JSON sent. Raises UnsupportedMediaType, BadRequest."""
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        raise BadRequest(f"Ce n'est pas du JSON ({where}).") from error


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
