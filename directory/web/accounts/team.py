"""One's organisation: who belongs to it, who asks to, invitations, and the tokens of its programs."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.accounts import audit, invitations, joining, organisations, tokens
from directory.accounts.errors import AccountsError, NotAllowed
from directory.accounts.policy import SCOPES, may, may_grant, require
from directory.accounts.principal import ROLES, Role
from directory.api.find import house
from directory.http_errors import problem_of
from directory.mail import outbox
from directory.web import access
from directory.web.accounts import letters
from directory.web.accounts.ways import told

blueprint = Blueprint("team", __name__, url_prefix="/compte/equipe")


@blueprint.get("/<organisation_id>")
def home(organisation_id: str) -> ResponseReturnValue:
    """Members, requests, tokens."""
    _require_member(organisation_id)
    return _page(organisation_id)


@blueprint.post("/<organisation_id>/invitations")
def invite(organisation_id: str) -> ResponseReturnValue:
    """Invite somebody; the link leaves by mail only."""
    jalon, mine = house(), access.who()
    require(mine, "invite members", organisation_id)
    role: Role | None = next((one for one in ROLES if one == request.form.get("role")), None)
    if role is None or not may_grant(mine, role, organisation_id):
        raise NotAllowed("vous ne pouvez pas donner ce rôle")
    courriel = request.form.get("courriel", "")[:254]
    try:
        with jalon.database.writing() as session:
            organisation = organisations.get(session, organisation_id)
            token = invitations.invite(
                session, courriel, organisation_id, role, jalon.clock(), invited_by=mine.id
            )
            address = jalon.settings.public_url + url_for("entry.accept", token=token)
            letter = letters.invitation(organisation.nom, role, address)
            outbox.write(session, f"invitation {token[:16]}", courriel.strip().lower(), letter, jalon.clock())
    except AccountsError as error:
        return _page(organisation_id, fault=told(error), courriel=courriel), problem_of(error).status
    return redirect(url_for("team.home", organisation_id=organisation_id), 303)


@blueprint.post("/<organisation_id>/membres/<membership_id>/fin")
def end_membership(organisation_id: str, membership_id: str) -> ResponseReturnValue:
    """End a role: it opens nothing from this moment. One may always end one's own."""
    jalon, mine = house(), access.who()
    with jalon.database.writing() as session:
        owner, member = organisations.get_membership(session, membership_id)
        if member.person_id != mine.id:
            require(mine, "invite members", owner)
        organisations.leave(session, membership_id, jalon.clock())
        audit.note(
            session,
            mine,
            "ended a membership",
            jalon.clock(),
            what=("membership", membership_id),
            organisation_id=owner,
        )
    if access.who().member_of(organisation_id) and member.person_id == mine.id:
        return redirect(url_for("account.home"), 303)
    return redirect(url_for("team.home", organisation_id=owner), 303)


@blueprint.post("/<organisation_id>/demandes/<join_id>")
def answer_join(organisation_id: str, join_id: str) -> ResponseReturnValue:
    """Let in who asks, or not."""
    jalon, mine = house(), access.who()
    accepted = request.form.get("reponse") == "oui"
    with jalon.database.writing() as session:
        asked = joining.get_join(session, join_id)
        require(mine, "invite members", asked.organisation_id)
        joining.answer_join(session, join_id, accepted=accepted, answered_by=str(mine.id), now=jalon.clock())
        organisation = organisations.get(session, asked.organisation_id)
        address = jalon.settings.public_url + url_for("entry.ask_link")
        letter = letters.join_answer(organisation.nom, accepted, address)
        outbox.write(session, f"join {join_id}", asked.courriel, letter, jalon.clock())
        audit.note(
            session, mine, "answered a request to join", jalon.clock(), what=("join", join_id),
            organisation_id=asked.organisation_id, accepted=accepted,
        )  # fmt: skip
    return redirect(url_for("team.home", organisation_id=asked.organisation_id), 303)


@blueprint.post("/<organisation_id>/jetons")
def make_token(organisation_id: str) -> ResponseReturnValue:
    """A token for a program; it is shown this once."""
    jalon, mine = house(), access.who()
    require(mine, "invite members", organisation_id)
    try:
        with jalon.database.writing() as session:
            shown = tokens.make(
                session, organisation_id, request.form.get("nom", ""), request.form.getlist("scopes"),
                jalon.clock(), created_by=str(mine.id),
            )  # fmt: skip
            audit.note(session, mine, "made a token", jalon.clock(), organisation_id=organisation_id)
    except AccountsError as error:
        return _page(organisation_id, fault=told(error)), problem_of(error).status
    return _page(organisation_id, shown=shown)


@blueprint.post("/<organisation_id>/jetons/<token_id>/fin")
def revoke_token(organisation_id: str, token_id: str) -> ResponseReturnValue:
    """End a token at once."""
    jalon, mine = house(), access.who()
    require(mine, "invite members", organisation_id)
    with jalon.database.writing() as session:
        tokens.revoke(session, organisation_id, token_id, jalon.clock())
        audit.note(session, mine, "revoked a token", jalon.clock(), organisation_id=organisation_id)
    return redirect(url_for("team.home", organisation_id=organisation_id), 303)


def _require_member(organisation_id: str) -> None:
    mine = access.who()
    if mine.member_of(organisation_id) is None and not mine.roles & {"territory_manager", "administrator"}:
        raise NotAllowed("vous ne faites pas partie de cette organisation")


def _page(organisation_id: str, fault: str = "", courriel: str = "", shown: str = "") -> str:
    jalon, mine = house(), access.who()
    with jalon.database.sessions() as session:
        organisation = organisations.get(session, organisation_id)
        everybody = organisations.members(session, organisation_id)
        asking = joining.waiting(session, organisation_id)
        programs = tokens.listed(session, organisation_id)
    roles = [one for one in ROLES if one in organisations.ROLES_OF[organisation.kind]]
    return render_template(
        "accounts/team.html",
        organisation=organisation,
        members=everybody,
        asking=asking,
        tokens=programs,
        scopes=tuple(SCOPES),
        roles=[one for one in roles if may_grant(mine, one, organisation_id)],
        may_invite=may(mine, "invite members", organisation_id),
        now=jalon.clock(),
        fault=fault,
        courriel=courriel,
        shown=shown,
    )
