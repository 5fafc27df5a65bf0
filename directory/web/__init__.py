"""The pages: thin views that parse, call, render. One URL serves the page and, to htmx, its named block."""

from flask import Flask

from directory import words
from directory.web import access, interview, pages, search, security, sheets
from directory.web.accounts import account, administration, entry, proconnect, team
from directory.web.accounts import filters as account_filters
from directory.web.assets import Assets


def register(app: Flask) -> None:
    """Put the pages, their filters, their assets and their headers on an application."""
    assets = Assets(app.static_folder or "static")
    app.jinja_env.globals["asset"] = assets.url
    app.jinja_env.filters.update(words.FILTERS)
    app.jinja_env.filters.update(account_filters.FILTERS)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.after_request(assets.finish)
    for blueprint in (pages.blueprint, search.blueprint, sheets.blueprint, interview.blueprint):
        app.register_blueprint(blueprint)
    for blueprint in (
        entry.blueprint,
        account.blueprint,
        team.blueprint,
        administration.blueprint,
        proconnect.blueprint,
    ):
        app.register_blueprint(blueprint)
    security.protect(app)
    access.guard(app)
