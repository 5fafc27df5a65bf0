"""`jalon bench` at a tiny size: every figure is there, nothing failed, nothing is left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

from directory.bench.plots import draw


def test_a_small_bench_measures_every_step(tmp_path: Path) -> None:
    environ = {**os.environ, "TMPDIR": str(tmp_path), "JALON_DATA_DIR": str(tmp_path / "unused")}
    command = [
        sys.executable,
        "-m",
        "directory.cli",
        "bench",
        "--services",
        "200",
        "--requests",
        "100",
        "--json",
    ]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["services"] == 200
    assert figures["import"]["peak_mb"] > 20
    own = figures["embedded"]
    assert own["index"]["megabytes"] > 0
    timed = {name: one for name, one in own.items() if "clients" in name}
    assert len(timed) == 12
    assert all(one["failures"] == 0 and one["p50"] <= one["p95"] <= one["p99"] for one in timed.values())
    assert own["fresh"]["requests"] == 10
    assert own["fresh"]["failures"] == 0
    assert own["resident_mb"] > 20
    assert not list(tmp_path.glob("jalon-bench-*"))


def test_growing_costs_are_drawn_from_figures_of_several_sizes(tmp_path: Path) -> None:
    sizes = [
        {
            "services": services,
            "embedded": {
                "index": {"seconds": services / 5_000},
                "search_with_facets_1_clients": {"p50": 2.0},
                "search_with_facets_8_clients": {"rate": 400.0},
            },
        }
        for services in (10_000, 100_000)
    ]
    draw(sizes, tmp_path / "scale.svg")
    drawn = (tmp_path / "scale.svg").read_text()
    assert drawn.startswith("<?xml")
    assert "<svg" in drawn
