"""Free text read for what is certain, and only that."""

from typing import Any

import pytest

from matching.conditions import Conditions, conditions
from tests.unit.matching.builders import option


def read(text: str, field: str = "conditions_acces") -> Conditions:
    sheet: dict[str, Any] = {field: text}
    return conditions(option("x", sheet=sheet))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Jeunes de 16 à 25 ans", 16, 25),
        ("16-25 ans", 16, 25),
        ("Entre 18 et 30 ans.", 18, 30),
        ("Avoir 18 ans", 18, None),
        ("à partir de 16 ans", 16, None),
        ("18 ans et plus", 18, None),
        ("Plus de 60 ans", 60, None),
        ("Moins de 26 ans", None, 25),
        ("Jusqu’à 25 ans", None, 25),
        ("Être majeur", 18, None),
        ("16-25 ans ou 18 à 30 ans", 16, 30),
        ("Habiter la commune depuis plus de 20 ans", None, None),
        ("Enfants de 3 à 6 ans", None, None),
        ("Parents d’enfants de moins de 18 ans", None, None),
        ("Accueil de 3 à 6 ans", None, None),
        ("Avoir 2 ans d’expérience", None, None),
        ("Ouvert à tous", None, None),
    ],
)
def test_ages(text: str, low: int | None, high: int | None) -> None:
    told = read(text)
    assert (told.low, told.high) == (low, high)


@pytest.mark.parametrize(
    "text", ["16-25 ans", "Réservé aux jeunes de 16 à 25 ans", "Avoir entre 18 et 30 ans"]
)
def test_a_plain_age_is_certain(text: str) -> None:
    assert read(text).certain


@pytest.mark.parametrize(
    "text",
    ["16-25 ans, 30 ans si RQTH", "16-25 ans en priorité", "16 à 25 ans sauf dérogation", "Ouvert à tous"],
)
def test_an_age_with_a_hedge_is_not(text: str) -> None:
    assert not read(text).certain


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Être inscrit à France Travail", "inscription à France Travail"),
        ("Inscription obligatoire à Pôle emploi", "inscription à France Travail"),
        ("Sur orientation d’un travailleur social", "orientation par un professionnel"),
        ("Bénéficiaires du RSA", "bénéficier du RSA"),
        ("RQTH demandée", "reconnaissance de travailleur handicapé (RQTH)"),
        ("Sous conditions de ressources", "conditions de ressources"),
        ("Habitants des quartiers prioritaires", "habiter un quartier prioritaire"),
    ],
)
def test_frequent_conditions_are_to_check(text: str, check: str) -> None:
    assert check in read(text).checks


def test_publics_precisions_and_prerequisites_are_read_too() -> None:
    assert read("16-25 ans", "publics_precisions").high == 25
    assert read("Permis B", "prerequis").checks == ("permis B",)


def test_the_description_tells_no_condition() -> None:
    assert (
        conditions(option("x", description="Créée il y a 16-25 ans, inscrits à France Travail"))
        == Conditions()
    )


def test_bounds_as_a_reader_sees_them() -> None:
    assert Conditions(16, 25).ages == "de 16 à 25 ans"
    assert Conditions(16).ages == "à partir de 16 ans"
    assert Conditions(None, 25).ages == "jusqu’à 25 ans"
    assert Conditions().ages == ""
