"""`jalon mail`: hand over the mails that wait, count them, send again what a person decides to."""

import time

import click

from directory.cli.printing import OUT, print_json
from directory.mail import outbox
from directory.mail.errors import MailUnavailable
from directory.wiring import Jalon

PAUSE_SECONDS = 5.0


@click.group()
@click.pass_context
def mail(context: click.Context) -> None:
    """Les courriels : envoyer ceux qui attendent, les compter."""
    jalon: Jalon = context.obj
    context.call_on_close(jalon.database.close)


@mail.command("send")
@click.option("--follow", is_flag=True, help="Continuer jusqu'à Ctrl+C.")
@click.pass_obj
def send_command(jalon: Jalon, follow: bool) -> None:
    """Remet au serveur de courrier ce qui attend."""
    if jalon.postman is None:
        raise click.UsageError("Aucun serveur de courrier : réglez JALON_SMTP_URL.")
    while True:
        try:
            gone = jalon.postman.send_all()
        except MailUnavailable:
            if not follow:
                raise
            gone = 0
        if not follow:
            OUT.print(f"{gone} courriel{'s' if gone > 1 else ''} envoyé{'s' if gone > 1 else ''}.")
            return
        time.sleep(PAUSE_SECONDS)


@mail.command("status")
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def status_command(jalon: Jalon, as_json: bool) -> None:
    """Combien attendent, sont partis, sont douteux ou refusés."""
    with jalon.database.sessions() as session:
        counts = dict(outbox.counts(session))
    if as_json:
        print_json(counts)
    else:
        labels = {
            "waiting": "en attente",
            "sending": "en cours",
            "sent": "partis",
            "doubtful": "douteux",
            "failed": "refusés",
        }
        OUT.print(", ".join(f"{counts.get(state, 0)} {label}" for state, label in labels.items()) + ".")


@mail.command("retry")
@click.option("--doubtful", is_flag=True, help="Ceux dont on ignore s'ils sont partis.")
@click.option("--failed", is_flag=True, help="Ceux que le serveur a refusés.")
@click.pass_obj
def retry_command(jalon: Jalon, doubtful: bool, failed: bool) -> None:
    """Envoie de nouveau : c'est une personne qui en décide."""
    states = [name for name, chosen in (("doubtful", doubtful), ("failed", failed)) if chosen]
    if not states:
        raise click.UsageError("Dites lesquels : --doubtful, --failed.")
    with jalon.database.writing() as session:
        again = outbox.retry(session, jalon.clock(), *states)
    OUT.print(f"{again} remis en attente.")
