"""The gate: on the tuning half of the judged cases, on every engine, Jalon ranks no worse than what is
written in `cases/figures.json` (`scripts/figures.py` writes it anew). The sealed half is never run here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from directory.config import Settings
from directory.judging.figures import KEPT, figures
from directory.wiring import Jalon
from tests.engines.opensearch.nodes import start

CASES: Final = Path(__file__).parent / "cases"
#: A tie broken the other way moves a mean by less.
DROP: Final = 0.01
ENGINES: Final = [
    pytest.param("embedded"),
    pytest.param("opensearch-2.19", marks=pytest.mark.needs("jdk", "maven")),
]


@pytest.fixture(params=ENGINES, scope="module")
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("gate")
    if request.param == "embedded":
        yield figures(Jalon(Settings(data_dir=folder)), CASES / "tuning")
        return
    node = start(request.param, folder)
    try:
        address = f"{node.url}/gate?timeout=20"
        yield figures(Jalon(Settings(data_dir=folder, search_url=address)), CASES / "tuning")
    finally:
        node.stop()


@pytest.fixture(scope="module")
def written() -> dict[str, dict[str, float]]:
    read: dict[str, dict[str, float]] = json.loads((CASES / "figures.json").read_text("utf-8"))
    return read


@pytest.mark.parametrize("sort", KEPT)
def test_ranking_is_no_worse_than_what_is_written(
    found: Any, written: dict[str, dict[str, float]], sort: str
) -> None:
    now, then, unjudged = found[sort]["ndcg@10"], written[sort]["ndcg@10"], found[sort]["unjudged@10"]
    fell = f"nDCG@10 of {sort} fell from {then:.4f} to {now:.4f}, {unjudged:.1f} of ten judged by nobody"
    assert now >= then - DROP, fell


def test_nobody_is_shown_in_the_first_ten_what_they_cannot_use_nor_the_same_twice(found: Any) -> None:
    assert (found["people"]["violations@10"], found["people"]["duplicates@10"]) == (0, 0)


def test_enough_is_judged_for_the_figures_to_mean_something(found: Any) -> None:
    for sort in KEPT:
        assert found[sort]["measured"]["ndcg@10"] >= 15
