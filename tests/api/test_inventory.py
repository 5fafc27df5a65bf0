"""`GET /structures`, `/services`, `/immersions`, `/trainings`: rows as anybody may read them."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from directory.inventory.catalogue import edit, withdraw
from directory.wiring import Jalon
from tests.api.asking import PREFIX, ask, faults, ids, problem
from tests.houses import client_of, furnish, relay, service, writing

ROOMS = {
    "structures": ["dora--s1", "dora--s2", "soliguide--s3"],
    "services": ["dora--1", "dora--2", "dora--3", "soliguide--4"],
    "immersions": ["dora--i1"],
    "trainings": ["dora--t1"],
}
HIDDEN = ("adresse", "complement_adresse", "latitude", "longitude", "accessibilite_lieu")


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_shows_its_rows_by_id(client: FlaskClient, room: str) -> None:
    assert ids(ask(client, f"/{room}")) == ROOMS[room]
    for row_id in ROOMS[room]:
        assert ask(client, f"/{room}/{row_id}")["id"] == row_id


def test_rows_can_be_had_by_source(client: FlaskClient) -> None:
    assert ids(ask(client, "/services", source="soliguide")) == ["soliguide--4"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_the_export_covers_everything_once(client: FlaskClient, size: int) -> None:
    assert [one["id"] for one in export(client, size)] == ROOMS["services"]


def test_the_export_skips_and_repeats_nothing_while_rows_change(house: Jalon) -> None:
    furnish(house, [service(f"dora--m{number:02d}") for number in range(10)])
    client = client_of(house)
    seen: list[str] = []
    for row in export(client, size=3):
        seen.append(row["id"])
        if row["id"] == "dora--m02":  # one already read goes, one still to come is born, all others change
            furnish(house, [service("dora--m05a")])
            with writing(house) as session:
                withdraw(session, "dora--1", reason="fermé")
                version = 1
                edit(session, "dora--m07", {"nom": "Autre nom"}, expected_version=version, author="a")
    stayed = {f"dora--m{number:02d}" for number in range(10)} | {"dora--2", "dora--3", "soliguide--4"}
    assert stayed <= set(seen)
    assert len(seen) == len(set(seen))


def test_a_row_is_data_inclusion_with_null_for_what_is_absent(client: FlaskClient) -> None:
    row = ask(client, "/services/dora--2")
    assert row["thematiques"] == ["numerique--maitriser-les-fondamentaux-du-numerique"]
    assert row["modes_accueil"] == ["a-distance"]
    assert row["date_maj"] == "2026-10-01"
    assert row["adresse"] is None


def test_dated_rows_come_with_their_dates(client: FlaskClient) -> None:
    assert ask(client, "/immersions/dora--i1")["creneaux"][0]["debut"] == "2026-12-07"
    assert ask(client, "/trainings/dora--t1")["sessions"][0]["places_prises"] == 4


def test_where_a_refuge_is_stays_unsaid(client: FlaskClient) -> None:
    shown = [ask(client, "/services/dora--3"), ask(client, "/structures/dora--s2")]
    shown += [one for one in ask(client, "/services")["items"] if one["id"] == "dora--3"]
    shown += [one for one in ask(client, "/structures")["items"] if one["id"] == "dora--s2"]
    assert len(shown) == 4
    for row in shown:
        assert [row[name] for name in HIDDEN if name in row] == [None] * len(row.keys() & set(HIDDEN))
    assert ask(client, "/services/dora--1")["adresse"] == "3 rue des Alpes"


def test_a_withdrawn_row_is_gone_and_an_unknown_one_was_never_there(house: Jalon) -> None:
    client = client_of(house)
    with writing(house) as session:
        withdraw(session, "dora--1", reason="fermé")
    problem(client.get(f"{PREFIX}/services/dora--1"), 410)
    assert "dora--1" not in ids(ask(client, "/services"))
    for path in (
        "services/nobody",
        "services/a/b",
        "immersions/dora--2",
        "structures/dora--2",
        "services/%00",
    ):
        problem(client.get(f"{PREFIX}/{path}"), 404)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"size": 0}, "size"),
        ({"size": 1001}, "size"),
        ({"size": "ten"}, "size"),
        ({"cursor": "x" * 2000}, "cursor"),
        ({"cursor": "a\0"}, "cursor"),
        ({"source": "\0"}, "source"),
        ({"offset": 3}, "offset"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_bad_page_is_refused(client: FlaskClient, query: dict[str, Any], field: str) -> None:
    assert set(faults(client, "/services", **query)) == {field}


def test_a_person_named_in_a_row_is_named_nowhere(house: Jalon) -> None:
    canary = "Ginette Zygomatique"
    furnish(house, [service("dora--9", contact_nom_prenom=canary, nom="Permis de conduire")])
    relay(house)
    client = client_of(house)
    profile = {"code_insee": "26362", "needs": ["mobilite--preparer-un-permis"]}
    answers = [client.get(path) for path in pages()] + [client.post(f"{PREFIX}/match", json=profile)]
    assert all(answer.status_code == 200 for answer in answers)
    assert sum("dora--9" in answer.text for answer in answers) >= 6
    for word in canary.split():
        assert not any(word in answer.text for answer in answers)
        assert ask(client, "/search", q=word)["total"] == 0
        assert word not in repr(house.engine.get(["dora--9"]))
        held = [file for file in (house.settings.data_dir / "index").rglob("*") if file.is_file()]
        assert held
        assert not any(word.lower().encode() in file.read_bytes().lower() for file in held)


def pages() -> list[str]:
    """Every address that shows the row."""
    return [
        f"{PREFIX}/search",
        f"{PREFIX}/search?q=permis",
        f"{PREFIX}/suggest?q=permis&what=options",
        f"{PREFIX}/services",
        f"{PREFIX}/services/dora--9",
        f"{PREFIX}/structures/dora--s1",
        "/services/dora--9",
        "/recherche",
    ]


def export(client: FlaskClient, size: int) -> Iterator[dict[str, Any]]:
    """Every service, page after page."""
    cursor = ""
    while cursor is not None:
        page = ask(client, "/services", size=size, cursor=cursor)
        yield from page["items"]
        cursor = page["next"]
