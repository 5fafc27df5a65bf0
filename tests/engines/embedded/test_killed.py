"""A writer killed at any instant: what was acknowledged stays, the index opens, the next one writes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from indexer.embedded import EmbeddedEngine
from tests.builders import option, question
from tests.engines.asking import stored

ROOT = Path(__file__).parents[3]

#: Puts rising versions of 40 options, five at a time, and says each version once it is durable.
WRITER = """
import sys
from pathlib import Path
from indexer.embedded import EmbeddedEngine
from tests.builders import option
engine = EmbeddedEngine(Path(sys.argv[1]))
version = int(sys.argv[2])
while True:
    version += 1
    engine.put(option("Service", id=f"o{n}", version=version, description="mot " * 50) for n in range(40))
    print(version, flush=True)
"""

REBUILDER = """
import sys
from pathlib import Path
from indexer.embedded import EmbeddedEngine
from tests.builders import option
engine = EmbeddedEngine(Path(sys.argv[1]))
version = int(sys.argv[2])
while True:
    version += 1
    with engine.fresh_index() as fresh:
        fresh.put(option("Service", id=f"o{n}", version=version) for n in range(40))
    print(version, flush=True)
"""


def _killed(script: str, root: Path, version: int, dice: Random) -> int:
    """Run a writer for a random while, kill it, and tell the last version it said was durable."""
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(root), str(version)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    first = int(child.stdout.readline())
    time.sleep(dice.uniform(0, 0.15))
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().split()
    child.wait()
    child.stdout.close()
    return int(rest[-1]) if rest else first


@pytest.mark.parametrize("script", [WRITER, REBUILDER], ids=["put", "rebuild"])
def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path, script: str) -> None:
    dice, version = Random(26), 0
    for _ in range(4):
        version = _killed(script, tmp_path, version, dice)
        engine = EmbeddedEngine(tmp_path)
        held = stored(engine, [f"o{number}" for number in range(40)])
        # All of one commit: the last acknowledged, or the one the kill came just after.
        assert set(held.values()) in ({version}, {version + 1})
        assert len(held) == 40
        version = max(held.values())
    engine.put([option(id="o0", version=version + 1)])
    engine.refresh()
    assert engine.count([question()]) == [40]
    engine.close()
