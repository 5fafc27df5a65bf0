"""`scripts/look.py`: what is shown beside what was judged."""

import sys
from pathlib import Path

import look
import pytest

from tests.cli.judged import QRELS, write_cases


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["look", *map(str, arguments)])
    look.main()


def test_a_case_shows_its_first_ten_with_grades_and_what_they_lack(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = write_cases(tmp_path / "c", qrels=f"{QRELS}driver 0 test--budget 3\n")
    run(monkeypatch, cases, "driver")
    told = capsys.readouterr().out
    assert "=== driver" in told
    assert "  1 [3] Passer le permis de conduire (Le Tremplin, Die)  test--licence" in told
    assert "  — [3] Atelier budget" in told
    assert "learner" not in told


def test_the_worst_come_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = write_cases(tmp_path / "c", qrels="licence 0 test--budget 3\ndriver 0 test--licence 3\n")
    run(monkeypatch, cases, "--worst", 1)
    told = capsys.readouterr().out
    assert "=== licence  nDCG@10 0.000" in told
    assert "driver" not in told


def test_the_sealed_half_is_not_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="scellée"):
        run(monkeypatch, write_cases(tmp_path / "sealed"))
