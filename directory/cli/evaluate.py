"""`jalon evaluate DIR`: judged cases, measured beside the baselines, in a house to throw away."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click
from rich.progress import Progress

from directory.cli.evaluated import show, warn
from directory.cli.printing import ERR, print_json
from directory.judging.folder import JudgedFolder, read_folder
from directory.judging.house import ThrowAway, throw_away
from directory.judging.rankers import Bench
from directory.judging.run import compare_weights, run, steps, unknown_options
from directory.wiring import Jalon
from matching.evaluation.baselines import BASELINES
from matching.weight_files import load_weights
from matching.weights import Weights

_TODAY: Final = "Le jour des cas ; sinon celui de case.json, sinon aujourd'hui."
_WEIGHTS: Final = "Un fichier de poids (TOML), ou « défaut » ; deux fois : compare le second au premier."
_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ", help=_TODAY)
@click.option("--weights", multiple=True, metavar="POIDS.toml", help=_WEIGHTS)
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def evaluate(
    jalon: Jalon, folder: Path, today: datetime | None, weights: tuple[str, ...], as_json: bool
) -> None:
    """Mesure le classement sur des cas jugés, à côté d'ordres de référence.

    DIR contient structures.jsonl, services.jsonl, immersions.jsonl, trainings.jsonl (ou une partie),
    profiles/NOM.json, searches.jsonl et qrels.txt. Rien de l'installation n'est modifié.
    """
    if len(weights) > 2:
        raise click.UsageError("--weights se donne une ou deux fois.")
    tried = [load_weights(one) for one in weights]
    cases = read_folder(folder, jalon.communes)
    day = today.date() if today else cases.today or jalon.today()
    with (
        Progress(console=ERR, transient=True) as bar,
        throw_away(jalon, cases.files, day, _reading(bar)) as house,
    ):
        body = _measured(cases, house, day, tried, bar)
    if as_json:
        print_json(body)
    else:
        show(body)
    warn(cases, house.reports, body)
    if any(report.wants_attention for report in house.reports):
        raise SystemExit(3)


def _measured(
    cases: JudgedFolder, house: ThrowAway, day: date, tried: Sequence[Weights], bar: Progress
) -> dict[str, Any]:
    matcher = house.jalon.matcher
    first = replace(matcher, weights=tried[0]) if tried else matcher
    bench = Bench(first, day, cases.profiles, cases.searches)
    task = bar.add_task("Mesure", total=steps(cases, 1 + len(BASELINES)))
    measured = run(cases, bench, lambda: bar.advance(task))
    missing = unknown_options(cases, bench)
    body = measured.to_json() | {
        "today": day.isoformat(),
        "gain": "2^g-1",
        "weights_version": first.weights.version,
        "mapping_version": first.mapping.version,
        "unknown_options": {"count": len(missing), "ids": missing[:100]},
        "unknown_queries": list(cases.strangers),
        "inventory": [report.as_json() for report in house.reports],
    }
    if len(tried) == 2:
        other = replace(bench, matcher=replace(matcher, weights=tried[1]))
        body["comparison"] = compare_weights(cases, bench, other)
    return body


def _reading(bar: Progress) -> Callable[[int], None]:
    task = bar.add_task("Import de l'inventaire", total=None)
    return lambda read: bar.update(task, completed=read)
