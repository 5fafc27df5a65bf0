"""The commune that an address names, as files write it."""

import pytest

from indexer.reference.communes import Communes


@pytest.mark.parametrize(
    ("nom", "code_postal", "code"),
    [
        ("Valence", "26000", "26362"),
        ("VALENCE", " 26000 ", "26362"),
        ("ST PAUL 3 CHATEAUX", "26130", "26324"),
        ("St-Paul-Trois-Châteaux", "", "26324"),
        ("BOURG LES VALANCE", "26500", "26058"),
        ("AMBERIEU", "01500", "01004"),
        ("chalon s/ saone", "71100", "71076"),
        ("Montélimar", "", "26198"),
        ("L’Haÿ les Roses", "94240", "94038"),
        ("", "26000", "26362"),
        ("Saint-Denis", "93200", "93066"),
        ("Saint-Denis", "97400", "97411"),
        ("Ajaccio", "20000", "2A004"),
    ],
)
def test_a_name_is_understood_as_files_write_it(
    communes: Communes, nom: str, code_postal: str, code: str
) -> None:
    found = communes.find_by_name(nom, code_postal)
    assert found.commune is not None
    assert found.commune.code == code
    assert found.candidates == (found.commune,)


@pytest.mark.parametrize(
    ("nom", "code_postal", "code"),
    [
        ("PARIS 20", "", "75120"),
        ("Paris", "75020", "75120"),
        ("PARIS 08", "75008", "75108"),
        ("Paris 12e Arrondissement", "75012", "75112"),
        ("Lyon", "69003", "69383"),
        ("Marseille 8ème", "13008", "13208"),
        ("Paris", "", "75056"),
        ("", "75011", "75111"),
    ],
)
def test_a_divided_town_is_narrowed_to_its_arrondissement(
    communes: Communes, nom: str, code_postal: str, code: str
) -> None:
    found = communes.find_by_name(nom, code_postal).commune
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("nom", "code_postal", "code"),
    [
        ("VALENCE CEDEX 9", "26021", "26362"),
        ("Bastia Cedex", "20405", "2B033"),
        ("PARIS CEDEX 12", "75573", "75056"),
    ],
)
def test_a_cedex_tells_the_departement(communes: Communes, nom: str, code_postal: str, code: str) -> None:
    found = communes.find_by_name(nom, code_postal).commune
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("code_postal", ["1000", "1000.0", "01 000", "01000"])
def test_the_zero_a_spreadsheet_takes_is_given_back(communes: Communes, code_postal: str) -> None:
    found = communes.find_by_name("Bourg en Bresse", code_postal).commune
    assert found is not None
    assert found.nom == "Bourg-en-Bresse"


def test_a_name_many_bear_is_answered_with_all_of_them_the_larger_first(communes: Communes) -> None:
    found = communes.find_by_name("valence")
    assert found.commune is None
    assert [commune.code for commune in found.candidates] == ["26362", "82186", "16392"]


def test_a_postal_code_many_share_decides_nothing_alone(communes: Communes) -> None:
    found = communes.find_by_name("", "01300")
    assert found.commune is None
    assert len(found.candidates) == 10
    assert all("01300" in commune.codes_postaux for commune in found.candidates)


def test_a_name_elsewhere_than_its_postal_code_is_not_decided(communes: Communes) -> None:
    found = communes.find_by_name("Montelimar", "75001")
    assert found.commune is None
    assert {"26198", "75101"} <= {commune.code for commune in found.candidates}


def test_a_former_commune_answers_with_its_own_point_and_the_code_to_keep(communes: Communes) -> None:
    found = communes.find_by_name("Béon", "01350").commune
    assert found is not None
    assert (found.code, found.current_code) == ("01039", "01138")


def test_a_commune_of_today_wins_over_a_former_one_of_its_name(communes: Communes) -> None:
    found = communes.find_by_name("Béon").commune
    assert found is not None
    assert found.code == "89037"


def test_the_old_name_of_a_commune_that_gave_its_code_finds_it(communes: Communes) -> None:
    found = communes.find_by_name("ARBIGNIEU", "01300").commune
    assert found is not None
    assert found.code == "01015"


@pytest.mark.parametrize(
    ("nom", "code_postal"),
    [
        ("", ""),
        ("Nulleville", ""),
        ("Nulleville", "99999"),
        ("", "abcde"),
        ("\x00", "²³¹⁴⁵"),
        ("x" * 5000, "9" * 5000),
    ],
)
def test_what_names_nothing_finds_nothing(communes: Communes, nom: str, code_postal: str) -> None:
    found = communes.find_by_name(nom, code_postal)
    assert found.commune is None
    assert found.candidates == ()
