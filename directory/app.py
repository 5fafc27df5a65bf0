"""The web application: one factory that wires blueprints and error handling. Imported by the server only."""

import time
from pathlib import Path
from typing import Final

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from directory.api import blueprint as api_blueprint
from directory.api import docs, find, health, inventory, paths
from directory.http_errors import RETRY_AFTER, problem_of
from directory.web import errors as error_pages
from directory.web import register as register_web
from directory.wiring import Jalon

ROOT: Final = Path(__file__).resolve().parent.parent
#: A profile is a few kilobytes; an inventory goes in by the command line.
MAX_BODY: Final = 1_000_000
OPENAPI: Final = {
    "API_TITLE": "Jalon",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    # smorest would make its description anew for each request: `directory.api.docs` serves it.
    "OPENAPI_URL_PREFIX": None,
    "API_SPEC_OPTIONS": {"info": {"description": docs.SUMMARY}},
}
LOG = structlog.get_logger("jalon.web")


def create_app(jalon: Jalon) -> Flask:
    """The application over the parts of a house."""
    app = Flask("directory", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.extensions["jalon"] = jalon
    app.config.update(
        SECRET_KEY=jalon.settings.secret(),
        SECRET_KEY_FALLBACKS=list(jalon.settings.secret_key_fallbacks),
        MAX_CONTENT_LENGTH=MAX_BODY,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=jalon.settings.public_url.startswith("https:"),
        JSON_SORT_KEYS=False,
        **OPENAPI,
    )
    api = api_blueprint.ProblemApi(app)
    for one in (find.blueprint, paths.blueprint, inventory.blueprint, health.blueprint):
        api.register_blueprint(one)
    docs.describe(app, api)
    register_web(app)
    app.before_request(_start_clock)
    app.after_request(_log_answer)
    app.register_error_handler(Exception, _answer_error)
    return app


def _start_clock() -> None:
    g.started = time.perf_counter()


def _log_answer(response: Response) -> Response:
    """One line a request: route and duration, never the address asked, which may say where somebody lives."""
    rule = request.url_rule.rule if request.url_rule else "(aucune)"
    spent = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    LOG.info("request", method=request.method, route=rule, status=response.status_code, ms=round(spent, 1))
    return response


def _answer_error(error: Exception) -> Response | HTTPException:
    """The last handler: every error becomes a problem or a page, and the unexpected is logged."""
    problem = problem_of(error)
    if isinstance(error, HTTPException) and problem.status < 400:
        return error
    if problem.status >= 500:
        LOG.error("failure", route=request.url_rule.rule if request.url_rule else None, exc_info=error)
    wants_json = request.path.startswith((api_blueprint.PREFIX, "/health"))
    response = error_pages.problem_json(problem) if wants_json else error_pages.problem_page(problem)
    if isinstance(error, HTTPException):
        response.headers.extend(
            (name, value) for name, value in error.get_headers() if name.lower() not in {"content-type"}
        )
    if problem.status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
