"""An evaluation on a cluster: an index of its own, gone when it ends."""

from pathlib import Path

import orjson
import pytest

from directory.cli import run
from tests.cli.judged import write_cases
from tests.engines.openers import Openers

pytestmark = pytest.mark.needs("jdk", "maven")


def test_an_evaluation_leaves_nothing_on_the_cluster_and_measures_as_on_one_machine(
    openers: Openers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    node = openers.node("opensearch-2.19")
    cases = write_cases(tmp_path / "cases")
    monkeypatch.setenv("JALON_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("JALON_LOG_LEVEL", "error")
    assert run(["evaluate", str(cases), "--json"]) == 0
    alone = orjson.loads(capsys.readouterr().out)
    monkeypatch.setenv("JALON_SEARCH_URL", f"{node.url}/town?timeout=20")
    assert run(["evaluate", str(cases), "--json"]) == 0
    together = orjson.loads(capsys.readouterr().out)
    assert together == alone
    assert b"town" not in node.ask("GET", "/_cat/indices?h=index")
