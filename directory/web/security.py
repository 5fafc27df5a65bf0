"""Headers on every answer, and the token that every form carries."""

from typing import Final

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from directory.api.blueprint import PREFIX

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


def protect(app: Flask) -> None:
    """Headers, and CSRF on the pages' forms. The API reads no cookie, so it needs no token."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf = CSRFProtect(app)

    @app.before_request
    def _check_token() -> None:
        if not request.path.startswith(PREFIX):
            csrf.protect()

    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response
