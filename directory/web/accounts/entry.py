"""The way in: password then code, or a link by mail (then the code where a role asks for it); the way out.

Between the first proof and the second nobody is logged in: the browser's signed cookie says whose second
proof is awaited, for ten minutes.
"""

from datetime import datetime
from typing import Final

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from directory.accounts import attempts, audit, invitations, links, people, second_factor, visits
from directory.accounts.errors import (
    AccountsError,
    InvalidAccount,
    LinkSpent,
    TooManyAttempts,
    WeakPassword,
    WrongCredentials,
)
from directory.http_errors import problem_of
from directory.mail import outbox
from directory.web import access
from directory.web.accounts import letters
from directory.web.accounts.ways import machine, safe_next, told
from directory.wiring import Jalon

blueprint = Blueprint("entry", __name__)

PENDING_SECONDS: Final = 600


def house() -> Jalon:
    """The parts of this Jalon."""
    jalon: Jalon = current_app.extensions["jalon"]
    return jalon


@blueprint.route("/connexion", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Address and password; or the way to a link by mail."""
    if request.method == "GET":
        return render_template("accounts/sign_in.html", suite=safe_next(), courriel="")
    courriel, password = request.form.get("courriel", "")[:254], request.form.get("password", "")
    try:
        person_id = _check_password(courriel, password)
    except AccountsError as error:
        page = render_template(
            "accounts/sign_in.html", suite=safe_next(), courriel=courriel, fault=told(error)
        )
        return page, problem_of(error).status
    return _first_proof(person_id, "mot de passe")


@blueprint.route("/connexion/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The second proof: a code of the telephone, or a recovery code."""
    pending = _pending()
    if pending is None:
        return redirect(url_for("entry.sign_in"))
    if request.method == "GET":
        return render_template("accounts/code.html")
    try:
        _check_code(pending["person"], request.form.get("code", "")[:40])
    except (WrongCredentials, TooManyAttempts) as error:
        return render_template("accounts/code.html", fault=told(error)), problem_of(error).status
    return _begin(pending["person"], f"{pending['means']} et code")


@blueprint.route("/connexion/second-facteur", methods=["GET", "POST"])
def enrol() -> ResponseReturnValue:
    """The first time: an authenticator is told the secret, and shows that it knows it."""
    pending, jalon = _pending(), house()
    if pending is None:
        return redirect(url_for("entry.sign_in"))
    if "secret" not in pending:
        pending["secret"] = jalon.vault.seal(second_factor.new_secret())
        cookie["pending"] = pending
    secret = jalon.vault.open(pending["secret"])
    with jalon.database.sessions() as session:
        account = people.get(session, pending["person"])
    shown = {"secret": secret, "address": second_factor.address_of(secret, account.courriel)}
    if request.method == "GET":
        return render_template("accounts/enrol.html", **shown)
    try:
        with jalon.database.writing() as session:
            typed = request.form.get("code", "")[:40]
            codes = second_factor.enrol(session, jalon.vault, account.id, secret, typed, jalon.clock())
            audit.note(session, account.id, "second factor enrolled", jalon.clock())
    except WrongCredentials as error:
        return render_template("accounts/enrol.html", **shown, fault=told(error)), 401
    response = make_response(
        render_template("accounts/recovery_codes.html", codes=codes, suite=pending["next"])
    )
    _open_visit(response, account.id, f"{pending['means']} et code")
    return response


@blueprint.route("/connexion/lien", methods=["GET", "POST"])
def ask_link() -> ResponseReturnValue:
    """Ask for a way in by mail. The answer is the same whether the address is known or not."""
    if request.method == "GET":
        return render_template("accounts/ask_link.html", courriel="", suite=safe_next())
    courriel = request.form.get("courriel", "")[:254]
    try:
        _send_link(people.clean_address(courriel))
    except AccountsError as error:
        page = render_template(
            "accounts/ask_link.html", courriel=courriel, suite=safe_next(), fault=told(error)
        )
        return page, problem_of(error).status
    return render_template("accounts/link_sent.html", courriel=courriel)


@blueprint.route("/connexion/lien/<token>", methods=["GET", "POST"])
def by_link(token: str) -> ResponseReturnValue:
    """Follow a link: the page asks for a click, since mail readers open links before people do."""
    jalon = house()
    if request.method == "GET":
        with jalon.database.sessions() as session:
            found = links.look(session, token, "sign in", jalon.clock())
        return render_template("accounts/by_link.html", courriel=found.courriel)
    with jalon.database.writing() as session:
        found = links.use(session, token, "sign in", jalon.clock())
        account = people.find(session, found.courriel)
    if account is None or account.disabled_at is not None:
        raise LinkSpent(links.SPENT)
    return _first_proof(account.id, "lien", str(found.facts.get("next", "")))


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def accept(token: str) -> ResponseReturnValue:
    """Take an invitation up: a name, a password (an employer may go without), then the second proof."""
    jalon = house()
    with jalon.database.sessions() as session:
        asked = invitations.look(session, token, jalon.clock())
    if request.method == "GET":
        return render_template("accounts/invitation.html", asked=asked, nom="")
    nom = request.form.get("nom", "")
    try:
        with jalon.database.writing() as session:
            person_id = invitations.accept(
                session, token, nom, request.form.get("password", ""), jalon.clock()
            )
    except (InvalidAccount, WeakPassword) as error:
        page = render_template("accounts/invitation.html", asked=asked, nom=nom, fault=told(error))
        return page, problem_of(error).status
    return _first_proof(person_id, "invitation")


@blueprint.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    """Leave: the visit ends, here and on the server."""
    jalon = house()
    token = request.cookies.get(access.cookie_name(), "")
    with jalon.database.writing() as session:
        visits.end(session, token, jalon.clock())
    cookie.clear()
    response = make_response(redirect(url_for("pages.home"), 303))
    access.take_cookie(response)
    return response


def _check_password(courriel: str, password: str) -> str:
    """Counted before it is looked at, so that many at once gain nothing."""
    jalon, now = house(), house().clock()
    address = jalon.vault.mark("password", courriel.strip().lower())
    asking = jalon.vault.mark("password", machine())
    with jalon.database.writing() as session:
        attempts.require_room(session, "password of an address", address, now)
        attempts.require_room(session, "password from a machine", asking, now)
        attempts.count(session, address, now)
        attempts.count(session, asking, now)
    with jalon.database.writing() as session:
        person_id = people.check_password(session, courriel, password)
        attempts.forget(session, address)
        return person_id


def _check_code(person_id: str, typed: str) -> None:
    jalon, now = house(), house().clock()
    key = jalon.vault.mark("code", person_id)
    with jalon.database.writing() as session:
        attempts.require_room(session, "code of a person", key, now)
        attempts.count(session, key, now)
    with jalon.database.writing() as session:
        second_factor.verify(session, jalon.vault, person_id, typed, now)
        attempts.forget(session, key)


def _send_link(courriel: str) -> None:
    jalon, now = house(), house().clock()
    with jalon.database.writing() as session:
        for what, key in (("link to an address", courriel), ("link from a machine", machine())):
            mark = jalon.vault.mark(what, key)
            attempts.require_room(session, what, mark, now)
            attempts.count(session, mark, now)
        account = people.find(session, courriel)
        if account is None or account.disabled_at is not None:
            return
        token = links.make(session, "sign in", courriel, now, next=safe_next())
        address = jalon.settings.public_url + url_for("entry.by_link", token=token)
        outbox.write(session, f"sign in {token[:16]}", courriel, letters.sign_in(address), now)


def _first_proof(person_id: str, means: str, next_page: str = "") -> ResponseReturnValue:
    """The first proof holds: the second is asked for where a role needs it or the person chose it."""
    jalon = house()
    with jalon.database.sessions() as session:
        account = people.get(session, person_id, jalon.clock())
    cookie.clear()
    if not account.needs_second_factor and not account.has_second_factor:
        return _begin(person_id, means, next_page)
    cookie["pending"] = {
        "person": person_id,
        "means": means,
        "at": jalon.clock().timestamp(),
        "next": next_page or safe_next(),
    }
    step = "entry.code" if account.has_second_factor else "entry.enrol"
    return redirect(url_for(step), 303)


def _pending() -> dict[str, str] | None:
    """Whose second proof is awaited, unless too long ago."""
    pending: dict[str, str] | None = cookie.get("pending")
    if pending is None or house().clock().timestamp() - float(pending["at"]) > PENDING_SECONDS:
        return None
    return pending


def _begin(person_id: str, means: str, next_page: str = "") -> ResponseReturnValue:
    pending = _pending() or {}
    target = next_page or pending.get("next") or safe_next() or url_for("account.home")
    response = make_response(redirect(target, 303))
    _open_visit(response, person_id, means)
    return response


def _open_visit(response: Response, person_id: str, means: str) -> None:
    """A visit of a new token, whatever the browser held before."""
    jalon = house()
    now: datetime = jalon.clock()
    with jalon.database.writing() as session:
        visits.end(session, request.cookies.get(access.cookie_name(), ""), now)
        device = visits.device_of(request.headers.get("User-Agent", ""))
        token = visits.begin(session, person_id, means, device, now)
        audit.note(session, person_id, "signed in", now, means=means)
    cookie.clear()
    access.give_cookie(response, token)
