"""Occupations by code, by everyday words, and from one version of the ROME to the next."""

import re
from pathlib import Path

import pytest

from indexer.engine import Suggestion
from indexer.reference.errors import UnreadableList
from indexer.reference.occupations import Occupation, Occupations, genders
from indexer.reference.rome_files import load_occupations
from indexer.words import read_occupation_words

ROME = re.compile(r"[A-N]\d{4}")
V3 = "code_rome;libelle_rome\r\nK1302;Assistance auprès d'adultes\r\nK2503;Sécurité privée\r\n"
V3_TITLES = (
    "ogr_appellation;rome_code;libelle_appellation_long;libelle_appellation_court\r\n"
    "1;K1302;Auxiliaire de vie;Auxiliaire de vie\r\n"
    "2;K2503;Agent / Agente de sécurité;Agent / Agente de sécurité\r\n"
)
V4 = (
    '"code_rome","code_fiche_metier","libelle_rome","code_rome_parent"\n'
    '"K1302","392","Assistant / Assistante de vie","K1302"\n'
    '"K1306","30066","Accompagnant / Accompagnante d\'élèves","K1302"\n'
)


@pytest.fixture(scope="module")
def demo() -> Occupations:
    return load_occupations()


@pytest.fixture
def rome(tmp_path: Path) -> Path:
    (tmp_path / "romes_public.csv").write_text(V3, encoding="utf-8-sig", newline="")
    (tmp_path / "appellations_public.csv").write_text(V3_TITLES, encoding="utf-8", newline="")
    (tmp_path / "rome_v460.csv").write_text(V4, encoding="utf-8")
    return tmp_path


def codes(found: list[Suggestion]) -> list[str]:
    return [suggestion.code for suggestion in found]


@pytest.mark.parametrize(
    "code",
    [
        "K1304",
        "K1302",
        "G1602",
        "N1105",
        "F1703",
        "D1106",
        "A1203",
        "I1604",
        "J1501",
        "K1303",
        "D1102",
        "K2204",
        "A1405",
    ],
)
def test_the_occupations_of_the_demo_are_shipped(demo: Occupations, code: str) -> None:
    assert demo.label(code) != code
    assert demo.suggest(code)[0].code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("boulang", "D1102"),
        ("boulangère", "D1102"),
        ("BOULANGERE", "D1102"),
        ("boulangers", "D1102"),
        ("vigile", "K2503"),
        ("nounou", "K1303"),
        ("compta", "M1203"),
        ("cuisinière", "G1602"),
        ("femme de ménage", "K1304"),
        ("auxiliaire vie", "K1302"),
        ("maintenace", "I1309"),
        ("agent d entretein", "K2204"),
        ("k2204", "K2204"),
    ],
)
def test_an_occupation_is_found_by_everyday_words(demo: Occupations, typed: str, code: str) -> None:
    assert codes(demo.suggest(typed))[0] == code


def test_what_people_say_is_known_beside_the_titles_of_france_travail(rome: Path) -> None:
    occupations = load_occupations(rome)
    assert occupations.suggest("vigile") == [Suggestion("Vigile (Sécurité privée)", "K2503", "occupation")]
    assert occupations.suggest("femme de ménage") == []  # K1304 is not in that list


def test_every_everyday_word_proposes_its_occupation() -> None:
    said = read_occupation_words()
    every = Occupations(Occupation(code, f"Métier {code}") for code in said)
    for code, words in said.items():
        assert ROME.fullmatch(code)
        for word in words:
            assert code in codes(every.suggest(word, 5)), word


def test_what_was_meant_is_shown_with_the_label(demo: Occupations) -> None:
    assert demo.suggest("vigile") == [
        Suggestion("Vigile (Agent / Agente de prévention et de sécurité)", "K2503", "occupation")
    ]
    assert demo.suggest("boulanger")[0].label == "Boulanger / Boulangère"


@pytest.mark.parametrize("typed", ["", "  ", "product owner", "verte", "xyz", "\x00&*", "q" * 10_000])
def test_nothing_is_suggested_rather_than_noise(demo: Occupations, typed: str) -> None:
    assert demo.suggest(typed) == []


def test_each_occupation_comes_once_and_no_more_than_asked_for(demo: Occupations) -> None:
    found = codes(demo.suggest("agent", 4))
    assert len(found) == len(set(found)) == 4
    assert found == codes(demo.suggest("agent", 20))[:4]


def test_an_unknown_code_is_shown_as_it_is(demo: Occupations) -> None:
    assert demo.find("Z9999") is None
    assert demo.label("Z9999") == demo.parent("Z9999") == "Z9999"
    assert demo.family("Z9999") == {"Z9999"}


def test_the_files_of_france_travail_are_read_both_versions_together(rome: Path) -> None:
    occupations = load_occupations(rome)
    assert len(occupations) == 3
    assert occupations.label("K1302") == "Assistant / Assistante de vie"
    assert occupations.label("K2503") == "Sécurité privée"
    assert codes(occupations.suggest("assistance auprès")) == ["K1302"]
    assert codes(occupations.suggest("agente de secu")) == ["K2503"]


def test_a_code_of_the_older_version_stands_for_those_that_came_from_it(rome: Path) -> None:
    occupations = load_occupations(rome)
    assert occupations.parent("K1306") == "K1302"
    assert occupations.family("K1302") == {"K1302", "K1306"}


def test_a_newer_code_stands_for_itself_and_its_parent_not_for_its_sisters() -> None:
    occupations = Occupations(
        [
            Occupation("K1302", "a"),
            Occupation("K1306", "b", parent="K1302"),
            Occupation("K1311", "c", parent="K1302"),
        ]
    )
    assert occupations.family("K1306") == {"K1306", "K1302"}


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("romes_public.csv", "code_rome;autre\nK1302;x\n", "libelle_rome"),
        ("romes_public.csv", "code_rome;libelle_rome\nK1302\n", "incomplète"),
        ("rome_v460.csv", "", "code_rome"),
        ("autre.csv", "rien", "aucun fichier ROME"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_told(tmp_path: Path, name: str, content: str, fault: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UnreadableList, match=fault):
        load_occupations(tmp_path)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "romes_public.csv").write_bytes("code_rome;libelle_rome\nK1302;é\n".encode("latin-1"))
    with pytest.raises(UnreadableList, match=r"romes_public\.csv"):
        load_occupations(tmp_path)


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("Boulanger / Boulangère", ("boulanger", "boulangere")),
        ("Agent / Agente d'accueil", ("agent d accueil", "agente d accueil")),
        ("Employé familial / Employée familiale", ("employe familial", "employee familiale")),
        ("Plaquiste", ("plaquiste",)),
        ("Web vendeur / vendeuse", ("web vendeur", "web vendeuse")),
        ("Opérateur de tri / Opératrice", ("operateur de tri", "operatrice de tri")),
        ("Valet / Femme de chambre", ("valet de chambre", "femme de chambre")),
    ],
)
def test_both_genders_of_a_title_are_whole(title: str, forms: tuple[str, ...]) -> None:
    assert genders(title) == forms
