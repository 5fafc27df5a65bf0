"""The figures that the gate holds Jalon to, written anew: `tests/quality/cases/figures.json`.

    .venv/bin/python scripts/figures.py

Run it when a change makes the tuning half better, and commit both. The gate (`tests/quality/test_gate.py`)
fails when a figure falls by more than 0.01 below what is written.
"""

from pathlib import Path
from typing import Final

import orjson

from directory.config import Settings
from directory.judging.figures import figures, kept
from directory.wiring import Jalon

CASES: Final = Path(__file__).parents[1] / "tests" / "quality" / "cases"


def main() -> None:
    """Measure on the embedded engine, write, show."""
    found = kept(figures(Jalon(Settings()), CASES / "tuning"))
    text = orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    (CASES / "figures.json").write_bytes(text)
    print(text.decode(), end="")


if __name__ == "__main__":
    main()
