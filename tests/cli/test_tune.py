"""`scripts/tune.py`, where the answer is known: the free one is better judged than the near one."""

import sys
from pathlib import Path

import pytest
import tune

from matching import rank
from matching.weight_files import read_weights
from tests.cli.judged import PERMIS, PROFILES, service, write_cases


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    driver = {**PROFILES["driver"], "travel": {"modes": ["voiture"]}}
    services = [
        service("near", "Permis de conduire au centre", PERMIS, frais="payant"),
        service("free", "Permis de conduire pour tous", PERMIS, frais="gratuit", latitude=44.77),
    ]
    qrels = "driver 0 test--near 1\ndriver 0 test--free 3\nother 0 test--free 3\n"
    profiles = {"driver": driver, "other": driver}
    return write_cases(tmp_path / "c", services=services, profiles=profiles, searches=None, qrels=qrels)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["tune", *map(str, arguments)])
    tune.main()


def test_weights_are_found_written_and_their_story_told(
    monkeypatch: pytest.MonkeyPatch, cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # In force: the way there tells nearly all, what it costs nearly nothing.
    (cases / "now.toml").write_text('version = "1"\n[weights]\nreachable = 5\naffordable = 0.2\n')
    monkeypatch.setenv("JALON_WEIGHTS", str(cases / "now.toml"))
    out = cases / "weights.toml"
    run(monkeypatch, cases, "--version", "essai-2", "--out", out)
    told = capsys.readouterr().out
    assert "| driver (" in told or "other (" in told
    assert "→ 1.0000" in told
    weights = read_weights(out.read_text("utf-8"), name="w")
    assert weights.version == "essai-2"
    assert weights.of("answers_need") == max(weights.values.values())


def test_the_sealed_half_tunes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="scellée"):
        run(monkeypatch, write_cases(tmp_path / "sealed"))


def test_a_knob_is_turned_back_and_half_is_looked_at_with_what_the_other_gave(
    monkeypatch: pytest.MonkeyPatch, cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rank.AGAIN
    run(monkeypatch, cases, "--knob", "matching.rank.AGAIN", "--rounds", 1, "--cross")
    assert before == rank.AGAIN
    assert capsys.readouterr().out.count("réglé sur 1 profils") == 2
