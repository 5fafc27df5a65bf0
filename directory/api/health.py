"""`/health/live` says the process answers; `/health/ready` that what it needs does."""

from collections.abc import Callable
from typing import Any

from flask import Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from directory.api.blueprint import ApiBlueprint
from directory.api.documented import Health
from directory.api.find import house
from directory.api.rendering import json_answer, not_kept
from directory.api.schemas import NothingArguments
from directory.database import DatabaseUnavailable
from directory.http_errors import RETRY_AFTER
from indexer.engine import EngineError
from indexer.waiting import Crowded

blueprint = ApiBlueprint("Santé", __name__, url_prefix="/health", description="Comment va le service.")


@blueprint.get("/live")
@blueprint.arguments(NothingArguments(), location="query")
@blueprint.response(200, Health, description="Le service répond.")
def live(_args: dict[str, Any]) -> Response:
    """Ce processus répond."""
    return not_kept(json_answer({"status": "ok"}))


@blueprint.get("/ready")
@blueprint.arguments(NothingArguments(), location="query")
@blueprint.response(200, Health, description="La base et l'index répondent.")
@blueprint.alt_response(503, schema=Health, description="L'un des deux ne répond pas.", success=False)
def ready(_args: dict[str, Any]) -> Response:
    """La base et l'index répondent ; 503 et lequel sinon."""
    jalon = house()
    checks = {
        "database": _checked(lambda: jalon.waiting.ask(lambda: _ask_database(jalon.database.sessions))),
        "index": _checked(jalon.guarded.status),
    }
    fine = set(checks.values()) == {"ok"}
    answer = json_answer({"status": "ok" if fine else "degraded", "checks": checks}, 200 if fine else 503)
    if not fine:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return not_kept(answer)


def _checked(ask: Callable[[], object]) -> str:
    try:
        ask()
    except (DatabaseUnavailable, SQLAlchemyError, EngineError, TimeoutError, Crowded) as error:
        return type(error).__name__
    return "ok"


def _ask_database(sessions: Callable[[], Any]) -> None:
    with sessions() as session:
        session.execute(text("SELECT 1"))
