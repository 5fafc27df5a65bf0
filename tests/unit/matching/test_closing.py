"""What a text says of the end of an option; seasons, opening hours and doors that close are no end."""

import pytest

from matching.closing import closing
from tests.unit.matching.builders import PERMIS, TODAY, excluded, ids, matches, option, person, result


def end(text: str, nom: str = "Permanence") -> str | None:
    told = closing(option("x", nom=nom, description=text), TODAY)
    return told.end if told else None


@pytest.mark.parametrize(
    "text",
    [
        "ATTENTION : le garage a fermé définitivement en mai 2022.",
        "Activité ARRÊTÉE depuis juin, faute de bénévoles.",
        "Épicerie du jeudi. (fermée depuis le 31/12/2021)",
        "Le bébébus ne circule plus.",
        "Candidatures closes le 29 février. Action non reconduite.",
        "Dispositif exceptionnel Covid. Terminé au 30 juin 2021.",
        "L’association a cessé son activité.",
        "Ce service n’existe plus.",
        "Les chèques ne sont plus acceptés.",
        "Fin de l’action : juillet 2022.",
        "Site en maintenance",
    ],
)
def test_a_text_that_says_closed_is_believed(text: str) -> None:
    assert end(text) == "closed"


@pytest.mark.parametrize(
    "text",
    [
        "Fermé en août et le mercredi après-midi.",
        "Huit séances dans une cour fermée, puis en ville.",
        "On y boit un café, wifi libre même quand c’est fermé depuis le banc.",
        "Aide à domicile à la ferme. J’arrête de fumer.",
        "Un bilan est transmis au prescripteur à la fin de l’action.",
        "Bilan de santé complet pour tous ; équipement complet à petit prix.",
        "Ouvert depuis mars 2019. Agréé par arrêté du 12 juin 2021.",
        "Prochaine session le 4 janvier 2027.",
        "Entretien à la maintenance des ascenseurs.",
    ],
)
def test_what_goes_on_is_not_ended(text: str) -> None:
    assert end(text) is None


def test_dates_gone_by_tell_of_an_event_that_is_over() -> None:
    assert end("Cycle de six séances d’octobre à décembre 2022.") == "past"
    assert end("Inscriptions du 3 mars 2025 au 2 janvier 2027.") is None
    assert end("Appel à candidatures.", nom="Permis citoyen 2024") == "past"
    assert end("Encore en 2026.", nom="Permis citoyen 2024") is None


@pytest.mark.parametrize(
    "text", ["Complet jusqu’en janvier", "Liste d’attente longue", "Il n’y a plus de place"]
)
def test_full_is_told_and_leaves_the_option(text: str) -> None:
    assert end(text) == "full"
    listed = result(matches(person(needs=[PERMIS]), option("x", PERMIS, description=text)), "x")
    assert any("complet ou liste d’attente" in one for one in listed["to_check"])
    assert listed["eligibility"] == "met"


def test_what_is_closed_is_left_out_with_its_words() -> None:
    closed = option("x", PERMIS, description="Le service est fermé définitivement.")
    found = matches(person(needs=[PERMIS]), closed, option("open", PERMIS))
    assert ids(found) == ["open"]
    assert excluded(found)["x"] == ("fermée ou terminée, d’après son texte (« ferme definitivement »)",)


def test_what_is_over_comes_after_what_goes_on() -> None:
    over = option("over", PERMIS, km=1, description="Stage en octobre 2023.")
    found = matches(person(needs=[PERMIS]), over, option("open", PERMIS, km=9))
    assert ids(found) == ["open", "over"]
