"""An evaluation for people: one table a sort of case, the rankers side by side, then what to know of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import click
from rich.table import Table

from directory.cli.printing import OUT, plain
from directory.imports.report import FileReport
from directory.judging.folder import JudgedFolder

#: Column of the table → its title and what it means; short, for a terminal of eighty columns.
_COLUMNS: Final = {
    "ndcg@10": ("nDCG", ""),
    "p@5": ("P@5", ""),
    "recall@50": ("R@50", ""),
    "rr": ("RR", ""),
    "coverage@10": ("besoins", "part des besoins prioritaires qui ont leur réponse"),
    "violations@10": ("inél.", "options inéligibles"),
    "duplicates@10": ("doubl.", "doublons"),
    "unjudged@10": ("?", "options que personne n'a jugées"),
    "median_minutes": ("min", "minutes de trajet, médiane"),
}
_NAMES: Final = {
    "distance": "distance seule",
    "text": "texte seul",
    "listing": "liste du domaine",
    "matches": "thèmes, puis km",
}
_SHOWN: Final = 10


def show(body: Mapping[str, Any]) -> None:
    """The tables, and the comparison of two weightings when there is one."""
    for what, title in (("people", "Profils"), ("searches", "Recherches")):
        if body[what]["queries"]:
            OUT.print(_table(body, what, title))
    meant = " ; ".join(f"{title} : {meaning}" for title, meaning in _COLUMNS.values() if meaning)
    OUT.print(f"nDCG des dix premières, gain 2^note − 1. Dans les dix premières, {meant}.", highlight=False)
    OUT.print(
        f"{body['today']} · poids {body['weights_version']} · correspondances {body['mapping_version']}",
        highlight=False,
    )
    if told := body.get("comparison"):
        _show_comparison(told)


def _table(body: Mapping[str, Any], what: str, title: str) -> Table:
    own = body[what]
    left_out = f", {own['without_relevant']} sans aucune réponse" if own["without_relevant"] else ""
    columns = [name for name in _COLUMNS if name in own]
    table = Table(title=f"{title} ({own['queries']}{left_out})", box=None, title_justify="left")
    shown = own["without_relevant_shown@10"]
    if shown is not None:
        table.caption = f"Où rien ne répond, Jalon montre en moyenne {shown:.1f} options sur dix."
        table.caption_justify = "left"
    table.add_column("", no_wrap=True)
    for name in columns:
        table.add_column(_COLUMNS[name][0], justify="right")
    table.add_row("[bold]Jalon[/]", *(_cell(name, own.get(name)) for name in columns))
    for other, figures in body["baselines"].items():
        table.add_row(_NAMES[other], *(_cell(name, figures[what].get(name)) for name in columns))
    return table


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return "—"
    if isinstance(value, int):
        return str(value)
    return f"{value:.1f}" if column in {"unjudged@10", "median_minutes"} else f"{value:.3f}"


def _show_comparison(told: Mapping[str, Any]) -> None:
    OUT.print(f"\n[bold]{_named(told['a'])} → {_named(told['b'])}[/]", highlight=False)
    if found := told["ndcg@10"]:
        low, high = found["ci95"]
        OUT.print(
            f"nDCG@10 des profils : {found['a']:.3f} → {found['b']:.3f} ({found['delta']:+.3f} ; "
            f"95 % entre {low:+.3f} et {high:+.3f} ; p = {found['p']:.3f} ; "
            f"{found['better']} profils mieux, {found['worse']} moins bien)",
            highlight=False,
        )
    for name, person in list(told["people"].items())[:_SHOWN]:
        _show_moves(name, person)
    changed = len(told["people"])
    more = f", dont les {_SHOWN} qui changent le plus sont ci-dessus" if changed > _SHOWN else ""
    OUT.print(f"{changed} profils changent{more}, {told['unchanged']} non.", highlight=False)


def _named(versions: Mapping[str, str]) -> str:
    return plain(f"poids {versions['weights']}, correspondances {versions['mapping']}")


def _show_moves(name: str, person: Mapping[str, Any]) -> None:
    before, after = person["ndcg@10"]["a"], person["ndcg@10"]["b"]
    measured = "" if before is None else f"  nDCG {before:.2f} → {after:.2f}"
    OUT.print(f"\n[bold]{plain(name)}[/]{measured}", highlight=False)
    for move in person["moves"]:
        OUT.print(f"  {_ranks(move)}  {plain(move['nom'])}", highlight=False)


def _ranks(move: Mapping[str, Any]) -> str:
    if move["before"] is None:
        return f"[green]entre  {move['after']:>2}[/]     "
    if move["after"] is None:
        return f"[red]sort   {move['before']:>2}[/]     "
    return f"       {move['before']:>2} → {move['after']:>2}"


def warn(cases: JudgedFolder, reports: Sequence[FileReport], body: Mapping[str, Any]) -> None:
    """On stderr, what may explain a figure: rows refused, options or names judged that are not there."""
    for report in reports:
        if refused := report.total("refused"):
            click.echo(f"{report.file} : {refused} lignes refusées, dont :", err=True)
        for one in report.refusals[:_SHOWN]:
            click.echo(f"  ligne {one.line} ({one.id or 'sans id'}) : {one.reason}", err=True)
    missing = body["unknown_options"]
    _list("Options jugées et absentes de l'inventaire", missing["ids"], missing["count"])
    _list("Noms jugés qui ne sont ni un profil ni une recherche", cases.strangers, len(cases.strangers))
    _list("Clés inconnues, laissées de côté", cases.ignored, len(cases.ignored))


def _list(what: str, some: Sequence[str], count: int) -> None:
    if count:
        more = ", …" if count > _SHOWN else ""
        click.echo(f"{what} ({count}) : {', '.join(some[:_SHOWN])}{more}", err=True)
