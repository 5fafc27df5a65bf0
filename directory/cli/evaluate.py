"""`jalon evaluate DIR`: judged cases, measured beside the baselines, in a house to throw away; and, of two
weightings or two mappings, what each would show."""

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
from directory.judging.run import run, steps, unknown_options
from directory.judging.simulation import simulate
from directory.territory import load_mapping, load_weights
from directory.wiring import Jalon
from matching.diagnostic.mapping import Mapping
from matching.evaluation.baselines import BASELINES
from matching.match import Matcher
from matching.weights import Weights

_TODAY: Final = "Le jour des cas ; sinon celui de case.json, sinon aujourd'hui."
_WEIGHTS: Final = "Fichier de poids, ou « défaut » ; deux fois : ce que le second changerait."
_MAPPING: Final = "Fichier de correspondances, ou « défaut » ; deux fois : ce que le second changerait."
_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
#: What stands for the packaged values where a file is asked for.
_PACKAGED: Final = frozenset({"défaut", "defaut", "default"})

#: Weights and mapping to rank with; None: those of the house.
Choice = tuple[Weights | None, Mapping | None]


@click.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ", help=_TODAY)
@click.option("--weights", multiple=True, metavar="POIDS.toml", help=_WEIGHTS)
@click.option("--mapping", multiple=True, metavar="CORRESPONDANCES.toml", help=_MAPPING)
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def evaluate(
    jalon: Jalon,
    folder: Path,
    today: datetime | None,
    weights: tuple[str, ...],
    mapping: tuple[str, ...],
    as_json: bool,
) -> None:
    """Mesure le classement sur des cas jugés, à côté d'ordres de référence.

    DIR contient structures.jsonl, services.jsonl, immersions.jsonl, trainings.jsonl (ou une partie),
    profiles/NOM.json, searches.jsonl et qrels.txt. Deux fois --weights (ou --mapping) : ce qui entre, sort et
    bouge dans les dix premières de chaque profil, même sans jugement. Rien de l'installation n'est modifié.
    """
    tried = _choices(weights, mapping)
    cases = read_folder(folder, jalon.communes, judged=len(tried) < 2)
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


def _choices(weights: Sequence[str], mappings: Sequence[str]) -> list[Choice]:
    """One or two, what is given once holding for both. Raises InvalidWeights, InvalidMapping, OSError."""
    if max(len(weights), len(mappings)) > 2:
        raise click.UsageError("--weights et --mapping se donnent une ou deux fois.")
    some: list[Weights | None] = [load_weights(_file(one)) for one in weights] or [None]
    others: list[Mapping | None] = [load_mapping(_file(one)) for one in mappings] or [None]
    if len(some) == len(others):
        return list(zip(some, others, strict=True))
    return [(one, other) for one in some for other in others]


def _file(name: str) -> Path | None:
    return None if name in _PACKAGED else Path(name)


def _measured(
    cases: JudgedFolder, house: ThrowAway, day: date, tried: Sequence[Choice], bar: Progress
) -> dict[str, Any]:
    matcher = house.jalon.matcher
    benches = [Bench(_ranked(matcher, one), day, cases.profiles, cases.searches) for one in tried]
    first = benches[0]
    task = bar.add_task("Mesure", total=steps(cases, 1 + len(BASELINES)))
    measured = run(cases, first, lambda: bar.advance(task))
    missing = unknown_options(cases, first)
    body = measured.to_json() | {
        "today": day.isoformat(),
        "gain": "2^g-1",
        "weights_version": first.matcher.weights.version,
        "mapping_version": first.matcher.mapping.version,
        "unknown_options": {"count": len(missing), "ids": missing[:100]},
        "unknown_queries": list(cases.strangers),
        "inventory": [report.as_json() for report in house.reports],
    }
    if len(benches) == 2:
        task = bar.add_task("Comparaison", total=len(cases.profiles))
        body["comparison"] = simulate(cases, first, benches[1], lambda: bar.advance(task))
    return body


def _ranked(matcher: Matcher, choice: Choice) -> Matcher:
    weights, mapping = choice
    return replace(matcher, weights=weights or matcher.weights, mapping=mapping or matcher.mapping)


def _reading(bar: Progress) -> Callable[[int], None]:
    task = bar.add_task("Import de l'inventaire", total=None)
    return lambda read: bar.update(task, completed=read)
