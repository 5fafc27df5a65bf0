"""What conditions ask, and what they only seem to ask. The texts are the kinds met in real inventories."""

import pytest

from matching.clauses import Ask, Level, read_clauses, split


def asks(text: str) -> list[tuple[str, ...]]:
    return [ask.facts for ask in read_clauses(split(text)).asks]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Être inscrit à France Travail", "inscrit-france-travail"),
        ("Inscription obligatoire à Pôle emploi", "inscrit-france-travail"),
        ("Demandeurs d’emploi inscrits depuis plus de douze mois", "inscrit-france-travail"),
        ("Bénéficiaires du RSA", "rsa"),
        ("Allocataires de l’ASS", "ass"),
        ("Percevoir l’AAH", "aah"),
        ("Être bénéficiaire d’un minima social", "minima-sociaux"),
        ("Reconnaissance de travailleur handicapé", "rqth"),
        ("Habiter un QPV", "qpv"),
        ("Commune classée en ZRR", "frr"),
        ("Permis B en cours de validité", "permis-b"),
        ("Titulaire du permis de conduire", "permis-b"),
        ("Élever seul au moins un enfant", "parent-isole"),
        ("Personnes placées sous main de justice", "sous-main-de-justice"),
        ("Jeunes sortant de l’aide sociale à l’enfance", "sortant-ase"),
        ("Bénéficiaire d’une protection internationale", "refugie"),
        ("Carte d’étudiant", "etudiant"),
    ],
)
def test_what_is_asked(text: str, fact: str) -> None:
    assert asks(text) == [(fact,)]


@pytest.mark.parametrize(
    "text",
    [
        "Sans condition de ressources",
        "Aimer le dehors ; permis B non exigé",
        "Permis B apprécié, pas obligatoire",
        "Pas besoin d’être inscrit à France Travail",
        "Inscrit ou non à France Travail",
        "Bénéficiaire du RSA ou non",
        "Même sans permis B",
        "Avoir le permis AM (ancien BSR)",
        "Pas besoin d'orientation MDPH",
        "Niveau A2 à l’oral",
        "Niveau fin de troisième en calcul",
        "Ni RSA ni AAH",
        "Être accompagné par le PLIE",
        "Ouvert à tous",
        "Espacement des visites",
        "Adhésion de 10 euros par an",
    ],
)
def test_what_is_denied_or_is_something_else_asks_nothing(text: str) -> None:
    read = read_clauses(split(text))
    assert (read.asks, read.others, read.referral, read.level) == ((), (), False, Level())


@pytest.mark.parametrize(
    "text",
    [
        "Être inscrit à France Travail ou suivi par la mission locale",
        "RQTH obtenue ou demandée",
        "RSA en priorité",
        "Demandeurs d’emploi, bénéficiaires du RSA, séniors",
        "Bénéficiaire du RSA (ou en cours de demande)",
        "Demandeurs d’emploi et bénéficiaires du RSA",
        "Permis B souhaité",
    ],
)
def test_a_choice_a_list_or_a_wish_is_never_plain(text: str) -> None:
    assert not any(ask.plain for ask in read_clauses(split(text)).asks)


def test_a_plain_clause_is_plain_whatever_stands_beside_it() -> None:
    assert read_clauses(split("Bénéficier du RSA ; permis souhaité")).asks == (Ask(("rsa",), plain=True),)
    assert read_clauses(split("Habitants des quartiers prioritaires")).asks == (Ask(("qpv",), plain=True),)


def test_a_choice_between_facts_is_one_ask() -> None:
    assert asks("Être inscrit à France Travail ou au RSA") == [("inscrit-france-travail", "rsa")]
    assert asks("Bénéficiaires RSA, ASS, AAH") == [("rsa", "ass", "aah")]
    assert asks("Être inscrit à France Travail. Permis B") == [("inscrit-france-travail",), ("permis-b",)]


@pytest.mark.parametrize(
    "text",
    [
        "Sur orientation d’un travailleur social",
        "Orientation par un référent (CMS, mission locale)",
        "Prescription d'un conseiller",
        "Orientation sociale",
        "Fiche de liaison",
        "Demande instruite par un travailleur social",
        "Être orienté par le Département",
        "Lettre d’un travailleur social",
    ],
)
def test_a_referral(text: str) -> None:
    assert read_clauses(split(text)).referral


@pytest.mark.parametrize(
    "text", ["Sans orientation ni rendez-vous", "L’orientation professionnelle des jeunes"]
)
def test_no_referral(text: str) -> None:
    assert not read_clauses(split(text)).referral


def test_an_appointment() -> None:
    assert read_clauses(split("Sur rendez-vous")).appointment
    assert read_clauses(split("Uniquement sur RDV")).appointment
    assert not read_clauses(split("Sans rendez-vous")).appointment


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Réservé aux femmes", "femmes"),
        ("Femmes uniquement", "femmes"),
        ("Femmes seules avec enfants", "femmes"),
        ("Hommes isolés de plus de 25 ans, sans animaux", "hommes"),
        ("Femmes et hommes", ""),
        ("Femmes enceintes, familles", ""),
        ("Hommes ou femmes de plus de 18 ans", ""),
        ("Accueil des femmes et des enfants", ""),
    ],
)
def test_a_sex(text: str, sex: str) -> None:
    assert read_clauses(split(text)).sex == sex


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Niveau 4 minimum", 4, None),
        ("Niveau de diplôme 3 exigé", 3, None),
        ("Niveau 3 ou infra", None, 3),
        ("Sans diplôme ni qualification", None, 3),
        ("Sans diplôme ou bac non validé", None, None),
        ("Niveau 3ème", None, None),
        ("Aucun diplôme demandé", None, None),
    ],
)
def test_a_level(text: str, least: int | None, most: int | None) -> None:
    assert read_clauses(split(text)).level == Level(least, most)
