"""Rendering: the whole page to a browser, its named block to htmx, from one template."""

from typing import Any

from flask import Response, current_app, make_response, render_template
from flask_htmx import HTMX

htmx = HTMX()


def page_or_block(template: str, block: str, updates: str, status: int = 200, **context: Any) -> Response:
    """The page; or, to a request by htmx, its block, the same to the letter, followed by the template
    `updates`, which holds what else changes on the page. History restored gets the whole page again."""
    if htmx and not htmx.history_restore_request and not htmx.boosted:
        body = render_block(template, block, **context) + render_template(updates, **context)
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.vary.update(("HX-Request", "HX-History-Restore-Request"))
    return response


def render_block(template: str, block: str, **context: Any) -> str:
    """One named block of a template, rendered alone."""
    loaded = current_app.jinja_env.get_template(template)
    current_app.update_template_context(context)
    return "".join(loaded.blocks[block](loaded.new_context(context)))
