"""What is given to who judges, by `scripts/pool.py`, and what their answers become, by `scripts/qrels.py`."""

import sys
from pathlib import Path

import orjson
import pool
import pytest
import qrels

from directory.judging.keys import key_of
from tests.cli.judged import PROFILES, write_cases


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    driver = {
        **PROFILES["driver"], "refusals": [{"option_id": "test--budget", "reason": "déjà suivi"}],
    }  # fmt: skip
    folder = write_cases(tmp_path / "c", qrels=None, profiles={**PROFILES, "driver": driver})
    (folder / "personas.json").write_bytes(orjson.dumps({"driver": "Lila veut conduire."}))
    return folder


def run(monkeypatch: pytest.MonkeyPatch, script: object, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["script", *map(str, arguments)])
    script.main()  # type: ignore[attr-defined]


def pooled(monkeypatch: pytest.MonkeyPatch, cases: Path, *more: object) -> str:
    out = cases / "pool.txt"
    run(monkeypatch, pool, cases, "--out", out, *more)
    return out.read_text("utf-8")


def test_a_pool_says_who_asks_and_what_each_option_says_and_nothing_of_ranks(
    monkeypatch: pytest.MonkeyPatch, cases: Path
) -> None:
    told = pooled(monkeypatch, cases)
    assert "=== driver\nLila veut conduire.\nDie (26113), marche, 30 min au plus ; âge non dit" in told
    assert "PRIORITAIRE, objectif « Obtenir le permis de conduire" in told
    assert f"A REFUSÉ {key_of('test--budget')} « Atelier budget » (déjà suivi)" in told
    assert f"- {key_of('test--licence')} | Passer le permis de conduire | " in told
    assert "chaque mardi" in told
    assert "ZONE Isère" in told
    assert "test--" not in told
    assert "score" not in told
    assert "RECHERCHE « poterie » ; autour de Die, rayon non dit" in told


def test_the_same_pool_comes_again_and_another_seed_shuffles_it(
    monkeypatch: pytest.MonkeyPatch, cases: Path
) -> None:
    once, again = pooled(monkeypatch, cases), pooled(monkeypatch, cases)
    assert once == again
    assert sorted(pooled(monkeypatch, cases, "--seed", 5).splitlines()) == sorted(once.splitlines())


def test_a_named_decoy_is_pooled_whoever_ranks_it(monkeypatch: pytest.MonkeyPatch, cases: Path) -> None:
    also = cases / "also.txt"
    also.write_text("# twin\npottery test--french a decoy\n")
    before = pooled(monkeypatch, cases, "--random", 0, "--depth", 0)
    after = pooled(monkeypatch, cases, "--random", 0, "--depth", 0, "--also", also)
    assert before == ""
    assert after.splitlines()[0] == "=== pottery"
    assert key_of("test--french") in after


def test_answers_become_judgements_and_only_newcomers_are_asked_again(
    monkeypatch: pytest.MonkeyPatch, cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    licence, french = key_of("test--licence"), key_of("test--french")
    one, other = cases / "one.txt", cases / "other.txt"
    one.write_text(f"driver {licence} 3\ndriver {french} 3\n")
    other.write_text(f"driver {licence} 2\ndriver {french} 0\n")
    run(monkeypatch, qrels, cases, "--one", one, "--other", other)
    assert (cases / "qrels.txt").read_text() == "driver 0 test--licence 3\n"
    assert (cases / "qrels.apart.txt").read_text() == "driver test--french 3 0\n"
    assert "accord exact 0.0%, à un près 50.0%" in capsys.readouterr().out
    block = pooled(monkeypatch, cases).partition("=== learner")[0]
    assert licence not in block
    assert french in block
    assert "=== learner" not in pooled(monkeypatch, cases, "--newcomers")
    assert french in pooled(monkeypatch, cases, "--newcomers")
    third = cases / "third.txt"
    third.write_text("driver test--french 1\n")
    run(monkeypatch, qrels, cases, "--one", one, "--other", other, "--third", third)
    assert (cases / "qrels.txt").read_text() == "driver 0 test--french 1\ndriver 0 test--licence 3\n"


def test_an_answer_on_an_option_that_is_not_there_stops_it(
    monkeypatch: pytest.MonkeyPatch, cases: Path
) -> None:
    one = cases / "one.txt"
    one.write_text("driver 0000000 3\n")
    with pytest.raises(SystemExit, match="« 0000000 » n'est aucune option"):
        run(monkeypatch, qrels, cases, "--one", one, "--other", one)
    assert not (cases / "qrels.txt").exists()


def test_parts_share_the_cases_out(monkeypatch: pytest.MonkeyPatch, cases: Path) -> None:
    run(monkeypatch, pool, cases, "--out", cases / "p", "--parts", 2)
    first, second = ((cases / f"p-{part}.txt").read_text("utf-8") for part in (1, 2))
    assert (first.count("==="), second.count("===")) == (2, 2)
