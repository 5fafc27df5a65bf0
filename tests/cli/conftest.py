"""Terminals: over nothing, and over a handful of options."""

from pathlib import Path

import pytest

from directory.cli import printing
from tests.cli.commands import Terminal
from tests.houses import SECRET, close_house, furnish, handful, open_house


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Over a folder that holds nothing yet."""
    folder = tmp_path / "var"
    monkeypatch.setenv("JALON_DATA_DIR", str(folder))
    monkeypatch.setenv("JALON_SECRET_KEY", SECRET)
    monkeypatch.setenv("JALON_LOG_LEVEL", "error")
    # Consoles take their width where they are made, which another test may have done in a narrower terminal.
    for console in (printing.OUT, printing.ERR):
        monkeypatch.setattr(console, "width", 200)
    return Terminal(folder, capsys)


@pytest.fixture
def furnished(terminal: Terminal) -> Terminal:
    """Over a handful of options, indexed."""
    jalon = open_house(terminal.folder)
    furnish(jalon, handful())
    close_house(jalon)
    return terminal
