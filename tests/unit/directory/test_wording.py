"""The words of a wish: the place told apart, and the same question with one thing less."""

import pytest

from directory.wording import fewer_words, without_place


@pytest.mark.parametrize(
    ("typed", "place", "left"),
    [
        ("crèche à Valence", "Valence", "crèche à "),
        ("Aide alimentaire VALENCE", "Valence", "Aide alimentaire "),
        ("un médecin près de Romans sur Isère svp", "Romans-sur-Isère", "un médecin près de  svp"),
        ("garde d’enfants à la garde", "La Garde", "garde d’enfants à "),
        ("la garde d’enfants", "La Garde", "la garde d’enfants"),
        ("Valence", "Valence", "Valence"),
        ("crèche", "Die", "crèche"),
        ("ﬁnancer un permis à Die", "Die", "ﬁnancer un permis à Die"),  # a ligature folds to two letters
        ("", "Die", ""),
    ],
)
def test_the_name_of_the_place_is_no_word_to_find(typed: str, place: str, left: str) -> None:
    assert without_place(typed, place) == left


@pytest.mark.parametrize(
    ("typed", "fewer"),
    [
        ("réparation de montgolfière", ["réparation", "montgolfière"]),
        ("Crèche bilingue russe", ["Crèche bilingue", "Crèche russe", "bilingue russe"]),
        ("je cherche une garde d’enfants équestre", ["garde d’enfants", "équestre"]),
        ("yoga", []),
        ("je cherche", []),
        ("\0", []),
    ],
)
def test_one_thing_less_is_said_as_it_was_typed(typed: str, fewer: list[str]) -> None:
    assert sorted(fewer_words(typed)) == sorted(fewer)
