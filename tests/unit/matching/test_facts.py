"""What is told of a person and what follows; the page that tells of it."""

import re
from pathlib import Path

import pytest

from matching.facts import FACTS, settle
from tests.unit.matching.builders import PERMIS, excluded, matches, option, person

PAGE = (Path(__file__).parents[3] / "docs" / "eligibility.md").read_text("utf-8")


def test_every_fact_is_on_the_page_with_its_mark() -> None:
    table = PAGE.partition("## Facts")[2].partition("## Programmes")[0]
    named = dict(re.findall(r"`([a-z0-9-]+)`(\*?)", "\n".join(re.findall(r"^\| `.*", table, re.MULTILINE))))
    assert named == {name: "*" if fact.sensitive else "" for name, fact in FACTS.items()}


ALLOWANCES = dict.fromkeys(("rsa", "ass", "aah"), False)
LONG, LONGER = "sans-emploi-12-mois", "sans-emploi-24-mois"


@pytest.mark.parametrize(
    ("told", "publics", "known"),
    [
        ({"rsa": True}, [], {"rsa": True, "minima-sociaux": True}),
        ({"rsa": False}, [], {"rsa": False}),
        (ALLOWANCES, [], ALLOWANCES | {"minima-sociaux": False}),
        ({LONGER: True}, [], {LONGER: True, LONG: True}),
        ({LONG: False}, [], {LONG: False, LONGER: False}),
        ({}, ["beneficiaires-des-minimas-sociaux"], {"minima-sociaux": True}),
        ({}, ["etudiants"], {"etudiant": True}),
        ({"etudiant": False}, ["etudiants"], {"etudiant": False}),
        ({}, ["personnes-en-situation-de-handicap", "demandeurs-emploi"], {}),
    ],
)
def test_what_follows(told: dict[str, bool], publics: list[str], known: dict[str, bool]) -> None:
    assert settle(told, frozenset(publics)) == known


NAMES = [
    "École de la 2e chance", "EPIDE", "Contrat d’engagement jeune", "PLIE", "Cap emploi", "ESAT",
    "Chantier d’insertion", "Entreprise adaptée", "Permanence de la mission locale", "Auto-école",
]  # fmt: skip
TEXTS = [
    "16-25 ans", "Bénéficier du RSA", "Habiter Valence", "Permis B", "Femmes uniquement", "Niveau 4 minimum",
    "RQTH", "Sur orientation", "Domiciliés en Ardèche", "Moins de 26 ans inscrits à France Travail",
]  # fmt: skip


@pytest.mark.parametrize("nom", NAMES)
def test_who_told_nothing_is_left_out_of_nothing_but_a_place(nom: str) -> None:
    options = [
        option(f"o{number}", PERMIS, nom=nom, publics=(), sheet={"conditions_acces": text})
        for number, text in enumerate(TEXTS)
    ]
    nobody = person(needs=[PERMIS])
    assert excluded(matches(nobody, *options)) == {}
