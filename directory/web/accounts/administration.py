"""The administration: accounts, organisations, the trail."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.accounts import audit, organisations, people, second_factor
from directory.accounts.errors import AccountsError
from directory.api.find import house
from directory.http_errors import problem_of
from directory.web import access
from directory.web.accounts.ways import told

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@blueprint.get("/comptes")
def accounts() -> ResponseReturnValue:
    """Everybody, and every organisation."""
    return _page()


@blueprint.post("/comptes/<person_id>")
def change(person_id: str) -> ResponseReturnValue:
    """Disable, enable, or forget a lost second factor."""
    jalon = house()
    verb = request.form.get("geste", "")
    with jalon.database.writing() as session:
        if verb == "desactiver":
            people.disable(session, person_id, jalon.clock())
        elif verb == "reactiver":
            people.enable(session, person_id)
        elif verb == "second-facteur":
            second_factor.reset(session, person_id)
            people.end_visits(session, person_id, jalon.clock())
        else:
            return _page(fault="Ce geste n’existe pas."), 422
        audit.note(session, access.who(), f"account: {verb}", jalon.clock(), what=("person", person_id))
    return redirect(url_for("administration.accounts"), 303)


@blueprint.post("/organisations")
def add_organisation() -> ResponseReturnValue:
    """A new organisation; its first member is invited from its page."""
    jalon = house()
    given = {name: request.form.get(name, "").strip() for name in ("kind", "nom", "structure_id")}
    try:
        with jalon.database.writing() as session:
            made = organisations.add(
                session,
                given["kind"],
                given["nom"],
                jalon.clock(),
                structure_id=given["structure_id"] or None,
            )
            audit.note(session, access.who(), "added an organisation", jalon.clock(), organisation_id=made)
    except AccountsError as error:
        return _page(fault=told(error)), problem_of(error).status
    return redirect(url_for("team.home", organisation_id=made), 303)


@blueprint.get("/journal")
def trail() -> ResponseReturnValue:
    """Who did what, the newest first."""
    with house().database.sessions() as session:
        lines = audit.read(session)
    return render_template("accounts/trail.html", lines=lines)


def _page(fault: str = "") -> str:
    jalon = house()
    with jalon.database.sessions() as session:
        everybody = people.listed(session, jalon.clock())
        places = organisations.listed(session)
    return render_template(
        "accounts/administration.html",
        accounts=everybody,
        organisations=places,
        kinds=organisations.KINDS,
        fault=fault,
    )
