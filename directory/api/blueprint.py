"""The API's own `Api` and `Blueprint`: problems instead of smorest's errors, strict query strings."""

from collections.abc import Callable
from typing import Any, Final

import flask_smorest
from flask import Request
from marshmallow import RAISE, Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser

from directory.api.documented import Problem

PREFIX: Final = "/api/v1"
PROBLEM: Final = "application/problem+json"

View = Callable[..., Any]


class StrictParser(FlaskParser):
    """Refuses a parameter it does not know, or that comes twice where one is taken: a misspelt filter must
    not silently widen a search."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012  (webargs reads it so)
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """The query string, every parameter once but the lists. Raises ValidationError."""
        repeated = [
            name
            for name in req.args
            if len(req.args.getlist(name)) > 1 and not isinstance(schema.fields.get(name), fields.List)
        ]
        if repeated:
            raise ValidationError({name: ["Ce paramètre ne se répète pas."] for name in repeated})
        return super().load_querystring(req, schema)


class ProblemApi(flask_smorest.Api):  # type: ignore[misc]  # smorest ships no types
    """Documents errors as RFC 9457 problems and leaves their making to `directory.app`."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Errors have one table for pages and API: `directory.http_errors`."""


class ApiBlueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # smorest ships no types
    """A blueprint that parses strictly."""

    ARGUMENTS_PARSER = StrictParser()


#: What each refusal means, for the OpenAPI page.
REFUSALS: Final = {
    400: "Ce n'est pas du JSON.",
    404: "Cette fiche n'existe pas.",
    410: "Cette fiche a été retirée de l'annuaire.",
    413: "L'envoi est trop gros.",
    415: "Ce n'est pas annoncé comme du JSON.",
    422: "Des valeurs ne conviennent pas : `errors` dit lesquelles et pourquoi.",
    503: "La recherche ou la base ne répond pas : `Retry-After` dit quand revenir.",
}


def refusals(blueprint: ApiBlueprint, *statuses: int) -> Callable[[View], View]:
    """Document what a route may answer besides its success: 422 and 503 always, and those told."""

    def decorate(view: View) -> View:
        for status in (*statuses, 422, 503):
            said = REFUSALS[status]
            view = blueprint.alt_response(
                status, schema=Problem, content_type=PROBLEM, description=said, success=False
            )(view)
        return view

    return decorate
