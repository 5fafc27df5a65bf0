"""One size at a time: an inventory goes in, each engine indexes it, readers ask over HTTP; beside them the
peer's question on plain PostgreSQL. All in one run: the ratios hold on a machine that does other work.
"""

import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from directory.bench import baseline, load, steps
from directory.bench.fresh import freshness
from directory.bench.inventory import Inventory, profiles, searches, themed_places
from directory.wiring import Jalon

SEED: Final = 7
CLIENTS: Final = (1, 8, 32)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Targets:
    """What is measured beside the embedded engine: an OpenSearch (`opensearch+http://…/prefix`), a PostgreSQL
    (`postgresql://…`). Empty: not measured."""

    opensearch: str = ""
    postgres: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """One size in one folder."""

    jalon: Jalon
    folder: Path
    services: int
    requests: int
    targets: Targets
    say: Say

    def measure(self) -> dict[str, Any]:
        """Every figure. Raises BenchFailed."""
        environ = self._environ()
        self.say(f"{self.services} services inventés…")
        inventory = Inventory(self.jalon.communes, self.services, SEED, self.jalon.today())
        files = steps.write(inventory.rows(), self.folder)
        with files["structure"].open("rb") as structures:
            rows = self.services + sum(1 for _ in structures)
        steps.run(["db", "upgrade"], environ)
        self.say("import…")
        steps.run(["import", str(files["structure"]), "--kind", "structures"], environ)
        imported = steps.run(["import", str(files["service"]), "--kind", "services"], environ)
        again = steps.run(["import", str(files["service"]), "--kind", "services"], environ)
        figures: dict[str, Any] = {
            "machine": machine(),
            "rows": rows,
            "services": self.services,
            "import": rate(self.services, imported),
            "import_unchanged": rate(self.services, again),
            "embedded": self._engine("embedded:"),
        }
        if self.targets.opensearch:
            figures["opensearch"] = self._engine(f"{self.targets.opensearch}-{self.services}")
        if self.targets.postgres:
            figures["postgresql"] = self._baseline(files["service"])
        return figures

    def _engine(self, url: str) -> dict[str, Any]:
        """An index made from nothing, then asked over HTTP, then changes timed until they are found."""
        name = url.partition(":")[0].partition("+")[0]
        environ = self._environ() | {"JALON_SEARCH_URL": url}
        self.say(f"index {name}…")
        indexed = steps.run(["index", "rebuild"], environ)
        figures: dict[str, Any] = {"index": rate(self.services, indexed)}
        if name == "embedded":
            figures["index"]["megabytes"] = steps.folder_megabytes(self.folder / "var" / "index")
        self.say(f"recherche et appariement, {name}…")
        with steps.served(environ, relay=name != "embedded") as served:
            figures.update(self._over_http(served.port))
            self.say(f"fraîcheur, {name}…")
            figures["fresh"] = freshness(
                self.folder / "var", served.port, self.jalon.clock, min(100, self.requests // 10)
            )
            figures["resident_mb"] = served.resident_mb()
        return figures

    def _over_http(self, port: int) -> dict[str, Any]:
        wishes = searches(self.jalon.communes, 500, SEED)
        people = [orjson.dumps(one) for one in profiles(self.jalon.communes, 200, SEED)]
        places = themed_places(self.jalon.communes, 200, SEED)
        asks = {
            "search_with_facets": [load.Ask(f"/api/v1/search?{wish}") for wish in wishes],
            "commune_and_themes": [load.Ask(f"/api/v1/search?{one.query}") for one in places],
            "search_page": [load.Ask(f"/recherche?{wish}") for wish in wishes],
            "match": [load.Ask("/api/v1/match", body) for body in people],
        }
        for some in asks.values():  # both workers read their index and fill their caches
            load.run(port, some, clients=4, requests=len(some))
        return {
            f"{name}_{clients}_clients": asdict(
                load.run(port, some, clients=clients, requests=self._times(name, clients))
            )
            for name, some in asks.items()
            for clients in CLIENTS
        }

    def _times(self, name: str, clients: int) -> int:
        """Matches cost more; one client asks less often."""
        share = self.requests // (3 if name == "match" else 1)
        return max(100, share // 2 if clients == 1 else share)

    def _baseline(self, services: Path) -> dict[str, Any]:
        """The peer's question on plain PostgreSQL."""
        import psycopg

        def connect() -> baseline.Wire:
            return psycopg.connect(self.targets.postgres, autocommit=True)

        self.say("PostgreSQL seul…")
        filled = baseline.fill(connect, services)
        places = [
            (one.latitude, one.longitude, one.themes) for one in themed_places(self.jalon.communes, 200, SEED)
        ]
        figures: dict[str, Any] = {"fill_seconds": round(filled, 1)}
        for clients in CLIENTS:
            # A question of seconds is not asked a thousand times.
            some = baseline.ask(connect, places, clients=clients, requests=max(40, self.requests // 20))
            figures[f"commune_and_themes_{clients}_clients"] = asdict(some)
        return figures

    def _environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
        return {**kept, "JALON_DATA_DIR": str(self.folder / "var"), "JALON_LOG_LEVEL": "warning"}


def machine() -> Mapping[str, Any]:
    """What the figures were measured on, and how busy it was."""
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "processors": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "python": platform.python_version(),
        "load_before": busy,
        "day": time.strftime("%Y-%m-%d"),
    }


def rate(rows: int, spent: steps.Spent) -> dict[str, float]:
    """Seconds, rows a second and peak memory of a step."""
    return {
        "seconds": round(spent.seconds, 2),
        "processor_seconds": round(spent.processor, 2),
        "rows_per_second": round(rows / spent.seconds),
        "peak_mb": spent.peak_mb,
    }


def failures(figures: Mapping[str, Any]) -> int:
    """How many requests failed, at every engine."""
    inner = sum(failures(one) for one in figures.values() if isinstance(one, Mapping))
    return int(figures.get("failures", 0)) + inner
