"""`jalon match PROFILE.json`: a person's ranked and explained options, in a terminal or as JSON."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.padding import Padding
from rich.table import Table

from directory.cli.printing import OUT, plain, print_json, tell_when_empty
from directory.cli.reading import read_json
from directory.territory import load_mapping
from directory.wiring import Jalon
from directory.words import km, label, relaxation
from matching.explain import Explanation
from matching.match import Matcher, explain, match
from matching.matches import Matches, plan_json
from matching.paths import PathAsked, path
from matching.profile import Profile


@click.command("match")
@click.argument("profile", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.option("--explain", "option_id", help="Tout le calcul d'une option, dans la liste ou non.")
@click.option(
    "--choose",
    multiple=True,
    metavar="OPTION_ID",
    help="Ordonne et date ces options, au lieu de classer.",
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Les correspondances du territoire (JALON_MAPPING sinon).",
)
@click.pass_obj
def match_command(
    jalon: Jalon,
    profile: Path,
    limit: int,
    as_json: bool,
    option_id: str | None,
    choose: tuple[str, ...],
    mapping: Path | None,
) -> None:
    """Classe les options pour un profil, et dit pourquoi."""
    person = read_profile(profile, jalon)
    matcher = replace(jalon.matcher, mapping=load_mapping(mapping)) if mapping else jalon.matcher
    if option_id:
        told = explain(person, option_id, matcher, today=jalon.today())
        sys.exit(tell_arithmetic(told, option_id, as_json=as_json))
    if choose:
        sys.exit(tell_path(PathAsked(profile=person, chosen=choose), matcher, jalon.today(), as_json=as_json))
    found = match(person, matcher, today=jalon.today(), limit=limit)
    if as_json:
        print_json(found.to_json())
    else:
        show(found)
    tell_when_empty(jalon.engine)


def read_profile(path: Path, jalon: Jalon) -> Profile:
    """The profile of a file. Raises UnreadableFile, InvalidProfile."""
    return Profile.from_json(read_json(path), jalon.communes)


def tell_arithmetic(told: Explanation | None, option_id: str, *, as_json: bool) -> int:
    """Print every rule, what it gave and the sum. → exit code: 3 when no option has that id."""
    if told is None:
        click.echo(f"Aucune option « {option_id} » dans l'index.", err=True)
        return 3
    if as_json:
        print_json(
            {
                "id": told.option_id,
                "nom": told.nom,
                "rank": told.rank,
                "total": told.total,
                "lines": told.lines,
            }
        )
        return 0
    OUT.print(f"[bold]{plain(told.nom)}[/] ({plain(told.option_id)})", highlight=False)
    for line in told.lines:
        OUT.print(f"  {line}", markup=False, highlight=False)
    return 0


def tell_path(asked: PathAsked, matcher: Matcher, today: date, *, as_json: bool) -> int:
    """Print the path of options chosen. → exit code: 3 when one is not in the index."""
    found, missing = path(asked, matcher, today=today)
    body = plan_json(found)
    if as_json:
        print_json({**body, "missing": missing, "today": today.isoformat()})
    else:
        show_plan(body["plan"], body["plan_blocks"])
    for option_id in missing:
        click.echo(f"Aucune option « {option_id} » dans l'index.", err=True)
    return 3 if missing else 0


def show(found: Matches) -> None:
    """For people: what answers each need, then the options with their reasons."""
    body = found.to_json()
    for one in body["emergencies"]:
        OUT.print(f"[bold red]{one['number']}[/] {one['name']} : {one['when']}", highlight=False)
    coverage = " · ".join(f"{one['label']} : {one['options']}" for one in body["coverage"])
    OUT.print(f"Options par besoin : {coverage}\n", highlight=False)
    for result in body["results"]:
        _show_result(result)
    if not body["results"]:
        OUT.print("Aucune option ne convient avec ces limites.")
    for one in body["relaxations"]:
        OUT.print(f"→ {relaxation(one)}", highlight=False)
    for one in body["questions"]:
        OUT.print(f"? {plain(one['reason'])}", highlight=False)
    for one in body["unrecognised"]:
        OUT.print(f"[yellow]Pas reconnu :[/] {plain(one)}", highlight=False)
    show_plan(body["plan"], body["plan_blocks"])
    versions = f"poids {body['weights_version']} · correspondances {body['mapping_version']}"
    OUT.print(f"\n{len(body['excluded'])} options écartées · {versions} · {body['today']}", highlight=False)


def _show_result(result: dict[str, Any]) -> None:
    where = " · ".join(part for part in (result["structure_nom"], result["commune"], _reach(result)) if part)
    need = label(result["need"]) if result["need"] else ""
    OUT.print(f"[bold]{result['rank']:>2}. {plain(result['nom'])}[/]  [dim]{need}[/]", highlight=False)
    OUT.print(Padding(f"[cyan]{plain(where)}[/]", (0, 0, 0, 4)), highlight=False)
    for reason in result["reasons"]:
        OUT.print(Padding(f"[green]+[/] {plain(reason)}", (0, 0, 0, 4)), highlight=False)
    for sentence in result["to_check"]:
        OUT.print(Padding(f"[yellow]?[/] {plain(sentence)}", (0, 0, 0, 4)), highlight=False)


def _reach(result: dict[str, Any]) -> str:
    if result["travel_minutes"] is not None:
        return f"{result['travel_minutes']} min{' environ' if result['travel_estimated'] else ''}"
    return km(result["distance_km"]) if result["distance_km"] is not None else "à distance"


def show_plan(steps: list[dict[str, Any]], blocks: list[dict[str, Any]]) -> None:
    """The path as a table, then what stops the steps that are not in it."""
    if steps:
        table = Table(
            "",
            "du",
            "au",
            "quoi",
            "attente",
            box=None,
            title="Un enchaînement possible",
            title_justify="left",
        )
        for one in steps:
            wait = f"{one['wait_days']} j"
            table.add_row(str(one["step"]), one["starts"], one["ends"], plain(one["nom"]), wait)
        OUT.print(table)
    for one in blocks:
        OUT.print(f"[yellow]![/] {plain(one['reason'])}", highlight=False)
