"""JSON answers: orjson for bodies, one shape for a search hit, and how long each may be kept."""

from datetime import date
from typing import Any, Final

import orjson
from flask import Response, request

from directory.search import Found
from directory.wish import FACETS
from indexer.engine import Hit

#: Seconds a reference answer stands (communes, occupations, themes, this API's own description): they change
#: with a version of the program.
REFERENCE_SECONDS: Final = 3_600
FACET_NAMES: Final = {facet.field: name for name, facet in FACETS.items()}


def json_answer(body: object, status: int = 200) -> Response:
    """A JSON response. Dates are ISO."""
    return Response(orjson.dumps(body), status=status, mimetype="application/json")


def asked_again(response: Response, *, seconds: int = 0) -> Response:
    """A response that a reader may keep so long, then ask whether it changed (ETag): 304 when it has not."""
    response.cache_control.public = True
    if seconds:
        response.cache_control.max_age = seconds
    else:
        response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response


def not_kept(response: Response) -> Response:
    """A response about a person: nobody keeps it."""
    response.cache_control.no_store = True
    return response


def search_answer(found: Found, today: date) -> dict[str, Any]:
    """The body of `GET /search`."""
    page = found.page
    return {
        "items": [item(hit, today) for hit in page.hits],
        "total": page.total,
        "on_site": page.on_site,
        "remote": page.remote,
        "page": found.wish.page,
        "size": found.wish.size,
        "facets": {FACET_NAMES[field]: dict(counts) for field, counts in page.facets.items()},
        "relaxations": dict(found.relaxations),
        "fewer_words": dict(found.fewer_words),
    }


def item(hit: Hit, today: date) -> dict[str, Any]:
    """One line of a list: what a card shows."""
    option = hit.document
    coming = option.open_occurrences(today)
    point = option.points[0] if option.points else None
    return {
        "id": option.id,
        "kind": option.kind,
        "nom": option.nom,
        "score": round(hit.score, 4),
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 1),
        "on_site": hit.on_site,
        "remote": option.remote,
        "source": option.source,
        "structure_id": option.structure_id,
        "structure_nom": option.structure_nom,
        "commune": option.commune,
        "code_insee": option.code_insee,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "thematiques": option.thematiques,
        "publics": option.publics,
        "type": option.type,
        "frais": option.frais,
        "modes_accueil": option.modes_accueil,
        "rome": option.rome,
        "date_maj": option.date_maj,
        "next_start": coming[0].starts if coming else None,
    }
