"""`jalon bench` at a tiny size: every figure is there, nothing failed, nothing is left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path


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
    assert figures["index"]["megabytes"] > 0
    timed = {name: one for name, one in figures.items() if "clients" in name}
    assert len(timed) == 6
    assert all(one["failures"] == 0 and one["p50"] <= one["p95"] <= one["p99"] for one in timed.values())
    assert not list(tmp_path.glob("jalon-bench-*"))
