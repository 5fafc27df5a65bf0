"""The search over the rows: the same options as an index would find, of theme, place and plain filters."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from directory.database import Database, DatabaseBusy, DatabaseUnavailable, open_database
from directory.inventory.catalogue import withdraw
from directory.inventory.intake import take
from directory.inventory.loading import stream
from directory.inventory.records import Record
from directory.inventory.reduced import RowSearch
from directory.inventory.reduced.candidates import MOST
from directory.migrations import upgrade
from indexer.document import Point
from indexer.engine import Page
from indexer.judging import Subject, in_order, judge
from indexer.query import AnyOf, Near, Query, Sort, Text, Wish
from indexer.reference.communes import load_communes
from tests.builders import CREST, DIE, TODAY
from tests.clusters import Cluster
from tests.databases import BOTH
from tests.engines.test_oracle import MODES, PUBLICS, QUERIES, THEMES, ZONES, _somewhere
from tests.houses import handful, immersion, service, structure, training

VIOLENCE = "famille--surmonter-conflits-separation-violence"


def _record(number: int, dice: Random) -> Record:
    """A row whose values are those the questions of the oracle ask for."""

    def some(values: Sequence[str], most: int) -> list[str] | None:
        return sorted(dice.sample(values, dice.randint(0, most))) or dice.choice([None, []])

    at = dice.choice([_somewhere(dice), _somewhere(dice), None])
    told: dict[str, Any] = {
        "nom": f"Option {number % 7}",
        "date_maj": TODAY - timedelta(days=number % 9),
        "source": dice.choice(["a", "b"]),
        "latitude": at.latitude if at else None,
        "longitude": at.longitude if at else None,
        "code_insee": dice.choice([None, "26362"]),
    }
    match number % 4:
        case 0:
            slots = [_dates(dice) for _ in range(dice.choice([0, 1, 2]))]
            creneaux = [{"id": str(n), **one} for n, one in enumerate(slots)]
            return immersion(
                f"o--{number:03d}", **told, rome=dice.choice([None, "K1302", "G1602"]), creneaux=creneaux
            )
        case 1:
            dates = [_dates(dice) for _ in range(dice.choice([0, 1, 2]))]
            sessions = [
                {"id": str(n), **one, "a_distance": dice.choice([None, True, False])}
                for n, one in enumerate(dates)
            ]
            return training(
                f"o--{number:03d}", **told, rome=some(["K1302", "G1602"], 2), thematiques=some(THEMES, 2),
                publics=some(PUBLICS, 2), reste_a_charge=dice.choice([None, 0.0, 12.5]), sessions=sessions,
            )  # fmt: skip
        case _:
            return service(
                f"o--{number:03d}", **told, thematiques=some(THEMES, 3), publics=some(PUBLICS, 2),
                modes_accueil=some(MODES, 2), zone_eligibilite=some(ZONES, 2),
                frais=dice.choice([None, "gratuit", "payant"]), type=dice.choice([None, "atelier", "aide"]),
            )  # fmt: skip


def _dates(dice: Random) -> dict[str, Any]:
    begins = TODAY + timedelta(days=dice.randint(-5, 10))
    return {
        "debut": begins, "fin": begins + timedelta(days=5), "places_prises": 0,
        "places": dice.choice([None, 0, 2]),
    }  # fmt: skip


def hidden(number: int, dice: Random) -> Record:
    """A refuge some kilometres from the centre of Valence."""
    return service(
        f"r--{number:03d}", thematiques=[VIOLENCE], code_insee="26362",
        latitude=44.93 + dice.uniform(-0.2, 0.2), longitude=4.89 + dice.uniform(-0.2, 0.2),
    )  # fmt: skip


RECORDS = [
    *(_record(number, Random(number)) for number in range(240)),
    *(hidden(number, Random(number)) for number in range(20)),
]


@pytest.fixture(params=BOTH, scope="module")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Rows of every kind, some withdrawn."""
    if request.param == "sqlite":
        yield from _fill(f"sqlite:///{tmp_path_factory.mktemp('rows')}/jalon.db")
    else:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        with cluster.database("reduced") as url:
            yield from _fill(url)


def _fill(url: str) -> Iterator[Database]:
    opened = open_database(url)
    upgrade(opened)
    with opened.writing() as session:
        take(session, [structure(), *RECORDS], today=TODAY)
        for number in range(0, 240, 20):
            withdraw(session, f"o--{number:03d}", reason="fermé")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def stored(filled: Database) -> list[Any]:
    return list(stream(filled.sessions))


@settings(max_examples=150, deadline=None)
@given(query=QUERIES)
def test_a_question_finds_what_it_would_find_of_an_index(
    filled: Database, stored: list[Any], query: Query
) -> None:
    reader = RowSearch(filled.sessions, time.monotonic() + 30)
    wanted = in_order((hit for one in stored if (hit := judge(Subject.of(one), query))), query.sort)
    assert reader.search(query, limit=len(stored)).hits == tuple(wanted)
    assert not reader.capped


@pytest.fixture
def reader(database: Database) -> Callable[..., RowSearch]:
    """What reads rows once those given are stored."""

    def stored(*records: Record, seconds: float = 30) -> RowSearch:
        with database.writing() as session:
            take(session, records, today=TODAY)
        return RowSearch(database.sessions, time.monotonic() + seconds)

    return stored


def found(page: Page) -> list[str]:
    return [hit.document.id for hit in page.hits]


def said(words: str, **more: Any) -> Query:
    return Query(today=TODAY, wants=(Wish(Text(words)),), **more)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("code de la route", {"dora--1"}),
        ("CODE de la ROUTE", {"dora--1"}),
        ("permis B", {"dora--1"}),
        ("solidaires", {"soliguide--4"}),
        ("maison de die", {"soliguide--4"}),
        ("boulangère", {"dora--i1"}),
        ("macon", {"dora--t1"}),
        ("greta", {"dora--t1"}),
        ("visioconférence", set()),
        ("le de la", set()),
        ("zzz", set()),
    ],
)
def test_words_are_found_in_names_of_options_and_structures_and_in_themes(
    reader: Callable[..., RowSearch], words: str, ids: set[str]
) -> None:
    assert set(found(reader(*handful()).search(said(words), limit=20))) == ids


def test_ligatures_and_accents_are_letters_like_others(reader: Callable[..., RowSearch]) -> None:
    rows = reader(
        service("a", nom="ŒUVRE sociale"), service("b", nom="Oeuvres sociales"), service("c", nom="Ouvre")
    )
    assert set(found(rows.search(said("œuvres"), limit=9))) == {"a", "b"}


def test_theme_place_and_name_together_the_nearest_first(reader: Callable[..., RowSearch]) -> None:
    here = {"latitude": CREST.latitude, "longitude": CREST.longitude}
    rows = reader(*handful(), service("dora--7", nom="Code de la route à Crest", **here))
    query = said(
        "route",
        where=(AnyOf("thematiques", ("mobilite--preparer-un-permis",)),),
        near=Near(point=DIE, radius_km=60),
        sort=Sort.DISTANCE,
    )
    page = rows.search(query, limit=9)
    assert found(page) == ["dora--7", "dora--1"]
    assert [round(hit.distance_km or 0) for hit in page.hits] == [28, 43]


def test_beside_a_theme_words_only_widen_and_are_not_read(reader: Callable[..., RowSearch]) -> None:
    wants = (Wish(AnyOf("thematiques", ("mobilite--preparer-un-permis",))), Wish(Text("visioconférence")))
    assert found(reader(*handful()).search(Query(today=TODAY, wants=wants), limit=9)) == ["dora--1"]


def test_what_tells_where_a_refuge_is_stays_withheld(reader: Callable[..., RowSearch]) -> None:
    (hit,) = reader(*handful()).search(said("violences"), limit=9).hits
    assert "9 rue Cachée" not in str(hit.document)
    assert "44.912345" not in str(hit.document)
    assert "contact_nom_prenom" not in hit.document.sheet


def test_a_refuge_is_found_by_the_centre_of_its_commune_and_not_by_its_door(
    reader: Callable[..., RowSearch],
) -> None:
    centre = load_communes().get("26362").point
    door = {"latitude": centre.latitude + 0.15, "longitude": centre.longitude}
    rows = reader(service("r", thematiques=[VIOLENCE], code_insee="26362", **door))

    def within(latitude: float, km: float) -> list[str]:
        point = Point(latitude, centre.longitude)
        return found(rows.search(Query(today=TODAY, near=Near(point=point, radius_km=km)), limit=9))

    assert within(door["latitude"], 2) == []
    assert within(centre.latitude, 2) == ["r"]


def test_the_nearest_are_kept_when_there_are_too_many(reader: Callable[..., RowSearch]) -> None:
    many = [
        service(f"s--{number:04d}", latitude=44.93 + number / 10_000, longitude=4.89)
        for number in range(MOST + 50)
    ]
    rows = reader(*many)
    near = Near(point=Point(44.93, 4.89), radius_km=50)
    page = rows.search(Query(today=TODAY, near=near, sort=Sort.DISTANCE), limit=10, offset=MOST - 5)
    assert found(page) == [f"s--{number:04d}" for number in range(MOST - 5, MOST)]
    assert page.total == MOST
    assert rows.capped


def test_sheets_suggestions_and_counts_are_read_too(reader: Callable[..., RowSearch]) -> None:
    rows = reader(*handful())
    assert set(rows.get(["dora--1", "nothing"])) == {"dora--1"}
    assert [one.code for one in rows.suggest("transp sol", limit=5)] == ["soliguide--4"]
    assert [one.label for one in rows.suggest("boul", limit=5)] == ["Boulanger"]
    assert rows.suggest("", limit=5) == []
    assert rows.count([said("route"), said("zzz")]) == [1, 0]
    assert rows.status().documents == 6
    assert dict(rows.versions())["dora--1"] == 1


def test_a_reader_whose_time_is_over_is_told_so(reader: Callable[..., RowSearch]) -> None:
    many = [service(f"s--{number:04d}", nom=f"Atelier {number} " + "x" * 200) for number in range(1_500)]
    rows = reader(*many, seconds=0)
    time.sleep(0.01)
    with pytest.raises(DatabaseBusy):
        rows.search(said("atelier de rien"), limit=9)
    # Nobody after it is hurried: the connection was given back as it was.
    assert reader().search(said("1234"), limit=9).total == 1


def test_a_database_away_is_said_so(tmp_path: Path) -> None:
    closed = open_database(f"sqlite:///{tmp_path}/jalon.db")
    (tmp_path / "jalon.db").mkdir()
    with pytest.raises(DatabaseUnavailable):
        RowSearch(closed.sessions, time.monotonic() + 1).search(said("route"), limit=9)
