"""The bulk verb: what becomes of the rows of a file."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from directory.database import Database
from directory.inventory import catalogue
from directory.inventory.errors import GuardStopped
from directory.inventory.intake import Intake, digest_of, take
from directory.inventory.lists import count_options, find_withdrawn
from directory.inventory.records import Outcome, Record
from indexer.outbox import outbox
from tests.inventory.records import TODAY, immersion, service, session, slot, structure, training


def bring(database: Database, *records: Record) -> list[Outcome]:
    with database.sessions.begin() as opened:
        return take(opened, records, today=TODAY)


def deliver(database: Database, records: Iterable[Record], *, force: bool = False) -> int:
    """A whole file, those missing withdrawn; how many were."""
    with database.sessions.begin() as opened, Intake(opened, today=TODAY) as intake:
        intake.take(list(records))
        return intake.withdraw_missing(force=force)


def said(outcomes: list[Outcome]) -> list[str]:
    return [outcome.what for outcome in outcomes]


def announced(database: Database) -> list[str]:
    with database.sessions() as opened:
        return sorted(opened.scalars(select(outbox.c.option_id)))


def values_of(database: Database, option_id: str) -> dict[str, Any]:
    with database.sessions() as opened:
        return dict(catalogue.get_option(opened, option_id).values)


def version_of(database: Database, option_id: str) -> int:
    with database.sessions() as opened:
        return catalogue.get_option(opened, option_id).version


def test_a_file_of_every_kind_is_taken_whole(database: Database) -> None:
    outcomes = bring(database, structure(), service(), immersion(), training())
    assert said(outcomes) == ["created"] * 4
    assert values_of(database, "dora--1")["adresse"] == "3 rue des Alpes"
    assert values_of(database, "dora--i1")["creneaux"] == [
        slot() | {"heures_semaine": None, "horaires": None, "places_prises": None}
    ]
    assert values_of(database, "dora--t1")["sessions"][0]["places"] == 10
    assert announced(database) == ["dora--1", "dora--i1", "dora--t1"]


def test_the_same_file_twice_changes_nothing(database: Database) -> None:
    rows = (structure(), service(), immersion(), training())
    bring(database, *rows)
    before = announced(database)
    assert said(bring(database, *rows)) == ["unchanged"] * 4
    assert announced(database) == before
    assert version_of(database, "dora--1") == 1


def test_outcomes_come_in_the_order_of_the_file(database: Database) -> None:
    bring(database, service("dora--2"))
    rows = [service("dora--1"), structure(), service("dora--2"), service("dora--3")]
    outcomes = bring(database, *rows)
    assert [outcome.record.id for outcome in outcomes] == [row.id for row in rows]
    assert said(outcomes) == ["created", "created", "unchanged", "created"]


def test_a_value_absent_is_the_same_said_or_unsaid() -> None:
    assert digest_of(service(telephone=None)) == digest_of(service())
    assert digest_of(service(telephone="115")) != digest_of(service())


def test_a_changed_row_is_updated_and_announced(database: Database) -> None:
    bring(database, service())
    assert said(bring(database, service(nom="Passer le code"))) == ["updated"]
    assert values_of(database, "dora--1")["nom"] == "Passer le code"
    assert version_of(database, "dora--1") == 2
    assert announced(database) == ["dora--1", "dora--1"]


def test_a_slot_gone_from_the_file_is_gone(database: Database) -> None:
    bring(database, immersion(creneaux=[slot("a"), slot("b")]))
    bring(database, immersion(creneaux=[slot("b", places=5), slot("c")]))
    slots = values_of(database, "dora--i1")["creneaux"]
    assert [(one["id"], one["places"]) for one in slots] == [("b", 5), ("c", 2)]


def test_a_session_that_fills_up_updates_its_training(database: Database) -> None:
    bring(database, training())
    assert said(bring(database, training(sessions=[session(places_prises=10)]))) == ["updated"]


@pytest.mark.parametrize(
    ("first", "second", "whose"),
    [
        (service("x"), immersion("x"), "d’un service"),
        (training("x"), service("x"), "d’une formation"),
        (service("x"), service("x", source="soliguide"), "d’un service de la source « dora »"),
        (structure("x"), structure("x", source="soliguide"), "d’une structure"),
    ],
)
def test_an_id_that_is_anothers_is_refused(
    database: Database, first: Record, second: Record, whose: str
) -> None:
    bring(database, first)
    [outcome] = bring(database, second)
    assert (outcome.what, outcome.field) == ("refused", "id")
    assert whose in (outcome.reason or "")


def test_a_structure_may_bear_the_id_of_a_service(database: Database) -> None:
    assert said(bring(database, structure("x"), service("x"))) == ["created", "created"]


def test_one_id_for_two_kinds_in_one_batch_is_refused(database: Database) -> None:
    assert said(bring(database, service("x"), training("x", line=2))) == ["created", "refused"]


def test_a_row_given_twice_alike_counts_once_and_differently_is_refused(database: Database) -> None:
    outcomes = bring(
        database, service(line=4), service(line=5), service(line=6, nom="Autre"), service("dora--2", line=7)
    )
    assert said(outcomes) == ["created", "unchanged", "refused", "created"]
    assert "ligne 4" in (outcomes[2].reason or "")


def test_a_row_given_again_in_a_later_batch_is_told_its_first_line(database: Database) -> None:
    with database.sessions.begin() as opened, Intake(opened, today=TODAY) as intake:
        intake.take([service(line=4)])
        [outcome] = intake.take([service(line=9_000, nom="Autre")])
    assert outcome.what == "refused"
    assert "ligne 4" in (outcome.reason or "")


def test_a_field_that_no_row_has_is_a_fault_of_the_program(database: Database) -> None:
    with database.sessions() as opened, pytest.raises(ValueError, match="thematique"):
        take(opened, [service(thematique=["mobilite"])], today=TODAY)


def test_a_dry_run_leaves_nothing(database: Database) -> None:
    with database.sessions() as opened, Intake(opened, today=TODAY) as intake:
        assert said(intake.take([service(), structure()])) == ["created", "created"]
        opened.rollback()
    assert count_options(database.sessions) == 0
    assert announced(database) == []


def test_a_correction_survives_the_import_and_shows_the_sources_value(database: Database) -> None:
    bring(database, service(telephone="0475000000"))
    with database.sessions.begin() as opened:
        catalogue.edit(opened, "dora--1", {"telephone": "0475111111"}, expected_version=1, author="ana")
    assert said(bring(database, service(telephone="0475222222", nom="Nouveau nom"))) == ["updated"]
    with database.sessions() as opened:
        entry = catalogue.get_option(opened, "dora--1")
    assert (entry.values["telephone"], entry.values["nom"]) == ("0475111111", "Nouveau nom")
    correction = entry.corrections["telephone"]
    assert (correction.source_value, correction.author) == ("0475222222", "ana")


def test_a_correction_that_the_source_took_over_has_served(database: Database) -> None:
    bring(database, service(telephone="0475000000"))
    with database.sessions.begin() as opened:
        catalogue.edit(opened, "dora--1", {"telephone": "0475111111"}, expected_version=1, author="ana")
    bring(database, service(telephone="0475111111"))
    with database.sessions() as opened:
        assert catalogue.get_option(opened, "dora--1").corrections == {}


def test_what_the_import_worked_out_is_told_until_somebody_corrects_it(database: Database) -> None:
    bring(database, service(deduced=frozenset({"latitude", "longitude"})))
    with database.sessions.begin() as opened:
        entry = catalogue.edit(opened, "dora--1", {"latitude": 44.5}, expected_version=1, author="ana")
    assert entry.deduced == {"longitude"}


def test_a_row_seen_again_tells_when_without_being_a_change(database: Database) -> None:
    bring(database, service())
    with database.sessions.begin() as opened:
        take(opened, [service()], today=TODAY + timedelta(days=7))
    with database.sessions() as opened:
        entry = catalogue.get_option(opened, "dora--1")
    assert (entry.source_seen, entry.version) == (TODAY + timedelta(days=7), 1)


def test_a_new_structure_tells_the_services_that_came_before_it(database: Database) -> None:
    bring(database, service("dora--1"), service("dora--2", structure_id="elsewhere"))
    bring(database, structure())
    assert announced(database) == ["dora--1", "dora--1", "dora--2"]
    assert (version_of(database, "dora--1"), version_of(database, "dora--2")) == (2, 1)


def test_what_a_source_no_longer_gives_is_withdrawn_and_comes_back(database: Database) -> None:
    rows = [service(f"dora--{number}") for number in range(10)]
    deliver(database, rows)
    assert deliver(database, rows[:9]) == 1
    with database.sessions() as opened:
        gone = find_withdrawn(opened, "dora--9")
        assert gone is not None
        assert gone.withdrawn is not None
        assert catalogue.find_option(opened, "dora--9") is None
    assert said(bring(database, rows[9])) == ["updated"]
    assert version_of(database, "dora--9") == 3


def test_what_somebody_withdrew_does_not_come_back_with_a_file(database: Database) -> None:
    bring(database, service())
    with database.sessions.begin() as opened:
        catalogue.withdraw(opened, "dora--1", reason="fermeture")
    bring(database, service(), service("dora--2"))
    bring(database, service(nom="Encore"))
    assert count_options(database.sessions) == 1


def test_a_source_that_lost_more_than_a_fifth_is_stopped(database: Database) -> None:
    rows = [service(f"dora--{number}") for number in range(10)]
    deliver(database, rows)
    with pytest.raises(GuardStopped, match="« dora » perdrait 3 de ses 10 services"):
        deliver(database, rows[:7])
    assert count_options(database.sessions) == 10
    assert deliver(database, rows[:7], force=True) == 3


def test_exactly_a_fifth_passes(database: Database) -> None:
    rows = [service(f"dora--{number}") for number in range(10)]
    deliver(database, rows)
    assert deliver(database, rows[:8]) == 2


def test_new_rows_do_not_hide_a_loss(database: Database) -> None:
    deliver(database, [service(f"dora--{number}") for number in range(10)])
    with pytest.raises(GuardStopped):
        deliver(database, [service(f"renamed--{number}") for number in range(100)])


def test_only_the_sources_and_kinds_of_the_file_lose_rows(database: Database) -> None:
    deliver(database, [service("a", source="soliguide"), structure("s", source="dora"), immersion("i")])
    assert deliver(database, [service("b")]) == 0
    assert count_options(database.sessions) == 3


def test_a_row_that_the_file_gives_but_that_was_refused_is_not_missing(database: Database) -> None:
    deliver(database, [service("dora--1"), service("dora--2")])
    with database.sessions.begin() as opened, Intake(opened, today=TODAY) as intake:
        intake.take([service("dora--1")])
        intake.spare("service", "dora--2", "dora")
        assert intake.withdraw_missing() == 0


def test_a_structure_withdrawn_leaves_its_services(database: Database) -> None:
    structures = [structure(f"dora--s{number}") for number in range(10)]
    deliver(database, [*structures, service(structure_id="dora--s9")])
    assert deliver(database, structures[:9]) == 1
    assert version_of(database, "dora--1") == 2
    with database.sessions() as opened:
        assert catalogue.find_structure(opened, "dora--s9") is None


def test_a_run_may_be_committed_along_the_way(database: Database) -> None:
    with database.sessions() as opened, Intake(opened, today=TODAY) as intake:
        intake.take([service("dora--1")])
        opened.commit()
        assert said(intake.take([service("dora--1"), service("dora--2")])) == ["unchanged", "created"]
        opened.commit()
    assert count_options(database.sessions) == 2


def test_more_rows_than_a_batch_are_taken_in_order(database: Database) -> None:
    rows = [service(f"dora--{number:05}") for number in range(2_100)]
    assert said(bring(database, *rows)) == ["created"] * 2_100
    with database.sessions() as opened:
        assert opened.scalar(select(func.count()).select_from(outbox)) == 2_100
