"""`jalon bench`: figures of this machine, at given numbers of services, in folders that go away."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import orjson
from rich.table import Table

from directory.bench import plots
from directory.bench.scale import Bench, Targets
from directory.cli.printing import ERR, OUT, print_json
from directory.wiring import Jalon


@click.command()
@click.option(
    "--services",
    "sizes",
    multiple=True,
    default=(100_000,),
    show_default=True,
    type=click.IntRange(100, 100_000_000),
    help="Se répète : une taille après l'autre.",
)
@click.option("--requests", default=3_000, show_default=True, type=click.IntRange(100, 1_000_000))
@click.option(
    "--opensearch", default="", help="Mesure aussi cet OpenSearch : opensearch+http://hôte:9200/prefixe."
)
@click.option(
    "--postgres", default="", help="Mesure à côté la même question sur ce PostgreSQL : postgresql://…"
)
@click.option("--plot", is_flag=True, help="Dessine la croissance des coûts dans --out.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs/performance"),
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def bench(
    jalon: Jalon,
    sizes: Sequence[int],
    requests: int,
    opensearch: str,
    postgres: str,
    plot: bool,
    out: Path,
    as_json: bool,
) -> None:
    """Mesure l'import, l'index, la recherche et l'appariement sur cette machine."""
    targets = Targets(opensearch, postgres)
    measured = [_measure(jalon, services, requests, targets) for services in sorted(set(sizes))]
    if plot:
        out.mkdir(parents=True, exist_ok=True)
        plots.draw(measured, out / "scale.svg")
        told = orjson.dumps(measured, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        (out / "scale.json").write_bytes(told)
        ERR.print(f"figures et dessin dans {out}")
    if as_json:
        print_json(measured[0] if len(measured) == 1 else measured)
        return
    for figures in measured:
        show(figures)


def _measure(jalon: Jalon, services: int, requests: int, targets: Targets) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as folder:
        return Bench(jalon, Path(folder), services, requests, targets, ERR.print).measure()


def show(figures: Mapping[str, Any]) -> None:
    """Tables for people."""
    OUT.print(f"[bold]{figures['services']} services[/bold]")
    for name in ("import", "import_unchanged"):
        _show_step(name, figures[name])
    for engine in ("embedded", "opensearch", "postgresql"):
        if engine in figures:
            _show_engine(engine, figures[engine])


def _show_engine(engine: str, figures: Mapping[str, Any]) -> None:
    if "index" in figures:
        _show_step(f"index {engine}", figures["index"])
    table = Table(engine, "p50 ms", "p95 ms", "p99 ms", "req/s", "échecs")
    for name, one in figures.items():
        if isinstance(one, Mapping) and "p50" in one:
            table.add_row(name, *(str(one[key]) for key in ("p50", "p95", "p99", "rate", "failures")))
    OUT.print(table)


def _show_step(name: str, one: Mapping[str, Any]) -> None:
    disk = f", {one['megabytes']} Mo sur disque" if "megabytes" in one else ""
    OUT.print(
        f"{name} : {one['rows_per_second']} lignes/s, {one['seconds']} s, {one['peak_mb']} Mo au plus{disk}"
    )
