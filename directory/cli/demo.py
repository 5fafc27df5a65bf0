"""`jalon demo`: from nothing to a person's ranked options, then the pages."""

import tempfile
from pathlib import Path

import click

from directory.cli.match import read_profile, show
from directory.cli.printing import ERR, OUT
from directory.cli.readiness import rebuild_when_outdated, require_port
from directory.demo import SAMPLE, check_is_demo, write_territory
from directory.imports.load import Importer, Wishes
from directory.imports.report import FileReport
from directory.inventory.loading import load
from directory.migrations import upgrade
from directory.wiring import Jalon
from indexer.engine import EngineBusy
from indexer.relay import Relay
from matching.match import match

#: Options printed for the sample person: one screen.
PRINTED = 8
COUNTED = {"created": "créées", "updated": "mises à jour", "unchanged": "inchangées", "refused": "refusées"}


@click.command()
@click.option("--no-serve", is_flag=True, help="S'arrête après l'exemple.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port d'écoute.")
@click.pass_obj
def demo(jalon: Jalon, no_serve: bool, host: str, port: int) -> None:
    """Installe le territoire de démonstration, apparie un profil et sert les pages."""
    if not no_serve:
        require_port(host, port)
    check_is_demo(jalon)
    upgrade(jalon.database)
    reports = import_territory(jalon)
    tell(reports)
    bring_index_up_to_date(jalon)
    person = read_profile(SAMPLE, jalon)
    OUT.print(f"\n[bold]Pour le profil {SAMPLE.stem}[/] ({SAMPLE.name}) :\n")
    show(match(person, jalon.matcher, today=jalon.today(), limit=PRINTED))
    jalon.engine.close()
    if no_serve:
        OUT.print(f"\nPour servir les pages : jalon demo, puis http://{host}:{port}")
        return
    from directory.cli.serve import start_server

    start_server(jalon, host, port)


def import_territory(jalon: Jalon) -> list[FileReport]:
    """Every file of the territory, by the road any file takes."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_territory(Path(folder), jalon.today())
        importer = Importer(sessions=jalon.database.sessions, communes=jalon.communes, today=jalon.today())
        return importer.run(files, Wishes())


def tell(reports: list[FileReport]) -> None:
    """What went in; a refused row of ours is a fault of ours, so it is shown."""
    for report in reports:
        counts = ", ".join(f"{report.total(what)} {said}" for what, said in COUNTED.items())
        OUT.print(f"{report.file} : {counts}", highlight=False)
        for refusal in report.refusals:
            ERR.print(f"  ligne {refusal.line} : {refusal.reason}", markup=False)


def bring_index_up_to_date(jalon: Jalon) -> None:
    """Carry every change to the index; a server that is running already does it."""
    rebuild_when_outdated(jalon)
    relay = Relay(jalon.database.sessions, jalon.engine, load(jalon.database.sessions))
    try:
        relay.drain()
        jalon.engine.refresh()
    except EngineBusy:
        ERR.print("Un serveur tient déjà cet index à jour.")
