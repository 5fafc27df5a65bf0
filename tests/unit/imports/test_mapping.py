"""A mapping makes our fields of a source's columns, and says what it left aside."""

from collections.abc import Mapping
from typing import Any

import pytest

from directory.imports.errors import InvalidMapping
from directory.imports.mapping import MappedRow
from directory.imports.mapping_files import check_columns, load_mapping, read_mapping, shipped_mappings


def one(cells: Mapping[str, Any], **fields: Any) -> MappedRow:
    """The structure that a row gives under those rules."""
    mapping = read_mapping("essai.toml", {"source": "essai", "structure": {"id": "{source}--{ID}", **fields}})
    (mapped,) = mapping.apply({"ID": "1", **cells})
    return mapped


def test_an_id_is_made_of_the_source_and_a_column() -> None:
    assert one({}).cells == {"source": "essai", "id": "essai--1"}


def test_an_id_whose_column_is_empty_is_no_id() -> None:
    assert one({"ID": ""}).cells["id"] is None


@pytest.mark.parametrize(
    ("written", "cells", "value"),
    [
        ("Die", {}, "Die"),
        (["communes"], {}, ["communes"]),
        ("{A} {B}", {"A": "un", "B": "deux"}, "un deux"),
        ("{A}", {"A": ""}, None),
        ("La Poste – {A}", {"A": None}, None),
        ("{A}", {"A": 26150.0}, "26150"),
        ({"first": ["{A}", "{B}"]}, {"A": "", "B": "deux"}, "deux"),
        ({"join": ["{A}", "{B}", "{C}"], "separator": ", "}, {"A": "un", "B": "", "C": "trois"}, "un, trois"),
        ({"from": "{A}", "only": r"\d{3}"}, {"A": "W12"}, None),
        ({"from": "{A}", "as": ["date:%d/%m/%Y"]}, {"A": "03/04/2025"}, "2025-04-03"),
        ({"from": "{A}", "as": ["date:%d/%m/%Y"]}, {"A": "hier"}, "hier"),
        ({"from": "{A}", "as": ["pad:5"]}, {"A": 1053}, "01053"),
        ({"from": "{A}", "as": ["phone"]}, {"A": "04 75 22 12 34"}, "+33475221234"),
        ({"from": "{A}", "as": ["phone"]}, {"A": "3949"}, "3949"),
        ({"from": "{A}", "as": ["siret"]}, {"A": "732 829 320 00074"}, "73282932000074"),
        ({"from": "{A}", "as": ["title"]}, {"A": "LA ROCHE SUR YON"}, "La Roche sur Yon"),
        ({"from": "{A}", "as": ["lower"], "values": {"oui": "x"}}, {"A": "OUI"}, "x"),
        ({"from": "{A}", "split": ";"}, {"A": "b; a ;;b"}, ["a", "b"]),
        ({"from": ["{A}", "{B}"], "split": ";"}, {"A": "a", "B": "b"}, ["a", "b"]),
        ({"from": "{A}", "split": ";", "values": {"x": ["a", "b"], "y": ""}}, {"A": "x;y"}, ["a", "b"]),
        ({"flags": {"A": "a", "B": "b", "C": "c"}}, {"A": "Oui, le mardi", "B": "non", "C": ""}, ["a"]),
    ],
)
def test_a_rule_makes_a_value(written: Any, cells: Mapping[str, Any], value: Any) -> None:
    assert one(cells, nom=written).cells["nom"] == value


def test_a_word_without_translation_is_left_aside_and_told() -> None:
    mapped = one({"A": "x;z"}, reseaux_porteurs={"from": "{A}", "split": ";", "values": {"x": "caf"}})
    assert mapped.cells["reseaux_porteurs"] == ["caf"]
    assert [(field, value) for field, value, _ in mapped.aside] == [("reseaux_porteurs", "z")]


def test_a_row_gives_a_service_only_when_it_says_so() -> None:
    mapping = read_mapping(
        "essai.toml",
        {"source": "e", "structure": {"id": "{ID}"}, "service": {"when": ["WIFI", "PRET"], "id": "{ID}-s"}},
    )
    both = [mapped.kind for mapped in mapping.apply({"ID": "1", "WIFI": "", "PRET": "Oui"})]
    alone = [mapped.kind for mapped in mapping.apply({"ID": "1", "WIFI": "non", "PRET": ""})]
    assert (both, alone) == (["structure", "service"], ["structure"])


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ({}, "source"),
        ({"source": "e"}, "table"),
        ({"source": "e", "structur": {}}, "structur"),
        ({"source": "e", "structure": "x"}, "[structure]"),
        ({"source": "e", "structure": {"nom": "{A}"}}, "id"),
        ({"source": "e", "structure": {"id": "{A}", "titre": "{B}"}}, "titre"),
        ({"source": "e", "structure": {"id": "{A}", "nom": {}}}, "nom"),
        ({"source": "e", "structure": {"id": "{A}", "nom": {"from": "{A}", "to": "b"}}}, "to"),
        ({"source": "e", "structure": {"id": "{A}", "nom": {"from": "{A}", "first": ["{B}"]}}}, "nom"),
        ({"source": "e", "structure": {"id": "{A}", "nom": {"from": 3}}}, "nom"),
        (
            {"source": "e", "structure": {"id": "{A}", "nom": {"from": "{A}", "as": ["majuscule"]}}},
            "majuscule",
        ),
        ({"source": "e", "structure": {"id": "{A}", "nom": {"from": "{A}", "only": "("}}}, "nom"),
        ({"source": "e", "structure": {"id": "{A}", "nom": {"from": "{A}", "values": ["a"]}}}, "nom"),
        ({"source": "e", "structure": {"id": "{A}", "when": "B"}}, "when"),
    ],
)
def test_a_mapping_that_makes_no_sense_says_where(written: dict[str, Any], fault: str) -> None:
    with pytest.raises(InvalidMapping, match=r"essai\.toml") as refused:
        read_mapping("essai.toml", written)
    assert fault in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_mapping_reads_columns_that_the_file_must_have() -> None:
    mapping = read_mapping("essai.toml", {"source": "e", "structure": {"id": "{ID}", "nom": "{Nom}"}})
    check_columns(mapping, ["ID", "Nom", "Autre"])
    check_columns(mapping, ["ID"], ids_only=True)
    with pytest.raises(InvalidMapping, match="Nom"):
        check_columns(mapping, ["ID", "nom"])


@pytest.mark.parametrize("name", shipped_mappings())
def test_every_shipped_mapping_can_be_used(name: str) -> None:
    mapping = load_mapping(name)
    assert mapping.columns == load_mapping(f"{name}.toml").columns
    assert mapping.source
    assert mapping.id_columns


def test_a_mapping_without_a_source_takes_the_one_given() -> None:
    assert read_mapping("essai.toml", {"structure": {"id": "{ID}"}}, source="reprise").source == "reprise"
