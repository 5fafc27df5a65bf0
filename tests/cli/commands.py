"""Running `jalon` in this process: its exit code and what it printed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from directory.cli import run


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What stdout holds, for a machine."""
        return orjson.loads(self.out)


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal whose `JALON_DATA_DIR` is a folder of the test's own."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: object) -> Ran:
        """Run one command; a trace would be a failed test."""
        self.capsys.readouterr()
        code = run([str(one) for one in arguments])
        told = self.capsys.readouterr()
        return Ran(code, told.out, told.err)

    def done(self, *arguments: object) -> Ran:
        """Run one that must end well."""
        ran = self.run(*arguments)
        assert ran.code == 0, ran.err
        return ran
