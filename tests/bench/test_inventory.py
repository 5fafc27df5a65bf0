"""The invented inventory: what every figure of `jalon bench` stands on."""

from collections import Counter
from datetime import date

import pytest
from data_inclusion.schema.v1 import Service, Structure

from directory.bench.inventory import Inventory, profiles, searches
from indexer.reference.communes import load_communes
from matching.profile import Profile

TODAY = date(2026, 11, 23)


def inventory(services: int, seed: int = 1) -> Inventory:
    return Inventory(load_communes(), services, seed, TODAY)


def test_every_row_is_valid_under_the_national_schema() -> None:
    models = {"structure": Structure, "service": Service}
    for kind, row in inventory(300).rows():
        models[kind].model_validate(row)


@pytest.mark.parametrize("wanted", [1, 7, 250])
def test_it_gives_the_services_asked_for_no_more_no_less(wanted: int) -> None:
    kinds = Counter(kind for kind, _ in inventory(wanted).rows())
    assert kinds["service"] == wanted
    assert 1 <= kinds["structure"] <= wanted


def test_a_structure_comes_before_its_services() -> None:
    seen: set[str] = set()
    for kind, row in inventory(200).rows():
        if kind == "structure":
            seen.add(row["id"])
        else:
            assert row["structure_id"] in seen


def test_the_same_seed_gives_the_same_rows_and_another_one_others() -> None:
    first = list(inventory(50).rows())
    assert first == list(inventory(50).rows())
    assert first != list(inventory(50, seed=2).rows())


def test_every_profile_can_be_matched() -> None:
    communes = load_communes()
    read = [Profile.from_json(told, communes) for told in profiles(communes, 40, 3)]
    assert len({one.place.code_insee for one in read}) > 10


def test_searches_are_plain_query_strings() -> None:
    asked = searches(load_communes(), 60, 3)
    assert all(one.isascii() and " " not in one for one in asked)
    assert sum("thematiques=" in one for one in asked) == 20
