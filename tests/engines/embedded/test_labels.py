"""Names looked up by the beginnings of their words, those sorted and those that came since alike."""

from random import Random

import pytest

from indexer.embedded.labels import Labels
from indexer.french import folded_words

WORDS = [
    "aide",
    "aux",
    "au",
    "Atelier",
    "accueil",
    "CV",
    "d’écoute",
    "de",
    "Die",
    "Drôme",
    "permis",
    "B",
    "prêt",
    "écrire",
    "2e",
    "chance",
    "zéro",
]


def _obvious(written: list[str], starts: list[str]) -> list[str]:
    """The same answer, a name at a time."""
    found = []
    for name in dict.fromkeys(written):
        words = folded_words(name)
        if all(any(word.startswith(start) for word in words) for start in starts):
            first = not " ".join(words).startswith(" ".join(starts))
            found.append((first, len(name), name))
    return [name for _, _, name in sorted(found)]


@pytest.mark.parametrize("since", [0, 1, 1_500])
def test_names_sorted_and_names_that_came_since_are_found_alike(since: int) -> None:
    dice, labels = Random(since), Labels()
    written = [" ".join(dice.choices(WORDS, k=dice.randint(1, 4))) + f" {at % 40}" for at in range(6_000)]
    for name in written:
        labels.code(name)
    list(labels.begun(["a"]))
    later = [f"{dice.choice(WORDS)} nouvelle {at}" for at in range(since)]
    for name in later:
        labels.code(name)
    for starts in (
        ["a"],
        ["ai"],
        ["a", "d"],
        ["d", "d"],
        ["accueil", "c"],
        ["nouv"],
        ["aide", "nouvelle"],
        ["x"],
    ):
        found = [labels.written[code] for code in labels.begun(starts)]
        assert found == _obvious(written + later, starts), starts


def test_a_name_has_one_code() -> None:
    labels = Labels()
    assert [labels.code(name) for name in ("Accueil", "Atelier", "Accueil")] == [0, 1, 0]
    assert [labels.written[code] for code in labels.begun(["a"])] == ["Accueil", "Atelier"]
