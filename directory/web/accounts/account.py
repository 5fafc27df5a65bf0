"""One's own account: roles, visits in progress, password, second factor."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.accounts import audit, people, visits
from directory.accounts.errors import AccountsError, WrongCredentials
from directory.api.find import house
from directory.http_errors import problem_of
from directory.web import access
from directory.web.accounts.ways import told

blueprint = Blueprint("account", __name__)


@blueprint.get("/compte")
def home() -> ResponseReturnValue:
    """Who I am here, and where I am logged in."""
    return _page()


@blueprint.post("/compte/visites/<visit_id>/fin")
def end_visit(visit_id: str) -> ResponseReturnValue:
    """End a visit of mine elsewhere."""
    jalon = house()
    with jalon.database.writing() as session:
        visits.end_one(session, str(access.who().id), visit_id, jalon.clock())
    return redirect(url_for("account.home"), 303)


@blueprint.post("/compte/mot-de-passe")
def change_password() -> ResponseReturnValue:
    """Choose a password. The old one is asked, unless one came in by a link: every visit then ends."""
    jalon = house()
    mine = access.who()
    try:
        with jalon.database.writing() as session:
            account = people.get(session, str(mine.id))
            if account.has_password and not mine.means.startswith("lien"):
                people.check_password(session, mine.courriel, request.form.get("old", ""))
            people.set_password(session, account.id, request.form.get("password", ""), jalon.clock())
            audit.note(session, mine, "password changed", jalon.clock())
    except WrongCredentials:
        return _page(fault="Le mot de passe actuel n’est pas celui-là."), 422
    except AccountsError as error:
        return _page(fault=told(error)), problem_of(error).status
    return redirect(url_for("entry.sign_in"), 303)


def _page(fault: str = "") -> str:
    jalon = house()
    mine, now = access.who(), jalon.clock()
    with jalon.database.sessions() as session:
        account = people.get(session, str(mine.id), now)
        opened = visits.listed(session, account.id, now)
    return render_template(
        "accounts/home.html",
        account=account,
        visits=opened,
        here=mine.visit_id,
        means=mine.means,
        fault=fault,
    )
