"""ProConnect: out to the provider, and back with an identity. What must come back is kept here, once."""

from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from directory.accounts import links, people
from directory.accounts.errors import ProviderRefused
from directory.accounts.oidc import Expected, Identity, Provider
from directory.api.find import house
from directory.web.accounts import entry
from directory.web.accounts.ways import safe_next

blueprint = Blueprint("proconnect", __name__, url_prefix="/proconnect")

NO_ACCOUNT: Final = (
    "aucun compte ne correspond à votre identité ProConnect : demandez une invitation à votre structure"
)


@blueprint.post("/connexion")
def go() -> ResponseReturnValue:
    """Out to the provider."""
    jalon, provider = house(), _provider()
    address, expected = provider.begin(_back())
    with jalon.database.writing() as session:
        token = links.make(
            session, "provider", "", jalon.clock(),
            state=expected.state, nonce=expected.nonce, verifier=expected.verifier, next=safe_next(),
        )  # fmt: skip
    cookie["provider"] = token
    return redirect(address, 303)


@blueprint.get("/retour")
def back() -> ResponseReturnValue:
    """Back with an answer: what was expected is used up first, so that an answer serves once."""
    jalon, provider = house(), _provider()
    with jalon.database.writing() as session:
        kept = links.use(session, str(cookie.pop("provider", "")), "provider", jalon.clock()).facts
    expected = Expected(state=kept["state"], nonce=kept["nonce"], verifier=kept["verifier"])
    who = provider.identify(request.args, expected, _back())
    person_id = _known(who)
    if who.twice:
        return entry.begin(person_id, "ProConnect", kept["next"], provider_token=who.id_token)
    return entry.first_proof(person_id, "ProConnect", kept["next"], provider_token=who.id_token)


def _known(who: Identity) -> str:
    """The account of an identity: the one tied to it, or the one of that address, tied from now on."""
    jalon = house()
    with jalon.database.writing() as session:
        person_id = people.tie(session, who.issuer, who.subject, who.courriel)
    if person_id is None:
        raise ProviderRefused(NO_ACCOUNT)
    return person_id


def _back() -> str:
    return f"{house().settings.public_url}{url_for('proconnect.back')}"


def _provider() -> Provider:
    provider = house().provider
    if provider is None:
        raise NotFound
    return provider
