"""`jalon db`: the database's tables."""

import click

from directory.cli.printing import OUT, print_json
from directory.migrations import find_revision, upgrade
from directory.wiring import Jalon


@click.group()
def db() -> None:
    """Crée ou met à jour la base."""


@db.command("upgrade")
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def upgrade_command(jalon: Jalon, as_json: bool) -> None:
    """Crée la base, ou l'amène à la version de ce programme. Sans effet si elle y est."""
    before = find_revision(jalon.database)
    upgrade(jalon.database)
    after = find_revision(jalon.database)
    if as_json:
        print_json({"before": before, "after": after})
    elif before == after:
        OUT.print(f"Base à jour (version {after}).")
    else:
        OUT.print(f"Base {'créée' if before is None else 'mise à jour'} (version {after}).")
