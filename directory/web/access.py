"""Who asks, and whether they may: looked at before every request, by route. A route no line names is closed.

Anonymous pages read no table: a visit is looked up only when the browser shows its cookie.
"""

from typing import Final

import structlog
from flask import Flask, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, Unauthorized

from directory.accounts import tokens, visits
from directory.accounts.policy import Act, may
from directory.accounts.principal import NOBODY, Principal
from directory.api.blueprint import PREFIX
from directory.api.find import house
from directory.database import DatabaseUnavailable
from directory.wiring import Jalon

LOG = structlog.get_logger("jalon.access")

#: Blueprint → what all its routes need; an endpoint named in `ROUTES` has its own.
ROOMS: Final[dict[str, Act]] = {
    "Trouver": "read the directory",
    "Enchaîner": "read the directory",
    "Inventaire": "read the directory",
    "Santé": "read the directory",
    "api-docs": "read the directory",
    "pages": "read the directory",
    "search": "read the directory",
    "sheets": "read the directory",
    "interview": "read the directory",
    "entry": "read the directory",
    "proconnect": "read the directory",
    "account": "use an own account",
    "team": "use an own account",  # whose team: looked at by the view, which knows it
    "administration": "manage accounts",
}
ROUTES: Final[dict[str, Act]] = {
    "static": "read the directory",
    "administration.trail": "read the audit trail",
}


def guard(app: Flask) -> None:
    """Look at every request before its view."""
    app.before_request(_check)
    app.context_processor(lambda: {"who": who()})


def who() -> Principal:
    """Who asks: a visit's cookie for pages, a token for the API; NOBODY otherwise."""
    if "principal" not in g:
        g.principal = _read()
    principal: Principal = g.principal
    return principal


def act_of(endpoint: str) -> Act | None:
    """What a route needs; None for one that nobody thought of, which stays closed."""
    return ROUTES.get(endpoint) or ROOMS.get(endpoint.rpartition(".")[0])


def cookie_name() -> str:
    """Bound to the host and to https where people reach Jalon by it."""
    return "__Host-jalon" if house().settings.public_url.startswith("https:") else "jalon"


def give_cookie(response: Response, token: str) -> None:
    """Let the browser show that visit from now on."""
    response.set_cookie(
        cookie_name(),
        token,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=cookie_name().startswith("__Host-"),
        max_age=int(visits.LONGEST.total_seconds()),
    )


def take_cookie(response: Response) -> None:
    """Let the browser forget its visit."""
    response.delete_cookie(
        cookie_name(), path="/", secure=cookie_name().startswith("__Host-"), httponly=True, samesite="Lax"
    )


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such address: said so, whoever asks
    act = act_of(request.endpoint)
    if act is None:
        LOG.error("route without a rule", endpoint=request.endpoint)
        raise Forbidden
    if act == "read the directory" or may(who(), act):
        return None
    if who().is_known:
        raise Forbidden
    if request.method == "GET" and not request.path.startswith(PREFIX):
        return redirect(url_for("entry.sign_in", suite=request.full_path.rstrip("?")))
    raise Unauthorized("Votre session est finie : reconnectez-vous dans un autre onglet, puis renvoyez.")


def _read() -> Principal:
    jalon = house()
    program = request.path.startswith(PREFIX)
    shown = request.authorization.token if program and request.authorization else None
    if not program:
        shown = request.cookies.get(cookie_name())
    if not shown:
        return NOBODY
    try:
        return _shown(jalon, shown, program=program)
    except DatabaseUnavailable:
        if act_of(request.endpoint or "") != "read the directory":
            raise
        return NOBODY  # the public pages are served without the database


def _shown(jalon: Jalon, token: str, *, program: bool) -> Principal:
    """Whom a token stands for. When it was last seen is noted now and then, in a transaction of its own:
    reading a page waits for no writer."""
    read = tokens.principal_of if program else visits.principal_of
    with jalon.database.sessions() as session, session.no_autoflush:
        found = read(session, token, jalon.clock())
        is_due = bool(session.dirty)
    if not is_due:
        return found
    with jalon.database.writing() as session:
        return read(session, token, jalon.clock())
