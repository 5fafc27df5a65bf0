"""The API's own `Api` and `Blueprint`: problems instead of smorest's errors, strict query strings."""

from typing import Any, Final

import flask_smorest
from marshmallow import RAISE
from webargs.flaskparser import FlaskParser

from directory.api.documented import Problem

PREFIX: Final = "/api/v1"


class StrictParser(FlaskParser):
    """Refuses a parameter it does not know: a misspelt filter must not silently widen a search."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012  (webargs reads it so)
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }


class ProblemApi(flask_smorest.Api):  # type: ignore[misc]  # smorest ships no types
    """Documents errors as RFC 9457 problems and leaves their making to `directory.app`."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Errors have one table for pages and API: `directory.http_errors`."""


class ApiBlueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # smorest ships no types
    """A blueprint that parses strictly."""

    ARGUMENTS_PARSER = StrictParser()


def refusals(blueprint: ApiBlueprint) -> Any:
    """Document what every reading route may answer besides its success."""

    def decorate(view: Any) -> Any:
        for status in (422, 503):
            view = blueprint.alt_response(
                status, schema=Problem, content_type="application/problem+json", success=False
            )(view)
        return view

    return decorate
