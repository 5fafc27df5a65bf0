"""Files into the inventory: nothing of a file that breaks; the same file twice changes nothing."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from directory.database import Database
from directory.imports.errors import InvalidMapping, UnreadableFile
from directory.imports.load import Importer, Wishes
from directory.imports.mapping_files import read_mapping
from directory.inventory.entries import Entry
from directory.inventory.records import RecordKind
from indexer.outbox import outbox
from tests.imports.conftest import Import, lines, service, structure

Stored = Callable[[RecordKind], dict[str, Entry]]


def pending(database: Database) -> int:
    with database.sessions() as session:
        return session.scalar(select(func.count()).select_from(outbox)) or 0


def test_rows_go_in_and_the_index_will_hear_of_them(
    tmp_path: Path, take: Import, stored: Stored, database: Database
) -> None:
    report = take(lines(tmp_path / "services.jsonl", [service(1), service(2)]))
    assert (report["kind"], report["source"]) == ("services", "essai")
    assert (report["read"], report["created"], report["refused"], report["mended"]) == (2, 2, 0, 0)
    assert stored("service").keys() == {"essai--s1", "essai--s2"}
    assert pending(database) == 2


def test_the_same_file_twice_changes_nothing(tmp_path: Path, take: Import, database: Database) -> None:
    path = lines(tmp_path / "services.jsonl", [service(1, latitude=95), service(2, commune="Die")])
    take(path)
    before = pending(database)
    again = take(path)
    assert (again["created"], again["updated"], again["unchanged"], again["mended"]) == (0, 0, 2, 1)
    assert pending(database) == before


def test_a_shuffled_file_gives_the_same_inventory(tmp_path: Path, take: Import, stored: Stored) -> None:
    rows = [service(number, frais="gratuit" if number % 2 else "?") for number in range(40)]
    take(lines(tmp_path / "services.jsonl", rows))
    before = stored("service")
    random.Random(3).shuffle(rows)
    again = take(lines(tmp_path / "services.jsonl", rows))
    assert again["unchanged"] == 40
    assert stored("service") == before


def test_one_bad_row_never_stops_the_rest(tmp_path: Path, take: Import, stored: Stored) -> None:
    rows = [service(1), service(2, nom=None), service(3, date_maj="hier"), service(4)]
    report = take(lines(tmp_path / "services.jsonl", rows))
    assert (report["created"], report["refused"]) == (2, 2)
    assert [(one["line"], one["id"], one["field"]) for one in report["refusals"]] == [
        (2, "essai--s2", "nom"),
        (3, "essai--s3", "date_maj"),
    ]
    assert stored("service").keys() == {"essai--s1", "essai--s4"}


def test_what_was_mended_is_told_of_rows_that_were_taken(tmp_path: Path, take: Import) -> None:
    rows = [structure(1, siret="0" * 14, horaires_accueil="le matin"), structure(2, nom="", siret="1")]
    report = take(lines(tmp_path / "structures.jsonl", rows))
    assert (report["created"], report["mended"], report["refused"]) == (1, 1, 1)
    assert [(one["line"], one["field"]) for one in report["mendings"]] == [
        (1, "siret"),
        (1, "horaires_accueil"),
    ]


def test_an_id_taken_by_another_kind_or_source_is_refused(tmp_path: Path, take: Import) -> None:
    take(lines(tmp_path / "services.jsonl", [service(1)]))
    report = take(lines(tmp_path / "services.jsonl", [service(1, source="autre")]))
    assert (report["updated"], report["refused"]) == (0, 1)
    assert report["refusals"][0]["field"] == "id"
    assert report["refusals"][0]["value"] == "essai--s1"


@pytest.mark.parametrize("cut", [-1, -200])
def test_a_file_cut_short_changes_nothing(
    tmp_path: Path, take: Import, stored: Stored, database: Database, cut: int
) -> None:
    path = tmp_path / "services.json"
    path.write_bytes(orjson.dumps([service(number) for number in range(3000)])[:cut])
    with pytest.raises(UnreadableFile):
        take(path)
    assert stored("service") == {}
    assert pending(database) == 0


def test_a_second_file_that_is_cut_takes_the_first_with_it(
    tmp_path: Path, importer: Importer, stored: Stored
) -> None:
    right = lines(tmp_path / "structures.jsonl", [structure(1)])
    cut = tmp_path / "services.json.gz"
    cut.write_bytes(gzip.compress(b'[{"id": "a"}]')[:-4])
    with pytest.raises(UnreadableFile):
        importer.run([right, cut], Wishes())
    assert stored("structure") == {}


def test_a_dry_run_tells_and_changes_nothing(
    tmp_path: Path, take: Import, stored: Stored, database: Database
) -> None:
    report = take(lines(tmp_path / "services.jsonl", [service(1), service(2, nom="")]), dry_run=True)
    assert (report["dry_run"], report["created"], report["refused"]) == (True, 1, 1)
    assert stored("service") == {}
    assert pending(database) == 0


def shown(entries: dict[str, Entry]) -> set[str]:
    return {entry.id for entry in entries.values() if entry.withdrawn is None}


def test_what_a_source_no_longer_gives_is_withdrawn_when_told_to(
    tmp_path: Path, take: Import, stored: Stored
) -> None:
    rows = [service(number) for number in range(10)] + [service(99, source="autre")]
    take(lines(tmp_path / "services.jsonl", rows))
    fewer = lines(tmp_path / "services.jsonl", rows[:9])
    assert take(fewer)["withdrawn"] == 0
    assert take(fewer, withdraw_missing=True)["withdrawn"] == 1
    assert shown(stored("service")) == {row["id"] for row in (*rows[:9], rows[10])}


def test_a_row_that_is_refused_is_not_a_row_that_is_missing(
    tmp_path: Path, take: Import, stored: Stored
) -> None:
    rows = [service(number) for number in range(10)]
    take(lines(tmp_path / "services.jsonl", rows))
    rows[4] = service(4, nom="")
    report = take(lines(tmp_path / "services.jsonl", rows), withdraw_missing=True)
    assert (report["withdrawn"], report["refused"]) == (0, 1)
    assert len(shown(stored("service"))) == 10


def test_half_a_file_is_not_a_mass_withdrawal(tmp_path: Path, take: Import, stored: Stored) -> None:
    rows = [service(number) for number in range(10)]
    take(lines(tmp_path / "services.jsonl", rows))
    half = lines(tmp_path / "services.jsonl", [*rows[:4], service(4, nom="Un nouveau nom")])
    held = take(half, withdraw_missing=True)
    assert held["withdrawn"] == 0
    assert "--force" in held["guard"]
    assert held["updated"] == 1
    assert len(shown(stored("service"))) == 10
    assert take(half, withdraw_missing=True, force=True)["withdrawn"] == 5


def test_a_source_in_two_files_is_missing_nothing(tmp_path: Path, importer: Importer, stored: Stored) -> None:
    rows = [service(number) for number in range(10)]
    halves = [lines(tmp_path / "services-1.jsonl", rows[:5]), lines(tmp_path / "services-2.jsonl", rows[5:])]
    importer.run(halves, Wishes())
    reports = importer.run(halves, Wishes(withdraw_missing=True))
    assert [report.total("withdrawn") for report in reports] == [0, 0]
    assert len(shown(stored("service"))) == 10


INTERNET = "numerique--acceder-a-une-connexion-internet"
MAPPING: dict[str, Any] = {
    "source": "essai",
    "structure": {"id": "{source}--{ID}", "nom": "{Nom}", "date_maj": "2024-01-01", "siret": "{SIRET}"},
    "service": {
        "when": ["WIFI"],
        "id": "{source}--{ID}-wifi",
        "structure_id": "{source}--{ID}",
        "nom": "Connexion à internet",
        "description": "{Nom} : {WIFI}",
        "date_maj": "2024-01-01",
        "thematiques": {"from": "{Mots}", "split": ";", "values": {"wifi": INTERNET}},
    },
}  # fmt: skip


def test_one_row_gives_a_structure_and_its_service(tmp_path: Path, take: Import, stored: Stored) -> None:
    path = tmp_path / "lieux.csv"
    path.write_text(
        "ID;Nom;SIRET;WIFI;Mots\n1;Médiathèque;0;Oui;wifi\n2;Mairie;73282932000074;;\n3;;;Oui;autre\n",
        encoding="cp1252",
    )
    report = take(path, mapping=read_mapping("essai.toml", MAPPING))
    assert report["kind"] == "structures+services"
    assert (report["read"], report["created"], report["mended"], report["refused"]) == (3, 4, 2, 1)
    assert report["by_kind"]["services"]["created"] == 2
    assert report["encoding"] == "cp1252"
    assert stored("structure").keys() == {"essai--1", "essai--2"}
    given = stored("service")["essai--1-wifi"].values
    assert given["structure_id"] == "essai--1"
    assert given["thematiques"] == [INTERNET]


def test_a_mapping_for_another_file_changes_nothing(tmp_path: Path, take: Import) -> None:
    path = tmp_path / "lieux.csv"
    path.write_text("ID;Titre\n1;Mairie\n", encoding="utf-8")
    with pytest.raises(InvalidMapping, match="Nom"):
        take(path, mapping=read_mapping("essai.toml", MAPPING))


def test_columns_that_nothing_reads_are_named(tmp_path: Path, take: Import) -> None:
    report = take(lines(tmp_path / "services.jsonl", [service(1, thematique="x")]))
    assert report["unknown_columns"] == ["thematique"]


def test_an_empty_list_is_taken_for_what_its_name_says(tmp_path: Path, take: Import) -> None:
    path = tmp_path / "services.json"
    path.write_text("[]", encoding="utf-8")
    assert (take(path)["kind"], take(path)["read"]) == ("services", 0)


def test_lists_of_a_report_stop_growing_and_counts_go_on(tmp_path: Path, take: Import) -> None:
    rows = [service(number, nom="") for number in range(1100)]
    report = take(lines(tmp_path / "services.jsonl", rows))
    assert (report["refused"], len(report["refusals"])) == (1100, 1000)


ANY = (
    st.none()
    | st.integers(-5, 200)
    | st.sampled_from(["", "essai--s1", "2026-01-01", "x", "26113", "95", "44,7"])
)


@given(rows=st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(service(1), ANY)), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_counted_once(tmp_path: Path, take: Import, rows: list[dict[str, Any]]) -> None:
    report = take(lines(tmp_path / "services.jsonl", [{**service(1), **row} for row in rows] or [service(1)]))
    assert report["read"] == sum(report[what] for what in ("created", "updated", "unchanged", "refused"))
    assert report["refused"] == len(report["refusals"])
