"""Every format gives the same rows; a file that is cut, empty or something else is told."""

import csv
import gzip
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from directory.imports.errors import UnreadableFile
from directory.imports.readers.json_rows import _Window
from directory.imports.readers.recognition import open_rows
from directory.imports.readers.rows import RawRow
from directory.imports.readers.unfolding import NEVER_GUARDED

ROWS = [{"id": "é1", "nom": "Épicerie"}, {"id": "2", "nom": "Vestiaire\nsolidaire"}]


def read(path: Path) -> list[RawRow]:
    return list(open_rows(path).rows)


def cells(path: Path) -> list[dict[str, Any]]:
    return [dict(row.cells) for row in read(path)]


def as_csv(separator: str = ",", line_end: str = "\n") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["id", "nom"], delimiter=separator, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(ROWS)
    return text.getvalue()


def file(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "format_"),
    [
        ("a.json", json.dumps(ROWS), "json"),
        ("a.json", json.dumps(ROWS, indent=2), "json"),
        ("a.json", json.dumps({"date": "2026", "count": 2, "rows": ROWS, "next": None}), "json"),
        ("a.txt", json.dumps(ROWS, ensure_ascii=False), "json"),
        ("a.jsonl", "\n".join(json.dumps(row) for row in ROWS), "jsonl"),
        ("a.json", "\r\n".join(json.dumps(row) for row in ROWS) + "\r\n\r\n", "jsonl"),
        ("a.csv", as_csv(), "csv"),
        ("a.csv", as_csv(";", "\r\n"), "csv"),
        ("a.tsv", as_csv("\t"), "csv"),
        ("a.dat", as_csv("|"), "csv"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"])
@pytest.mark.parametrize("fold", [False, True])
def test_text_is_read_whatever_its_writing(
    tmp_path: Path, name: str, content: str, format_: str, encoding: str, *, fold: bool
) -> None:
    written = content.encode(encoding)
    path = file(tmp_path / name, gzip.compress(written, mtime=0) if fold else written)
    assert open_rows(path).format == format_
    assert [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in cells(path)] == ROWS


@pytest.mark.parametrize("fold", [False, True])
def test_parquet_gives_its_own_values(tmp_path: Path, *, fold: bool) -> None:
    rows = [
        {"id": "1", "date_maj": date(2026, 1, 15), "thematiques": ["a", "b"], "places": [{"n": 1}]},
        {"id": "2"},
    ]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    if fold:
        path = file(tmp_path / "b.parquet.gz", gzip.compress(path.read_bytes()))
    assert cells(path)[0] == rows[0]
    assert cells(path)[1]["thematiques"] is None


@pytest.mark.parametrize("fold", [False, True])
def test_a_workbook_gives_numbers_and_dates(tmp_path: Path, *, fold: bool) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "code_postal", "date_maj", None])
    sheet.append([])
    sheet.append(["1", 26150, datetime(2026, 1, 15), None])
    path = tmp_path / "a.xlsx"
    book.save(path)
    if fold:
        path = file(tmp_path / "b.xlsx", gzip.compress(path.read_bytes()))
    (row,) = read(path)
    assert row == RawRow(3, {"id": "1", "code_postal": 26150, "date_maj": datetime(2026, 1, 15)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", ""),
        ("a.csv", " \n\n"),
        ("a.json", "[" + json.dumps(ROWS[0]) + ","),
        ("a.json", json.dumps(ROWS)[:-1]),
        ("a.json", json.dumps(ROWS)[:-20]),
        ("a.json", json.dumps(ROWS) + "x"),
        ("a.json", json.dumps(ROWS) + json.dumps(ROWS)),
        ("a.json", '{"a": [], "b": []}'),
        ("a.json", '{"a": 1}'),
        ("a.json", "id,nom\n1,a\n"),
        ("a.json", "[" * 100_000),
        ("a.jsonl", '{"id": 1}\n{"id": "2", "no'),
        ("a.csv", 'id,nom\n1,"jamais refermé\n2,b\n'),
        ("a.csv", "id,nom,id\n1,a,2\n"),
        ("a.csv", "<html><body>Erreur 500</body></html>"),
        ("a.csv", "%PDF-1.7"),
        ("a.csv", b"\x00\x01\x02\x03" * 50),
        ("a.json.gz", gzip.compress(json.dumps(ROWS * 500).encode())[:-30]),
        ("a.json.gz", gzip.compress(b"x" * 1000, mtime=0)[:15]),
        ("a.parquet", b"PAR1" + b"\x00" * 100),
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 100),
        ("a.csv", b"\xff\xfei\x00d\x00,"),
        ("a.json", b"\xef\xbb\xbf"),
    ],
)
def test_a_file_that_cannot_be_read_to_its_end_says_so(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    with pytest.raises(UnreadableFile, match="Rien n'a été changé") as refused:
        read(file(tmp_path / name, content))
    assert refused.value.exit_code == 2


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="n'existe pas"):
        open_rows(tmp_path / "absent.csv")


@pytest.mark.parametrize("rows", [[], {"rows": []}])
def test_a_list_of_nothing_is_a_list(tmp_path: Path, rows: Any) -> None:
    assert read(file(tmp_path / "a.json", json.dumps(rows))) == []


def test_a_broken_line_costs_that_line(tmp_path: Path) -> None:
    rows = read(file(tmp_path / "a.jsonl", '{"id": 1}\n{"id": 2,}\n\n[3]\n{"id": 4}\n'))
    assert [(row.line, row.fault is None) for row in rows] == [(1, True), (2, False), (4, False), (5, True)]


def test_a_line_of_csv_with_too_few_or_too_many_cells_costs_that_line(tmp_path: Path) -> None:
    rows = read(file(tmp_path / "a.csv", 'id,nom\n1,"deux\nlignes"\n2\n3,c,d\n4,d\n\n5,"e"f\n6,g\n'))
    assert [row.line for row in rows if row.fault is None] == [2, 6, 9]
    assert [row.line for row in rows if row.fault is not None] == [4, 5, 8]


def test_what_json_does_not_allow_costs_at_most_its_row(tmp_path: Path) -> None:
    content = '[{"a": NaN}, {"a": "\\ud800"}, {"a": 1' + "0" * 400 + "}, 7]"
    rows = read(file(tmp_path / "a.json", content))
    assert [row.fault is None for row in rows] == [True, True, True, False]


def test_a_late_accent_decides_the_encoding(tmp_path: Path) -> None:
    content = b"id,nom\n" + b"1,a\n" * 280_000 + "2,Épicerie\n".encode("latin-1")
    reading = open_rows(file(tmp_path / "a.csv", content))
    assert reading.encoding == "cp1252"
    assert list(reading.rows)[-1].cells["nom"] == "Épicerie"


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json"])
def test_a_damaged_byte_among_accents_costs_that_byte(tmp_path: Path, name: str) -> None:
    written = {
        "a.csv": "id,nom\n" + "1,éàù\n" * 9 + "2,Ca?é\n",
        "a.jsonl": '{"id": 1, "nom": "éàù"}\n' * 9 + '{"id": 2, "nom": "Ca?é"}\n',
        "a.json": "[" + '{"id": 1, "nom": "éàù"},' * 9 + '{"id": 2, "nom": "Ca?é"}]',
    }
    reading = open_rows(file(tmp_path / name, written[name].encode().replace(b"?", b"\xff")))
    rows = list(reading.rows)
    assert reading.encoding == "utf-8"
    assert rows[0].cells["nom"] == "éàù"
    assert rows[-1].cells["nom"] == "Ca\udcffé"


def test_a_file_that_unfolds_without_end_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    with gzip.open(path, "wb") as bomb:
        bomb.write(b"[")
        for _ in range(NEVER_GUARDED // (1024 * 1024) + 8):
            bomb.write(b" " * 1024 * 1024)
        bomb.write(b"]")
    with pytest.raises(UnreadableFile, match="250 fois"):
        read(path)


@given(
    st.lists(st.dictionaries(st.text(), st.none() | st.integers() | st.floats(allow_nan=False) | st.text())),
    st.integers(1, 40),
)
@settings(max_examples=50, deadline=None)
def test_json_read_piece_by_piece_is_json_read_at_once(rows: list[dict[str, Any]], piece: int) -> None:
    class Pieces(io.StringIO):
        def read(self, size: int | None = -1, /) -> str:
            return super().read(piece)

    window = _Window(Path("a.json"), Pieces(json.dumps(rows)))
    assert window.value() == rows
