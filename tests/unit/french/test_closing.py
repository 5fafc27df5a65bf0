"""What says it has closed, and what only seems to."""

import pytest

from indexer.closing import says_closed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Garage", "ATTENTION : le garage a fermé définitivement en mai 2022."),
        ("Épicerie (fermée depuis le 31/12/2021)", ""),
        ("Pass numérique", "Dispositif terminé."),
        ("Cellule d’écoute", "Dispositif exceptionnel Covid. Terminé au 30 juin 2021."),
        ("Permis citoyen", "Candidatures closes le 29 février."),
        ("Accueil", "Ce service n’existe plus."),
        ("Accueil", "La permanence n'est plus assurée."),
        ("Atelier", "L’association a cessé ses activités."),
        ("Cours du lundi", "Activité ARRÊTÉE depuis juin 2023, faute de bénévoles."),
    ],
)
def test_what_says_so_has_closed(name: str, text: str) -> None:
    assert says_closed(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Accueil", "Fermé le lundi et en août."),
        ("Accueil", "Nous accueillons aussi quand tout est fermé."),
        ("Accueil", "Pour ceux qui n’ont plus de logement, qui n’existent plus pour personne."),
        ("Formation", "On termine par un stage ; terminé par une soutenance."),
        ("Atelier", "Un atelier terminé par un goûter."),
        ("Suivi", "Avoir terminé le contrat d’intégration."),
        ("Consultations", "x" * 400 + " La permanence de Die est fermée depuis 2020."),
        ("", ""),
    ],
)
def test_what_closes_for_a_day_or_speaks_of_something_else_is_open(name: str, text: str) -> None:
    assert not says_closed(name, text)
