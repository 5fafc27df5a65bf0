"""The `jalon` command: a command is imported when it is called, so that `jalon --help` stays quick.

Exit codes: 0 done, 1 unexpected, 2 usage, settings or an unreadable file (nothing changed), 3 done but some
rows were refused, a guard stopped it or a check failed.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final

import click

from directory.config import Settings

#: Command → (where it is, what it does).
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "demo": ("directory.cli.demo:demo", "Installe le territoire de démonstration, apparie et sert."),
    "db": ("directory.cli.database:db", "Crée ou met à jour la base."),
    "import": ("directory.cli.imports:import_command", "Importe des fichiers dans l'inventaire."),
    "import-diagnostic": (
        "directory.cli.import_diagnostic:import_diagnostic",
        "Lit un diagnostic France Travail ou des critères, et en fait un profil.",
    ),
    "index": ("directory.cli.index:index", "Tient l'index à jour, le refait, dit son état."),
    "search": ("directory.cli.search:search", "Cherche dans l'annuaire."),
    "match": ("directory.cli.match:match_command", "Classe les options pour un profil, et dit pourquoi."),
    "evaluate": ("directory.cli.evaluate:evaluate", "Mesure le classement sur des cas jugés."),
    "bench": ("directory.cli.bench:bench", "Mesure cette machine."),
    "serve": ("directory.cli.serve:serve", "Sert les pages et l'API."),
    "account": ("directory.cli.account:account", "Invite, désactive, liste les comptes."),
    "mail": ("directory.cli.mail:mail", "Envoie les courriels qui attendent, les compte."),
    "check": ("directory.cli.check:check", "Dit ce qui ne va pas et comment y remédier."),
}


class LazyGroup(click.Group):
    """Knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101  (our own table)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of `--help`, without importing anything."""
        with formatter.section("Commandes"):
            formatter.write_dl([(name, what) for name, (_, what) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jalon", prog_name="jalon")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Jalon : ce qui existe autour d'une personne, classé pour elle, expliqué."""
    from directory.database import Use
    from directory.logs import configure_logs
    from directory.wiring import Jalon

    settings = Settings.from_environ(os.environ)
    configure_logs(settings)
    jalon = Jalon(settings, use=Use(name=f"jalon {ctx.invoked_subcommand}"))
    ctx.obj = jalon
    ctx.call_on_close(jalon.close)


def run(arguments: Sequence[str]) -> int:
    """Run one command → its exit code. Foreseen errors become French sentences on stderr, never a trace."""
    try:
        code = cli.main(list(arguments), prog_name="jalon", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        click.echo("Interrompu.", err=True)
        return 130
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except Exception as error:
        return _fail(error)
    return code if isinstance(code, int) else 0


def main() -> None:
    """Run the command line."""
    sys.exit(run(sys.argv[1:]))


def _fail(error: Exception) -> int:
    """Tell what stopped the command. What nobody foresaw is raised again: its trace is what we need."""
    from directory.cli.failures import FORESEEN, failure_of

    if not isinstance(error, FORESEEN):
        raise error
    failure = failure_of(error)
    for line in failure.lines:
        click.echo(line, err=True)
    return failure.exit_code
