"""What of a row is searched and shown. No database: entries are made by hand."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from data_inclusion.schema.v1 import Service
from data_inclusion.schema.v1.score_qualite import CRITERES, date_maj_recente

from directory.inventory.completeness import service_completeness
from directory.inventory.documents import to_document
from directory.inventory.entries import Correction, Entry
from directory.inventory.records import Record
from directory.inventory.sensitive import is_sensitive
from directory.inventory.shapes import SHAPES
from indexer.document import ON_SITE, REMOTE, Point
from tests.inventory.records import immersion, service, session, slot, structure, training

VIOLENCE = "famille--surmonter-conflits-separation-violence"


def entry(record: Record, **given: Any) -> Entry:
    """The entry that the record becomes once stored."""
    shape = SHAPES[record.kind]
    values: dict[str, Any] = {name: record.values.get(name) for name in shape.fields}
    if shape.dated:
        rows = record.values.get(shape.dated.field, [])
        values[shape.dated.field] = [{name: row.get(name) for name in shape.dated.fields} for row in rows]
    told: dict[str, Any] = {
        "version": 1,
        "withheld": record.kind == "service" and is_sensitive(values["thematiques"]),
    }
    return Entry(
        kind=record.kind, id=record.id, source=record.source, values=values, deduced=record.deduced,
        **(told | given),
    )  # fmt: skip


def test_a_service_bears_its_structure() -> None:
    document = to_document(entry(service()), entry(structure(siret="12345678900011", adresse="1 place")))
    assert (document.structure_id, document.structure_nom) == ("dora--s1", "Le Tremplin")
    assert document.sheet["structure"]["siret"] == "12345678900011"
    assert document.points == (Point(44.93, 4.89),)


def test_a_service_without_its_structure_is_shown_alone() -> None:
    document = to_document(entry(service()))
    assert (document.structure_id, document.structure_nom) == ("dora--s1", "")
    assert "structure" not in document.sheet


def test_codes_are_in_order_whatever_the_file_said() -> None:
    document = to_document(entry(service(publics=["jeunes", "familles-enfants"], thematiques=None)))
    assert (document.publics, document.thematiques) == (("familles-enfants", "jeunes"), ())


def test_the_sheet_says_nothing_about_a_person_and_what_was_worked_out_or_corrected() -> None:
    correction = Correction(value="2", source_value="1", author="ana", at=None)  # type: ignore[arg-type]
    document = to_document(
        entry(service(deduced=frozenset({"latitude"})), corrections={"telephone": correction})
    )
    assert "contact_nom_prenom" not in document.sheet
    assert (document.sheet["deduced"], document.sheet["corrections"]) == (["latitude"], ["telephone"])
    assert "ana" not in str(document.sheet)


def test_where_those_who_flee_are_received_is_told_by_the_commune_only() -> None:
    document = to_document(
        entry(service(thematiques=[VIOLENCE], latitude=44.9, longitude=4.9, telephone="3919")),
        entry(structure(adresse="9 rue cachée", latitude=44.9, longitude=4.9)),
    )
    [point] = document.points
    assert point not in (Point(44.9, 4.9), Point(44.93, 4.89))
    assert abs(point.latitude - 44.93) < 0.05
    assert not any(street in str(document.sheet) for street in ("rue cachée", "rue des Alpes"))
    assert (document.sheet["telephone"], document.sheet["address_withheld"]) == ("3919", True)


def test_such_a_service_of_no_known_commune_is_nowhere() -> None:
    document = to_document(entry(service(thematiques=[VIOLENCE], code_insee=None)))
    assert document.points == ()


def test_an_immersion_is_an_occupation_that_a_company_opens() -> None:
    document = to_document(entry(immersion(latitude=44.75, longitude=5.37)))
    assert (document.nom, document.structure_nom) == ("Boulanger", "Fournil du Glandasse")
    assert (document.rome, document.occupations) == (("D1102",), ("Boulanger",))
    assert (document.frais, document.modes_accueil) == ("gratuit", (ON_SITE,))


def test_a_slot_can_be_asked_for_until_the_day_before() -> None:
    [occurrence] = to_document(entry(immersion())).occurrences
    assert (occurrence.ask_by, occurrence.places_left) == (date(2026, 12, 6), 2)


@pytest.mark.parametrize(
    ("places", "taken", "left"), [(2, None, 2), (2, 1, 1), (2, 2, 0), (2, 3, 0), (None, None, None)]
)
def test_places_left_are_those_not_taken(places: int | None, taken: int | None, left: int | None) -> None:
    [one] = to_document(entry(immersion(creneaux=[slot(places=places, places_prises=taken)]))).occurrences
    assert one.places_left == left


def test_a_session_can_be_asked_for_until_its_deadline() -> None:
    sessions = [session("a", date_limite=date(2026, 12, 1)), session("b")]
    occurrences = to_document(entry(training(sessions=sessions))).occurrences
    assert [one.ask_by for one in occurrences] == [date(2026, 12, 1), date(2027, 1, 3)]


@pytest.mark.parametrize(("remaining", "frais"), [(0, "gratuit"), (250.0, "payant"), (None, None)])
def test_a_training_is_free_when_nothing_remains_to_pay(remaining: float | None, frais: str | None) -> None:
    assert to_document(entry(training(reste_a_charge=remaining))).frais == frais


@pytest.mark.parametrize(
    ("sessions", "modes"),
    [
        ([session(a_distance=True)], (REMOTE,)),
        ([session("a", a_distance=True), session("b")], (REMOTE, ON_SITE)),
        ([session(a_distance=False)], (ON_SITE,)),
        ([], (ON_SITE,)),
    ],
)
def test_a_training_is_given_as_its_sessions_are(sessions: list[Any], modes: tuple[str, ...]) -> None:
    assert to_document(entry(training(sessions=sessions))).modes_accueil == modes


def test_a_training_with_neither_session_nor_place_has_no_known_mode() -> None:
    assert to_document(entry(training(sessions=[], code_insee=None))).modes_accueil == ()


COMPLETE: dict[str, Any] = {
    "description": "Un atelier chaque mardi. " * 20,
    "publics": ["jeunes"],
    "frais": "payant",
    "frais_precisions": "5 €",
    "modes_accueil": ["en-presentiel"],
    "modes_mobilisation": ["telephoner", "envoyer-un-courriel"],
    "mobilisable_par": ["usagers"],
    "telephone": "0475000000",
    "courriel": "a@example.org",
}


@pytest.mark.parametrize(
    "lacking",
    [
        (), ("publics",), ("thematiques",), ("frais",), ("frais_precisions",), ("telephone",), ("courriel",),
        ("telephone", "courriel"), ("modes_mobilisation",), ("mobilisable_par",), ("adresse",),
        ("modes_accueil", "adresse"), ("modes_mobilisation", "mobilisable_par", "modes_accueil"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("description", [COMPLETE["description"], "Bref.", "Un atelier par mois. " * 4])
def test_completeness_is_the_national_score_without_its_clock(
    lacking: tuple[str, ...], description: str
) -> None:
    values = dict(service(**COMPLETE).values) | {"description": description} | dict.fromkeys(lacking)
    whole = {name: values.get(name) for name in SHAPES["service"].fields}
    judged = Service(id="dora--1", source="dora", **whole)
    scores = [criterion(judged) for criterion in CRITERES if criterion is not date_maj_recente]
    applying = [round(score, 2) for score in scores if score is not None]
    assert service_completeness(whole) == round(sum(applying) / len(applying), 2)


def test_the_same_row_gives_the_same_document_any_day() -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC)):
        before = to_document(entry(training()))
    with time_machine.travel(datetime(2029, 1, 1, tzinfo=UTC)):
        assert to_document(entry(training())) == before
