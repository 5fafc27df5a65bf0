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
from directory.wiring import Jalon
from indexer.reference.communes import Communes
from matching.diagnostic.mapping import default_mapping
from matching.diagnostic.needs import read_needs
from matching.profile import Profile
from matching.travel import MODES
from tests.houses import client_of, close_house, open_house

CASES: Final = Path(__file__).parent / "cases"
INVENTORY: Final = CASES / "inventory"
KINDS: Final = ("structures", "services", "immersions", "trainings")
HALVES: Final = ("tuning", "sealed")
TODAY: Final = date(2026, 11, 25)
FRANCE_TRAVAIL: Final = {
    "22": "numerique", "23": "mobilite", "24": "famille", "25": "sante", "26": "lecture-ecriture-calcul",
    "27": "logement-hebergement", "28": "difficultes-financieres",
    "29": "difficultes-administratives-ou-juridiques",
}  # fmt: skip


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jalon]:
    opened = open_house(tmp_path_factory.mktemp("house"))
    yield opened
    close_house(opened)


@pytest.fixture(scope="module")
def reports(house: Jalon) -> list[FileReport]:
    importer = Importer(sessions=house.database.sessions, communes=house.communes, today=TODAY)
    return importer.run([INVENTORY / f"{kind}.jsonl" for kind in KINDS], Wishes())


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


@pytest.fixture
def communes(house: Jalon) -> Communes:
    return house.communes


@pytest.fixture(scope="module")
def option_ids() -> set[str]:
    return {row["id"] for kind in KINDS[1:] for row in rows(INVENTORY / f"{kind}.jsonl")}


def profiles(half: str) -> dict[str, dict[str, Any]]:
    found = sorted((CASES / half / "profiles").glob("*.json"))
    return {path.stem: json.loads(path.read_text("utf-8")) for path in found}


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_its_persons_and_searches(half: str) -> None:
    assert len(profiles(half)) >= 52
    assert len(rows(CASES / half / "searches.jsonl")) >= 52


@pytest.mark.parametrize("half", HALVES)
def test_every_profile_is_read_and_all_of_it_is_recognised(half: str, communes: Communes) -> None:
    mapping = default_mapping()
    strange = {}
    for name, keys in profiles(half).items():
        if unknown := read_needs(Profile.from_json(keys, communes), mapping).unrecognised:
            strange[name] = unknown
    assert strange == {}


@pytest.mark.parametrize("half", HALVES)
def test_every_person_has_a_story_of_one_line(half: str) -> None:
    stories = json.loads((CASES / half / "personas.json").read_text("utf-8"))
    assert stories.keys() == profiles(half).keys()
    assert [name for name, story in stories.items() if not 40 <= len(story) <= 220 or "\n" in story] == []


@pytest.mark.parametrize("half", HALVES)
def test_what_a_person_refuses_is_in_the_inventory(half: str, option_ids: set[str]) -> None:
    refused = {one["option_id"] for keys in profiles(half).values() for one in keys.get("refusals", ())}
    assert refused <= option_ids
    assert refused


@pytest.mark.parametrize("half", HALVES)
def test_every_search_is_one_that_the_api_takes(half: str, house: Jalon) -> None:
    browser = client_of(house)
    answers = {
        row["id"]: browser.get(
            "/api/v1/search",
            query_string={key: value for key, value in row.items() if key not in {"id", "notes"}},
        ).status_code
        for row in rows(CASES / half / "searches.jsonl")
    }
    assert {name: code for name, code in answers.items() if code != 200} == {}


def test_the_halves_share_no_name() -> None:
    tuning, sealed = (set(profiles(half)) for half in HALVES)
    searched = Counter(row["id"] for half in HALVES for row in rows(CASES / half / "searches.jsonl"))
    assert tuning.isdisjoint(sealed)
    assert max(searched.values()) == 1


@pytest.mark.parametrize("half", HALVES)
def test_each_half_tries_every_constraint_and_every_way_of_travelling(half: str) -> None:
    said = profiles(half).values()
    modes = {mode for keys in said for mode in keys["travel"]["modes"]}
    codes = {
        FRANCE_TRAVAIL.get(one["code"], one["code"]) for keys in said for one in keys.get("constraints", ())
    }
    assert modes == set(MODES)
    assert codes == set(FRANCE_TRAVAIL.values())


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_searches_that_nothing_answers(half: str) -> None:
    assert any("expects_none" in row["notes"] for row in rows(CASES / half / "searches.jsonl"))
