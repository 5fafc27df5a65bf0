"""`jalon check`: settings, database, index drift; what is wrong and how to mend it."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import click
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from directory.cli.printing import OUT, print_json
from directory.wiring import Jalon
from indexer.engine import EngineError, IndexOutdated


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing looked at: fine or not, what was seen, how to mend it."""

    name: str
    fine: bool
    seen: str
    mend: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def check(jalon: Jalon, as_json: bool) -> None:
    """Dit ce qui ne va pas et comment y remédier."""
    looks: tuple[Callable[[Jalon], Verdict], ...] = (look_at_data, look_at_database, look_at_index)
    verdicts = [look(jalon) for look in looks]
    if as_json:
        print_json([{"name": v.name, "ok": v.fine, "seen": v.seen, "mend": v.mend} for v in verdicts])
    else:
        for verdict in verdicts:
            OUT.print(
                f"{'[green]ok[/]' if verdict.fine else '[red]à corriger[/]'}  {verdict.name} : {verdict.seen}"
            )
            if verdict.mend:
                OUT.print(f"    → {verdict.mend}")
    sys.exit(0 if all(verdict.fine for verdict in verdicts) else 3)


def look_at_data(jalon: Jalon) -> Verdict:
    """The data folder can be written."""
    folder = jalon.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Verdict("dossier", False, str(error.strerror), f"Rendez {folder} accessible en écriture.")
    return Verdict("dossier", True, str(folder))


def look_at_database(jalon: Jalon) -> Verdict:
    """The database answers and is up to date."""
    try:
        with jalon.database.sessions() as session:
            count = session.execute(
                text("SELECT count(*) FROM option WHERE withdrawn_at IS NULL")
            ).scalar_one()
    except SQLAlchemyError as error:
        return Verdict("base", False, type(error).__name__, "Lancez « jalon db upgrade ».")
    return Verdict("base", True, f"{count} options publiées")


def look_at_index(jalon: Jalon) -> Verdict:
    """The index answers and holds as many options as the database."""
    try:
        held = jalon.engine.status().documents
    except IndexOutdated:
        return Verdict("index", False, "format dépassé", "Lancez « jalon index rebuild ».")
    except EngineError as error:
        return Verdict("index", False, str(error), "Vérifiez JALON_SEARCH_URL, puis « jalon index rebuild ».")
    try:
        with jalon.database.sessions() as session:
            count = session.execute(
                text("SELECT count(*) FROM option WHERE withdrawn_at IS NULL")
            ).scalar_one()
    except SQLAlchemyError:
        return Verdict("index", True, f"{held} options (base absente : écart inconnu)")
    if held != count:
        return Verdict("index", False, f"{held} options pour {count} en base", "Lancez « jalon index sync ».")
    return Verdict("index", True, f"{held} options, comme la base")
