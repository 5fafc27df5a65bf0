"""`jalon account`: invite, disable, list. The first administrator comes in by here."""

import click

from directory.accounts import audit, invitations, organisations, people
from directory.accounts.principal import ROLES, Role
from directory.cli.printing import OUT, print_json
from directory.mail import outbox
from directory.wiring import Jalon

KIND_OF: dict[str, str] = {
    "counsellor": "structure",
    "structure_manager": "structure",
    "employer": "employer",
    "territory_manager": "territory",
    "administrator": "territory",
}


@click.group()
@click.pass_context
def account(context: click.Context) -> None:
    """Les comptes : inviter, désactiver, lister."""
    jalon: Jalon = context.obj
    context.call_on_close(jalon.database.close)


@account.command("invite")
@click.argument("courriel")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Rôle donné.")
@click.option("--organisation", required=True, help="Nom ou identifiant de l'organisation ; faite au besoin.")
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def invite_command(jalon: Jalon, courriel: str, role: Role, organisation: str, as_json: bool) -> None:
    """Invite quelqu'un : le lien part par courriel, et s'affiche ici."""
    from directory.web.accounts import letters

    now = jalon.clock()
    with jalon.database.writing() as session:
        known = [one for one in organisations.listed(session) if organisation in {one.id, one.nom}]
        place = known[0].id if known else organisations.add(session, KIND_OF[role], organisation, now)
        token = invitations.invite(session, courriel, place, role, now, invited_by=None)
        address = f"{jalon.settings.public_url}/invitation/{token}"
        letter = letters.invitation(organisations.get(session, place).nom, role, address)
        outbox.write(session, f"invitation {token[:16]}", people.clean_address(courriel), letter, now)
    if as_json:
        print_json({"courriel": courriel, "role": role, "organisation_id": place, "link": address})
    else:
        OUT.print(f"Invitation faite. Lien, bon une fois pendant sept jours :\n{address}", soft_wrap=True)


@account.command("disable")
@click.argument("courriel")
@click.pass_obj
def disable_command(jalon: Jalon, courriel: str) -> None:
    """Ferme un compte tout de suite, ses visites avec lui."""
    with jalon.database.writing() as session:
        found = people.find(session, courriel)
        if found is None:
            raise click.UsageError("Aucun compte n'a cette adresse.")
        people.disable(session, found.id, jalon.clock())
        audit.note(session, None, "account: desactiver", jalon.clock(), what=("person", found.id))
    OUT.print("Compte désactivé.")


@account.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def list_command(jalon: Jalon, as_json: bool) -> None:
    """Les comptes et leurs rôles en cours."""
    with jalon.database.sessions() as session:
        everybody = people.listed(session, jalon.clock())
    rows = [
        {
            "id": one.id,
            "courriel": one.courriel,
            "nom": one.nom,
            "disabled": one.disabled_at is not None,
            "second_factor": one.has_second_factor,
            "roles": [{"role": held.role, "organisation": held.organisation} for held in one.members],
        }
        for one in everybody
    ]
    if as_json:
        print_json({"accounts": rows})
        return
    for row, one in zip(rows, everybody, strict=True):
        held = ", ".join(f"{member.role} ({member.organisation})" for member in one.members) or "aucun rôle"
        OUT.print(f"{row['courriel']}  {held}{'  désactivé' if row['disabled'] else ''}")
