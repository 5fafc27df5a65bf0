"""Many rows in one statement: what goes in comes out, whatever is written in it, created or changed."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from directory.database import Database
from directory.inventory import catalogue
from directory.inventory.entries import Entry, read_entries
from directory.inventory.intake import take
from directory.inventory.records import Record
from indexer.among import among
from indexer.outbox import outbox, write
from tests.inventory.records import TODAY, immersion, service, session, slot, structure, training

ODD = 'Aide « au permis » : "code", \\conduite\\ {1,2} %s %(nom)s :nom\t100 %\nœuf 🚗 \u2028 null'
PRECISE = 44.123456789012345


def odd(way: str) -> list[Record]:
    """A row of each kind with values that trip who writes them as text."""
    return [
        structure(nom=f"{ODD} {way}", reseaux_porteurs=["emmaus", 'a"b'], siret=None),
        service(
            nom=f"{ODD} {way}", latitude=PRECISE, publics=[], thematiques=None, nombre_semaines=2**31 - 1
        ),
        immersion(
            creneaux=[slot("a", horaires=["jour", ODD]), slot("b", heures_semaine=0.1)], description=way
        ),
        training(sessions=[session(ODD, a_distance=False, date_limite=date(2026, 2, 28))], remuneration=way),
    ]


def stored(database: Database) -> list[Entry]:
    with database.sessions() as opened:
        return [read_entries(opened, record.kind)[0] for record in odd("")]


@pytest.mark.parametrize("ways", [["neuf"], ["neuf", "changé"], ["neuf", "changé", "neuf"]])
def test_whatever_is_written_comes_out(database: Database, ways: list[str]) -> None:
    for way in ways:
        with database.writing() as opened:
            take(opened, odd(way), today=TODAY)
    for entry, record in zip(stored(database), odd(ways[-1]), strict=True):
        told = {name: value for name, value in entry.values.items() if name in record.values}
        assert _without_absences(told) == _without_absences(record.values)
        assert (entry.version, entry.source_seen) == (_changes_seen(entry, len(ways)), TODAY)


def test_a_correction_outlives_a_change_in_bulk(database: Database) -> None:
    with database.writing() as opened:
        take(opened, odd("neuf"), today=TODAY)
        entry = catalogue.get_option(opened, "dora--1")
        catalogue.edit(opened, entry.id, {"nom": ODD}, expected_version=entry.version, author=ODD)
        take(opened, odd("changé"), today=TODAY)
    corrected = stored(database)[1]
    assert corrected.values["nom"] == ODD
    assert corrected.corrections["nom"].author == ODD
    assert corrected.corrections["nom"].source_value == f"{ODD} changé"


def test_one_among_many_is_found_and_none_among_none(database: Database) -> None:
    with database.writing() as opened:
        write(opened, ["a", "b", ODD])
        column = outbox.c.option_id
        found = [
            opened.scalars(select(column).where(among(opened, column, some)).order_by(outbox.c.seq)).all()
            for some in (["b", "c", ODD], [])
        ]
    assert found == [["b", ODD], []]


def _changes_seen(entry: Entry, ways: int) -> int:
    """A service is told of the changes of its structure, and of its own."""
    return 2 * ways - 1 if entry.kind == "service" else ways


def _without_absences(values: Any) -> Any:
    if isinstance(values, dict) or hasattr(values, "items"):
        return {name: _without_absences(one) for name, one in values.items() if one is not None}
    return [_without_absences(one) for one in values] if isinstance(values, list) else values
