"""The judged cases are as they say: taken whole by the importer, in two halves that share nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from directory.imports.load import Importer, Wishes
from directory.imports.report import FileReport
from tests.houses import close_house, open_house

CASES: Final = Path(__file__).parent / "cases"
INVENTORY: Final = CASES / "inventory"
KINDS: Final = ("structures", "services", "immersions", "trainings")
HALVES: Final = ("tuning", "sealed")
TODAY: Final = date(2026, 11, 25)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[FileReport]]:
    house = open_house(tmp_path_factory.mktemp("house"))
    importer = Importer(sessions=house.database.sessions, communes=house.communes, today=TODAY)
    yield importer.run([INVENTORY / f"{kind}.jsonl" for kind in KINDS], Wishes())
    close_house(house)


def test_every_row_is_taken(reports: list[FileReport]) -> None:
    told = [report.as_json() for report in reports]
    assert [(one["refused"], one["created"]) for one in told] == [
        (0, len(rows(INVENTORY / f"{kind}.jsonl"))) for kind in KINDS
    ]


def test_the_inventory_holds_what_was_promised() -> None:
    services = rows(INVENTORY / "services.jsonl")
    written = [row for row in services if row["source"].startswith("cas-")]
    assert len(services) >= 600
    assert len(written) >= 200
    assert sum("thematiques" not in row for row in written) >= len(written) / 10
    assert sum("publics" not in row for row in written) >= len(written) / 10


def test_no_option_id_is_used_twice() -> None:
    ids = Counter(row["id"] for kind in KINDS[1:] for row in rows(INVENTORY / f"{kind}.jsonl"))
    assert [one for one, times in ids.items() if times > 1] == []


def test_every_service_has_its_structure() -> None:
    known = {row["id"] for row in rows(INVENTORY / "structures.jsonl")}
    assert {row["structure_id"] for row in rows(INVENTORY / "services.jsonl")} <= known


@pytest.mark.parametrize("half", HALVES)
def test_each_half_names_its_day_and_its_inventory(half: str) -> None:
    case = json.loads((CASES / half / "case.json").read_text("utf-8"))
    assert case["today"] == TODAY.isoformat()
    assert (CASES / half / case["inventory"]).resolve() == INVENTORY
