"""The way in: password then code, or a link by mail (then the code where a role asks for it); the way out.

Between the first proof and the second nobody is logged in: the browser's signed cookie says whose second
proof is awaited, for ten minutes.
"""

from datetime import datetime
from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from directory.accounts import audit, invitations, links, people, second_factor, visits
from directory.accounts.errors import (
    AccountsError,
    InvalidAccount,
    LinkSpent,
    TooManyAttempts,
    WeakPassword,
    WrongCredentials,
)
from directory.api.find import house
from directory.http_errors import problem_of
from directory.web import access
from directory.web.accounts.proofs import check_code, check_password, send_link
from directory.web.accounts.ways import safe_next, told

blueprint = Blueprint("entry", __name__)

PENDING_SECONDS: Final = 600


@blueprint.route("/connexion", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Address and password; or the way to a link by mail."""
    if request.method == "GET":
        return _sign_in_page("")
    courriel, password = request.form.get("courriel", "")[:254], request.form.get("password", "")
    try:
        person_id = check_password(courriel, password)
    except AccountsError as error:
        return _sign_in_page(courriel, told(error)), problem_of(error).status
    return first_proof(person_id, "mot de passe")


@blueprint.route("/connexion/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The second proof: a code of the telephone, or a recovery code."""
    pending = _pending()
    if pending is None:
        return redirect(url_for("entry.sign_in"))
    if request.method == "GET":
        return render_template("accounts/code.html")
    try:
        check_code(pending["person"], request.form.get("code", "")[:40])
    except (WrongCredentials, TooManyAttempts) as error:
        return render_template("accounts/code.html", fault=told(error)), problem_of(error).status
    return begin(pending["person"], f"{pending['means']} et code")


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
        send_link(people.clean_address(courriel))
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
    return first_proof(account.id, "lien", str(found.facts.get("next", "")))


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
    return first_proof(person_id, "invitation")


@blueprint.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    """Leave: the visit ends, here and on the server."""
    jalon = house()
    token = request.cookies.get(access.cookie_name(), "")
    with jalon.database.writing() as session:
        sealed = visits.end(session, token, jalon.clock())
    cookie.clear()
    home = jalon.settings.public_url + url_for("pages.home")
    elsewhere = (
        jalon.provider.logout_address(jalon.vault.open(sealed), home) if sealed and jalon.provider else None
    )
    response = make_response(redirect(elsewhere or url_for("pages.home"), 303))
    access.take_cookie(response)
    return response


def _sign_in_page(courriel: str, fault: str = "") -> str:
    has_provider = house().provider is not None
    return render_template(
        "accounts/sign_in.html", suite=safe_next(), courriel=courriel, fault=fault, has_provider=has_provider
    )


def first_proof(
    person_id: str, means: str, next_page: str = "", *, provider_token: str = ""
) -> ResponseReturnValue:
    """The first proof holds: the second is asked for where a role needs it or the person chose it."""
    jalon = house()
    with jalon.database.sessions() as session:
        account = people.get(session, person_id, jalon.clock())
    cookie.clear()
    if not account.needs_second_factor and not account.has_second_factor:
        return begin(person_id, means, next_page, provider_token=provider_token)
    cookie["pending"] = {
        "person": person_id,
        "means": means,
        "at": jalon.clock().timestamp(),
        "next": next_page or safe_next(),
        "provider_token": jalon.vault.seal(provider_token) if provider_token else "",
    }
    step = "entry.code" if account.has_second_factor else "entry.enrol"
    return redirect(url_for(step), 303)


def _pending() -> dict[str, str] | None:
    """Whose second proof is awaited, unless too long ago."""
    pending: dict[str, str] | None = cookie.get("pending")
    if pending is None or house().clock().timestamp() - float(pending["at"]) > PENDING_SECONDS:
        return None
    return pending


def begin(
    person_id: str, means: str, next_page: str = "", *, provider_token: str = ""
) -> ResponseReturnValue:
    """Log somebody in and go on to the page they wanted."""
    pending = _pending() or {}
    target = next_page or pending.get("next") or safe_next() or url_for("account.home")
    response = make_response(redirect(target, 303))
    _open_visit(response, person_id, means, provider_token)
    return response


def _open_visit(response: Response, person_id: str, means: str, provider_token: str = "") -> None:
    """A visit of a new token, whatever the browser held before."""
    jalon = house()
    now: datetime = jalon.clock()
    with jalon.database.writing() as session:
        visits.end(session, request.cookies.get(access.cookie_name(), ""), now)
        device = visits.device_of(request.headers.get("User-Agent", ""))
        sealed = (_pending() or {}).get("provider_token") or (
            jalon.vault.seal(provider_token) if provider_token else None
        )
        token = visits.begin(session, person_id, means, device, now, provider_token=sealed)
        audit.note(session, person_id, "signed in", now, means=means)
    cookie.clear()
    access.give_cookie(response, token)
