"""`/api/v1/docs`: the OpenAPI description as a page of ours, with nothing from elsewhere; and the description
itself, made once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson
from flask import Blueprint, Flask, Response, render_template

from directory.api.blueprint import PREFIX, PROBLEM, ProblemApi
from directory.api.rendering import REFERENCE_SECONDS, asked_again

SUMMARY: Final = (
    "L'annuaire et l'appariement de Jalon. Les erreurs sont des problèmes (RFC 9457) en français, qui "
    "nomment le champ en cause ; un paramètre inconnu ou mal écrit est refusé, jamais ignoré."
)


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the page: how it is asked, what it takes, what it answers."""

    method: str
    path: str
    told: dict[str, Any]

    @property
    def anchor(self) -> str:
        """Where the page shows it."""
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "").lower()

    @property
    def example(self) -> str:
        """The body shown, indented; empty when none is sent."""
        content = self.told.get("requestBody", {}).get("content", {}).get("application/json", {})
        shown = content.get("example")
        return orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode() if shown else ""


def routes_of(spec: dict[str, Any]) -> Iterator[Route]:
    """The routes of a description, in its order."""
    for path, methods in spec["paths"].items():
        shared = methods.get("parameters", [])
        for method, told in methods.items():
            if method != "parameters":
                known = {**told, "parameters": [*shared, *told.get("parameters", [])]}
                yield Route(method.upper(), path, known)


def tidied(spec: dict[str, Any]) -> dict[str, Any]:
    """The description without what smorest adds and this API does not do: pages in a header, errors as plain
    JSON."""
    spec["components"]["schemas"].pop("PaginationMetadata", None)
    for response in spec["components"]["responses"].values():
        response["content"] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return spec


def describe(app: Flask, api: ProblemApi) -> None:
    """Put the description and its page on an application, once every route is on it."""
    spec = tidied(api.spec.to_dict())
    body = orjson.dumps(spec)
    routes = tuple(routes_of(spec))
    schemas = spec["components"]["schemas"]
    blueprint = Blueprint("api-docs", __name__, url_prefix=PREFIX)

    @blueprint.get("/openapi.json")
    def openapi_json() -> Response:
        """The description, for machines."""
        return asked_again(Response(body, mimetype="application/json"), seconds=REFERENCE_SECONDS)

    @blueprint.get("/docs")
    def page() -> str:
        """The description, for people."""
        return render_template("api.html", info=spec["info"], routes=routes, schemas=schemas)

    app.register_blueprint(blueprint)
