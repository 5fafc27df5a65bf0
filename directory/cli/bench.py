"""`jalon bench`: figures of this machine, at a given number of services, in a folder that goes away."""

import os
import platform
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import orjson
from rich.table import Table

from directory.bench import load, steps
from directory.bench.inventory import Inventory, profiles, searches
from directory.cli.printing import ERR, OUT, print_json
from directory.wiring import Jalon

SEED = 7


@click.command()
@click.option("--services", default=100_000, show_default=True, type=click.IntRange(100, 10_000_000))
@click.option("--requests", default=3_000, show_default=True, type=click.IntRange(100, 1_000_000))
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def bench(jalon: Jalon, services: int, requests: int, as_json: bool) -> None:
    """Mesure l'import, l'index, la recherche et l'appariement sur cette machine."""
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as folder:
        figures = measure(jalon, Path(folder), services, requests)
    if as_json:
        print_json(figures)
    else:
        show(figures)


def measure(jalon: Jalon, folder: Path, services: int, requests: int) -> dict[str, Any]:
    """Every figure, in one run. Raises BenchFailed."""
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JALON_")},
        "JALON_DATA_DIR": str(folder / "var"),
        "JALON_LOG_LEVEL": "warning",
    }
    ERR.print(f"{services} services inventés…")
    inventory = Inventory(jalon.communes, services, SEED, jalon.today())
    files = steps.write(inventory.rows(), folder)
    rows = sum(1 for file in files.values() for _ in file.open("rb"))
    steps.run(["db", "upgrade"], environ)
    ERR.print("import…")
    steps.run(["import", str(files["structure"]), "--kind", "structures"], environ)
    imported = steps.run(["import", str(files["service"]), "--kind", "services"], environ)
    again = steps.run(["import", str(files["service"]), "--kind", "services"], environ)
    ERR.print("index…")
    indexed = steps.run(["index", "rebuild"], environ)
    figures = {
        "machine": {"processors": os.cpu_count(), "python": platform.python_version()},
        "rows": rows,
        "services": services,
        "import": _rate(services, imported),
        "import_unchanged": _rate(services, again),
        "index": {**_rate(services, indexed), "megabytes": steps.folder_megabytes(folder / "var" / "index")},
    }
    ERR.print("recherche et appariement…")
    with steps.served(environ) as port:
        figures.update(over_http(jalon, port, requests))
    return figures


def _rate(rows: int, spent: steps.Spent) -> dict[str, float]:
    return {
        "seconds": round(spent.seconds, 2),
        "processor_seconds": round(spent.processor, 2),
        "rows_per_second": round(rows / spent.seconds),
        "peak_mb": spent.peak_mb,
    }


def over_http(jalon: Jalon, port: int, requests: int) -> dict[str, Any]:
    """Search with facets, search alone, and match, from one client then eight."""
    wishes = searches(jalon.communes, 500, SEED)
    people = [orjson.dumps(one) for one in profiles(jalon.communes, 200, SEED)]
    asks = {
        "search_with_facets": [load.Ask(f"/api/v1/search?{wish}") for wish in wishes],
        "search_page": [load.Ask(f"/recherche?{wish}") for wish in wishes],
        "match": [load.Ask("/api/v1/match", body) for body in people],
    }
    for some in asks.values():  # both workers read their index and fill their caches
        load.run(port, some, clients=4, requests=len(some))
    return {
        f"{name}_{clients}_clients": asdict(
            load.run(port, some, clients=clients, requests=requests if name != "match" else requests // 3)
        )
        for name, some in asks.items()
        for clients in (1, 8)
    }


def show(figures: dict[str, Any]) -> None:
    """A table for people."""
    table = Table("", "p50 ms", "p95 ms", "p99 ms", "req/s", "échecs")
    for name, one in figures.items():
        if isinstance(one, dict) and "p50" in one:
            table.add_row(name, *(str(one[key]) for key in ("p50", "p95", "p99", "rate", "failures")))
    for name in ("import", "import_unchanged", "index"):
        one = figures[name]
        OUT.print(
            f"{name} : {one['rows_per_second']} lignes/s, {one['seconds']} s, {one['peak_mb']} Mo au plus"
        )
    OUT.print(f"index : {figures['index']['megabytes']} Mo sur disque")
    OUT.print(table)
