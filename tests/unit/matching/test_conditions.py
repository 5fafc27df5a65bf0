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
        ("Avoir 60 ans ou plus", 60, None),
        ("De 0 à 16 ans", None, None),
        ("8 à 22 ans ayant un parent malade", None, None),
        ("Mineurs confiés à l’aide sociale à l’enfance uniquement", None, 17),
        ("3 ans de permis B", None, None),
        ("Association de plus de 20 ans d’existence", None, None),
    ],
)
def test_ages(text: str, low: int | None, high: int | None) -> None:
    told = read(text)
    assert (told.low, told.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "16-25 ans",
        "Réservé aux jeunes de 16 à 25 ans",
        "Avoir entre 18 et 30 ans",
        "Avoir 60 ans ou plus",
        "17-25 ans, volontaires, sans diplôme ou bac non validé",
        "16-25 ans ; prescription ou visite",
        "16-25 ans, jusqu’à 29 ans révolus en situation de handicap",
    ],
)
def test_a_plain_age_is_certain(text: str) -> None:
    assert read(text).certain


@pytest.mark.parametrize(
    "text",
    [
        "16-25 ans et enfants",
        "16-25 ans en priorité",
        "Jeune (16-30 ans), Résident",
        "16-30 ans, saisonniers de tous âges",
        "12-25 ans et leurs parents",
        "16-25 ans, demandeurs d’emploi",
        "Être salarié du privé ou avoir moins de 30 ans",
        "Plus de 65 ans, ou 60 ans avec un handicap",
        "16 à 25 ans sauf dérogation",
        "Ouvert à tous",
    ],
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
        ("Habitants des quartiers prioritaires", "habiter un quartier prioritaire (QPV), selon l’adresse"),
    ],
)
def test_frequent_conditions_are_to_check(text: str, check: str) -> None:
    assert check in read(text).checks


def test_publics_precisions_and_prerequisites_are_read_too() -> None:
    assert read("16-25 ans", "publics_precisions").high == 25
    assert read("Permis B", "prerequis").checks == ("permis B",)


def test_a_stretch_for_the_handicapped_leaves_the_bounds_certain() -> None:
    for text in ("16-25 ans (30 ans si handicap)", "16-25 ans, jusqu’à 30 ans avec une RQTH"):
        told = read(text)
        assert (told.low, told.high, told.until, told.certain) == (16, 25, 30, True)
        assert told.ages == "de 16 à 25 ans, jusqu’à 30 ans avec une RQTH"
        assert told.checks == ()


def described(text: str) -> Conditions | None:
    return conditions(option("x", description=text)).reserved


def test_a_description_tells_a_condition_only_where_it_reserves() -> None:
    assert described("Créée il y a 16-25 ans, inscrits à France Travail") is None
    told = described("Un accueil pour tous. Réservé aux jeunes de 16 à 25 ans. Café offert.")
    assert told is not None
    assert (told.low, told.high) == (16, 25)
    told = described("Réparation de voitures pour habitants de l'Ardèche exclusivement.")
    assert told is not None
    assert [one.names for one in told.residences] == [("Ardèche",)]


def test_bounds_as_a_reader_sees_them() -> None:
    assert Conditions(16, 25).ages == "de 16 à 25 ans"
    assert Conditions(16).ages == "à partir de 16 ans"
    assert Conditions(None, 25).ages == "jusqu’à 25 ans"
    assert Conditions().ages == ""
