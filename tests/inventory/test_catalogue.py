"""The verbs on what is stored, and what each leaves in the outbox."""

from datetime import date

import pytest
from sqlalchemy import delete, event, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.database import Database
from directory.inventory import catalogue
from directory.inventory.errors import BulkRefused, IdTaken, InvalidEdit, NotFound, StaleVersion
from directory.inventory.intake import take
from directory.inventory.lists import find_withdrawn, list_services, list_structures, services_of
from directory.inventory.models import Immersion, ImmersionSlot, Option, Service, Structure
from directory.inventory.records import Record
from directory.inventory.shapes import SHAPES
from indexer.outbox import outbox
from tests.databases import POSTGRESQL
from tests.inventory.records import TODAY, immersion, service, slot, structure, training


def bring(database: Database, *records: Record) -> None:
    """Rows stored, the outbox emptied: what follows is what the test did."""
    with database.sessions.begin() as opened:
        take(opened, records, today=TODAY)
        opened.execute(delete(outbox))


def announced(opened: Session) -> list[str]:
    return list(opened.scalars(select(outbox.c.option_id).order_by(outbox.c.seq)))


def test_what_is_published_is_found_and_announced(database: Database) -> None:
    with database.sessions.begin() as opened:
        for record in (structure(), service(), immersion(), training()):
            entry = catalogue.publish(opened, record, today=TODAY)
            assert (entry.kind, entry.id, entry.version) == (record.kind, record.id, 1)
        assert announced(opened) == ["dora--1", "dora--i1", "dora--t1"]
    with database.sessions() as opened:
        assert len(catalogue.get_option(opened, "dora--i1").values["creneaux"]) == 1


@pytest.mark.parametrize("clashing", [immersion("dora--1"), service("dora--1", source="soliguide")])
def test_an_id_is_published_once(database: Database, clashing: Record) -> None:
    bring(database, service())
    with database.sessions() as opened, pytest.raises(IdTaken, match="d’un service de la source « dora »"):
        catalogue.publish(opened, clashing, today=TODAY)


def test_an_id_withdrawn_stays_taken(database: Database) -> None:
    bring(database, service())
    with database.sessions.begin() as opened:
        catalogue.withdraw(opened, "dora--1", reason="fermeture")
        with pytest.raises(IdTaken):
            catalogue.publish(opened, training("dora--1"), today=TODAY)


def test_the_database_itself_refuses_an_id_twice(database: Database) -> None:
    bring(database, service("x"))
    row = {"id": "x", "kind": "training", "source": "d", "version": 1, "digest": b"", "corrections": {}}
    with database.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(SHAPES["training"].register.insert(), row | {"deduced": []})


def test_an_edit_is_in_force_at_once_and_tells_who_and_when(database: Database) -> None:
    bring(database, service(telephone="0475000000"))
    with database.sessions.begin() as opened:
        entry = catalogue.edit(
            opened, "dora--1", {"telephone": "0475111111"}, expected_version=1, author="ana"
        )
        assert (entry.values["telephone"], entry.version) == ("0475111111", 2)
        assert entry.corrections["telephone"].author == "ana"
        assert entry.corrections["telephone"].source_value == "0475000000"
        assert announced(opened) == ["dora--1"]


def test_an_edit_back_to_the_sources_value_takes_the_correction_back(database: Database) -> None:
    bring(database, service(telephone="0475000000"))
    with database.sessions.begin() as opened:
        catalogue.edit(opened, "dora--1", {"telephone": "1"}, expected_version=1, author="ana")
        entry = catalogue.edit(
            opened, "dora--1", {"telephone": "0475000000"}, expected_version=2, author="ana"
        )
        assert (entry.corrections, entry.values["telephone"]) == ({}, "0475000000")


def test_an_edit_that_changes_nothing_announces_nothing(database: Database) -> None:
    bring(database, service())
    with database.sessions.begin() as opened:
        entry = catalogue.edit(opened, "dora--1", {"commune": "Valence"}, expected_version=1, author="ana")
        assert entry.version == 1
        assert announced(opened) == []


def test_an_edit_of_what_changed_meanwhile_is_refused(database: Database) -> None:
    bring(database, service())
    with database.sessions.begin() as opened:
        catalogue.edit(opened, "dora--1", {"nom": "Premier"}, expected_version=1, author="ana")
    with database.sessions() as opened, pytest.raises(StaleVersion, match="relisez-la"):
        catalogue.edit(opened, "dora--1", {"nom": "Second"}, expected_version=1, author="bob")


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
def test_an_editor_overtaken_between_reading_and_writing_is_refused(database: Database) -> None:
    # SQLite has one writer at a time: nobody can come between.
    bring(database, service())

    def overtake(*_: object) -> None:
        with database.sessions.begin() as other:
            catalogue.edit(other, "dora--1", {"nom": "Second"}, expected_version=1, author="bob")

    with database.sessions() as opened:
        event.listen(opened, "before_flush", overtake, once=True)
        with pytest.raises(StaleVersion):
            catalogue.edit(opened, "dora--1", {"nom": "Premier"}, expected_version=1, author="ana")
    with database.sessions() as opened:
        assert catalogue.get_option(opened, "dora--1").values["nom"] == "Second"


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
def test_an_id_published_by_another_at_the_same_instant_is_taken(database: Database) -> None:
    def overtake(*_: object) -> None:
        with database.sessions.begin() as other:
            catalogue.publish(other, training("x"), today=TODAY)

    with database.sessions() as opened:
        event.listen(opened, "before_flush", overtake, once=True)
        with pytest.raises(IdTaken):
            catalogue.publish(opened, service("x"), today=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "x"}, "id"),
        ({"version": 7}, "version"),
        ({"thematique": ["mobilite"]}, "thematique"),
        ({"nom": None}, "nom"),
        ({"nom": 12}, "nom"),
        ({"latitude": 95.0}, "latitude"),
        ({"latitude": float("nan")}, "latitude"),
        ({"longitude": "4,9"}, "longitude"),
        ({"thematiques": "mobilite"}, "thematiques"),
        ({"date_maj": "2026-01-01"}, "date_maj"),
    ],
)
def test_an_edit_names_the_field_at_fault(database: Database, changes: dict[str, object], field: str) -> None:
    bring(database, service())
    with database.sessions() as opened, pytest.raises(InvalidEdit, match=field) as caught:
        catalogue.edit(opened, "dora--1", changes, expected_version=1, author="ana")
    assert caught.value.facts["field"] == field


def test_what_is_withdrawn_is_no_longer_found_and_says_why(database: Database) -> None:
    bring(database, service())
    with database.sessions.begin() as opened:
        catalogue.withdraw(opened, "dora--1", reason="fermeture de l’association")
        assert announced(opened) == ["dora--1"]
        assert catalogue.find_option(opened, "dora--1") is None
        with pytest.raises(NotFound):
            catalogue.get_option(opened, "dora--1")
        gone = find_withdrawn(opened, "dora--1")
        assert gone is not None
        assert gone.withdrawn is not None
        assert gone.withdrawn.reason == "fermeture de l’association"
        assert gone.values["structure_id"] == "dora--s1"


def test_what_is_restored_is_found_again(database: Database) -> None:
    bring(database, service())
    with database.sessions.begin() as opened:
        catalogue.withdraw(opened, "dora--1", reason="erreur")
        catalogue.restore(opened, "dora--1")
        assert catalogue.get_option(opened, "dora--1").version == 3
        assert find_withdrawn(opened, "dora--1") is None


def test_a_change_of_a_structure_reaches_its_services(database: Database) -> None:
    bring(database, structure(), service("dora--1"), service("dora--2"), service("far", structure_id="other"))
    with database.sessions.begin() as opened:
        catalogue.edit_structure(opened, "dora--s1", {"nom": "Le Pont"}, expected_version=1, author="ana")
        assert sorted(announced(opened)) == ["dora--1", "dora--2"]
        versions = {one: catalogue.get_option(opened, one).version for one in ("dora--1", "dora--2", "far")}
    assert versions == {"dora--1": 2, "dora--2": 2, "far": 1}


def test_a_structure_and_its_service_change_in_one_transaction(database: Database) -> None:
    bring(database, structure(), service())
    with database.sessions.begin() as opened:
        catalogue.edit(opened, "dora--1", {"nom": "Code"}, expected_version=1, author="ana")
        catalogue.edit_structure(opened, "dora--s1", {"nom": "Le Pont"}, expected_version=1, author="ana")
        entry = catalogue.edit(opened, "dora--1", {"nom": "Permis"}, expected_version=3, author="ana")
    assert entry.version == 4


def test_a_slot_changed_by_hand_moves_its_offer_on(database: Database) -> None:
    bring(database, immersion())
    with database.sessions.begin() as opened:
        row = opened.get(ImmersionSlot, ("dora--i1", "a"))
        assert row is not None
        row.places_prises = 1
        opened.flush()
        assert announced(opened) == ["dora--i1"]
        assert catalogue.get_option(opened, "dora--i1").version == 2


def test_a_slot_added_or_taken_away_moves_its_offer_on(database: Database) -> None:
    bring(database, immersion())
    with database.sessions.begin() as opened:
        offer = opened.get(Immersion, "dora--i1")
        assert offer is not None
        offer.slots.append(ImmersionSlot(**slot("b")))
        opened.flush()
        offer.slots.pop(0)
        opened.flush()
        assert announced(opened) == ["dora--i1", "dora--i1"]


def test_a_rollback_takes_the_announcement_with_the_change(database: Database) -> None:
    bring(database, service())
    with database.sessions() as opened:
        catalogue.edit(opened, "dora--1", {"nom": "Autre"}, expected_version=1, author="ana")
        opened.rollback()
        assert announced(opened) == []
        assert catalogue.get_option(opened, "dora--1").version == 1


@pytest.mark.parametrize(
    "statement",
    [
        update(Option).values(version=9),
        update(Service.__table__).values(nom="tous pareils"),  # type: ignore[arg-type]
        delete(Structure),
        delete(ImmersionSlot),
        insert(Service.__table__).values(id="x"),  # type: ignore[arg-type]
    ],
)
def test_a_statement_behind_the_hook_is_refused(database: Database, statement: object) -> None:
    bring(database, structure(), service())
    with database.sessions() as opened, pytest.raises(BulkRefused):
        opened.execute(statement)  # type: ignore[call-overload]


def test_a_row_is_withdrawn_never_deleted(database: Database) -> None:
    bring(database, service())
    with database.sessions() as opened:
        row = opened.get(Option, "dora--1")
        opened.delete(row)
        with pytest.raises(BulkRefused):
            opened.flush()


def test_pages_share_nothing_and_miss_nothing_while_rows_come_and_go(database: Database) -> None:
    bring(database, *(service(f"dora--{number:02}") for number in range(10)))
    seen: list[str] = []
    cursor: str | None = None
    with database.sessions() as opened:
        while True:
            page = list_services(opened, cursor=cursor, limit=3)
            seen += [entry.id for entry in page.entries]
            cursor = page.cursor
            if cursor is None:
                break
            catalogue.withdraw(opened, seen[0], reason="pendant la lecture")
    assert seen == [f"dora--{number:02}" for number in range(10)]


def test_a_list_keeps_to_a_source(database: Database) -> None:
    bring(database, structure("a"), structure("b", source="soliguide"))
    with database.sessions() as opened:
        assert [one.id for one in list_structures(opened, source="soliguide").entries] == ["b"]


def test_the_services_of_a_structure_are_those_shown(database: Database) -> None:
    bring(database, service("dora--1"), service("dora--2"), service("far", structure_id="other"))
    with database.sessions() as opened:
        catalogue.withdraw(opened, "dora--2", reason="fermeture")
        assert [one.id for one in services_of(opened, "dora--s1")] == ["dora--1"]


def test_the_public_row_says_nothing_about_a_person(database: Database) -> None:
    bring(database, service())
    with database.sessions() as opened:
        public = catalogue.get_option(opened, "dora--1").public()
    assert "contact_nom_prenom" not in public
    assert "Camille" not in str(public)
    assert public["date_maj"] == date(2026, 10, 1).isoformat()


VIOLENCE = ["famille--surmonter-conflits-separation-violence"]


def test_the_place_of_those_who_flee_violence_is_not_public(database: Database) -> None:
    bring(database, structure(adresse="9 rue cachée"), service(thematiques=VIOLENCE, telephone="3919"))
    with database.sessions() as opened:
        public = catalogue.get_option(opened, "dora--1").public()
        house = catalogue.get_structure(opened, "dora--s1").public()
    assert (public["adresse"], public["latitude"], public["telephone"]) == (None, None, "3919")
    assert (house["adresse"], house["commune"]) == (None, "Valence")


def test_a_structure_that_does_other_things_too_keeps_its_address(database: Database) -> None:
    bring(database, structure(adresse="1 place"), service("a", thematiques=VIOLENCE), service("b"))
    with database.sessions() as opened:
        assert catalogue.get_structure(opened, "dora--s1").public()["adresse"] == "1 place"
        assert list_structures(opened).entries[0].withheld is False
