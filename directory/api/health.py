"""`/health/live` says the process answers; `/health/ready` that what it needs does."""

from collections.abc import Callable

from flask import Blueprint, Response, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from directory.api.rendering import json_answer
from directory.wiring import Jalon
from indexer.engine import EngineError

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> Response:
    """This process answers."""
    return json_answer({"status": "ok"})


@blueprint.get("/ready")
def ready() -> Response:
    """The database and the index answer; 503 and which one otherwise."""
    jalon: Jalon = current_app.extensions["jalon"]
    checks = {
        "database": _checked(lambda: _ask_database(jalon)),
        "index": _checked(lambda: _ask_index(jalon)),
    }
    fine = set(checks.values()) == {"ok"}
    return json_answer({"status": "ok" if fine else "degraded", "checks": checks}, 200 if fine else 503)


def _checked(ask: Callable[[], object]) -> str:
    try:
        ask()
    except (SQLAlchemyError, EngineError) as error:
        return type(error).__name__
    return "ok"


def _ask_database(jalon: Jalon) -> None:
    with jalon.database.sessions() as session:
        session.execute(text("SELECT 1"))


def _ask_index(jalon: Jalon) -> None:
    jalon.engine.status()
