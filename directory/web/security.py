"""Headers on every answer, and the token that every form carries."""

from contextlib import suppress
from typing import Final

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf, validate_csrf
from wtforms import ValidationError

from directory.api.blueprint import PREFIX
from directory.web import interview

#: No inline script, no inline style, nothing from elsewhere.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}
#: A token lives as long as the session's cookie.
TOO_OLD: Final = (
    "Par sécurité, cette demande n’a pas été prise en compte : la page est ouverte depuis trop longtemps, ou "
    "le navigateur refuse les cookies de ce site. Rien de ce que vous avez coché n’est perdu : recommencez."
)


class Tokens(CSRFProtect):  # type: ignore[misc]  # the library ships no types
    """Tokens that a former key signed serve on: a page open while the key is changed can still be sent."""

    def _get_csrf_token(self) -> str | None:
        token: str | None = super()._get_csrf_token()
        for former in current_app.config["SECRET_KEY_FALLBACKS"]:
            with suppress(ValidationError):
                validate_csrf(token, secret_key=former)
                return str(generate_csrf())
        return token


def protect(app: Flask) -> None:
    """Headers, and CSRF on the pages' forms. The API reads no cookie, so it needs no token."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf = Tokens(app)

    @app.before_request
    def _check_token() -> None:
        if not request.path.startswith(PREFIX):
            csrf.protect()

    app.register_error_handler(CSRFError, _refuse)
    app.after_request(_add_headers)


def _refuse(_error: CSRFError) -> ResponseReturnValue:
    """Nothing typed is lost: the questions come back as they were, with a fresh token."""
    if request.endpoint == "interview.answer":
        return interview.ask_again(TOO_OLD)
    return "", 400


def _add_headers(response: Response) -> Response:
    settings = current_app.extensions["jalon"].settings
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings.proconnect_url and request.blueprint in {"entry", "proconnect", "account"}:
        # A form whose answer sends the browser to the provider: browsers hold redirections to the rule too.
        provider = "/".join(settings.proconnect_url.split("/")[:3])
        allowed = POLICY.replace("form-action 'self'", f"form-action 'self' {provider}")
        response.headers["Content-Security-Policy"] = allowed
    if settings.public_url.startswith("https:"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    elif response.mimetype == "text/html":
        # One address gives a page or its block: going back never shows the one for the other.
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
