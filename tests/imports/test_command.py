"""`jalon import` as it is typed: what it prints, what it writes, how it ends."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from directory.cli import run
from tests.imports.conftest import lines, service, structure


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    for name in os.environ:
        if name.startswith("JALON_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("JALON_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("JALON_DATABASE_URL", database_url)


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_file_that_goes_in_whole_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = lines(tmp_path / "services.jsonl", [service(1, siret="x"), service(2, latitude=95)])
    assert run(["import", str(path), "--json"]) == 0
    report = printed(capsys)
    assert (report["created"], report["mended"], report["refused"]) == (2, 1, 0)


def test_refused_rows_end_with_3_and_the_report_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lines(tmp_path / "services.jsonl", [service(1), service(2, nom="")])
    written = tmp_path / "rapport.json"
    assert run(["import", str(path), "--report", str(written)]) == 3
    assert "ligne 2 (essai--s2) : nom : obligatoire, absent" in capsys.readouterr().out
    refusals = json.loads(written.read_bytes())["refusals"]
    assert [one["line"] for one in refusals] == [2]


def test_several_files_give_a_list_of_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [
        lines(tmp_path / "structures.jsonl", [structure(1)]),
        lines(tmp_path / "services.jsonl", [service(1)]),
    ]
    assert run(["import", *map(str, paths), "--json"]) == 0
    assert [report["kind"] for report in printed(capsys)] == ["structures", "services"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["absent.csv"],
        ["vide.json"],
        ["coupe.json"],
        ["inconnu.csv"],
        ["services.jsonl", "--kind", "shortages"],
        ["services.jsonl", "--kind", "poissons"],
        ["services.jsonl", "--mapping", "absente.toml"],
        ["services.jsonl", "--mapping", "siae"],
        ["services.jsonl", "--report", "absent/rapport.json"],
        [],
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    lines(Path("services.jsonl"), [service(1)])
    Path("vide.json").touch()
    Path("coupe.json").write_text('[{"id": 1},', encoding="utf-8")
    Path("inconnu.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(["import", *arguments]) == 2
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said


def test_a_guard_ends_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = lines(tmp_path / "services.jsonl", [service(number) for number in range(10)])
    assert run(["import", str(path)]) == 0
    lines(path, [service(1)])
    capsys.readouterr()
    assert run(["import", str(path), "--withdraw-missing"]) == 3
    assert "--force" in capsys.readouterr().out
    assert run(["import", str(path), "--withdraw-missing", "--force", "--json"]) == 0
    assert printed(capsys)["withdrawn"] == 9


def test_a_dry_run_says_that_nothing_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = lines(tmp_path / "services.jsonl", [service(1)])
    assert run(["import", str(path), "--dry-run"]) == 0
    assert "rien n'a été changé" in capsys.readouterr().out
    assert run(["import", str(path), "--json"]) == 0
    assert printed(capsys)["created"] == 1


def test_a_source_given_fills_the_rows_that_have_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lines(tmp_path / "structures.jsonl", [structure(1, source=""), structure(2)])
    assert run(["import", str(path), "--source", "reprise", "--json"]) == 0
    assert printed(capsys)["source"] == "essai+reprise"
