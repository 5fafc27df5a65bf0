"""`jalon import`: files into the inventory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
import orjson
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from directory.cli.printing import ERR, OUT, plain, print_json
from directory.imports.kinds import FILE_KINDS
from directory.imports.load import Importer, Told, Wishes
from directory.imports.mapping_files import load_mapping, shipped_mappings
from directory.imports.report import FileReport
from directory.migrations import require_current
from directory.wiring import Jalon

#: Refusals shown in the terminal; the report has them all, up to its own limit.
_SHOWN: Final = 10

_COUNTED: Final = {
    "created": "créées",
    "updated": "mises à jour",
    "unchanged": "inchangées",
    "withdrawn": "retirées",
    "mended": "réparées",
    "refused": "refusées",
}
_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_KIND: Final = "Ce que contient le fichier ; auto : deviné d'après ses colonnes, puis son nom."
_MAPPING: Final = f"Correspondance des colonnes : un fichier, ou {', '.join(shipped_mappings())}."
_WITHDRAW: Final = "Retire ce que les sources du fichier ne donnent plus."
_FORCE: Final = "Avec --withdraw-missing : même si plus d'un cinquième disparaît."
_JSON: Final = "Rapport en JSON : un objet, une liste pour plusieurs fichiers."


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice([*FILE_KINDS, "auto"]), default="auto", help=_KIND)
@click.option("--source", metavar="NAME", help="Remplit la source des lignes qui n'en donnent pas.")
@click.option("--mapping", metavar="MAPPING.toml", help=_MAPPING)
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait fait, sans rien changer.")
@click.option("--withdraw-missing", is_flag=True, help=_WITHDRAW)
@click.option("--force", is_flag=True, help=_FORCE)
@click.option("--report", type=_FILE, metavar="REPORT.json", help="Écrit le rapport dans ce fichier.")
@click.option("--json", "as_json", is_flag=True, help=_JSON)
@click.pass_obj
def import_command(jalon: Jalon, /, **wished: Any) -> None:
    """Importe des fichiers dans l'inventaire : JSON, JSON Lines, CSV, Parquet ou XLSX, gzip ou non.

    Chaque ligne est prise, ou refusée avec sa raison ; un fichier illisible ne change rien. Les retraits de
    --withdraw-missing sont comptés dans le rapport du dernier fichier.
    """
    files, report_path = wished.pop("files"), wished.pop("report")
    as_json, mapping = wished.pop("as_json"), wished.pop("mapping")
    if report_path and not report_path.parent.is_dir():
        raise click.BadParameter("ce dossier n'existe pas", param_hint="--report")
    require_current(jalon.database)
    wishes = Wishes(mapping=load_mapping(mapping, source=wished["source"]) if mapping else None, **wished)
    require_current(jalon.database)
    reports = _run(jalon, files, wishes)
    bodies = [report.as_json() for report in reports]
    body = bodies[0] if len(bodies) == 1 else bodies
    if report_path:
        report_path.write_bytes(orjson.dumps(body, option=orjson.OPT_INDENT_2))
    if as_json:
        print_json(body)
    else:
        _tell(reports, wishes)
    if any(report.wants_attention for report in reports):
        raise SystemExit(3)


def _run(jalon: Jalon, files: tuple[Path, ...], wishes: Wishes) -> list[FileReport]:
    with _progress() as told:
        importer = Importer(
            sessions=jalon.database.sessions, communes=jalon.communes, today=jalon.today(), told=told
        )
        return importer.run(files, wishes)


@contextmanager
def _progress() -> Iterator[Told]:
    """A counter on stderr: how many rows a file has is not known before its end."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task("lignes lues", total=None)
        yield lambda read: bar.update(task, completed=read)


def _tell(reports: list[FileReport], wishes: Wishes) -> None:
    OUT.print(_table(reports))
    for report in reports:
        for one in report.refusals[:_SHOWN]:
            who = f"{report.file}, ligne {one.line} ({one.id or 'sans id'})"
            OUT.print(f"{who} : {one.reason}", markup=False, highlight=False)
        if (refused := report.total("refused")) > _SHOWN:
            OUT.print(f"… et {refused - _SHOWN} autres : --report FICHIER.json en donne la liste.")
        if report.guard:
            OUT.print(f"Retraits suspendus : {report.guard}.", markup=False, highlight=False)
    if wishes.dry_run:
        OUT.print("Essai : rien n'a été changé.")
    elif any(report.changed for report in reports):
        OUT.print("Sans « jalon serve » en marche, lancez « jalon index sync » pour que la recherche suive.")


def _table(reports: list[FileReport]) -> Table:
    """A column a file: names are long, counts are few."""
    table = Table("", box=None, pad_edge=False)
    for report in reports:
        table.add_column(plain(report.file), justify="right")
    table.add_row("contenu", *(report.kind for report in reports))
    table.add_row("format", *(_form(report) for report in reports))
    table.add_row("lignes lues", *(_number(report.read) for report in reports))
    for what, said in _COUNTED.items():
        table.add_row(said, *(_number(report.total(what)) for report in reports))
    return table


def _form(report: FileReport) -> str:
    """The format, and the encoding where it was not the expected one."""
    encoding = report.reading.encoding
    return report.reading.format + (f", {encoding}" if encoding not in (None, "utf-8") else "")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
