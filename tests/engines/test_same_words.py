"""However the same words are written, the same options answer, in the same order."""

import unicodedata
from collections.abc import Callable

import pytest

from indexer.engine import SearchEngine
from tests.builders import option
from tests.engines.asking import put, said

NAMES = [
    "Aide à la mobilité",
    "Accès à l’hébergement d’urgence",
    "Épicerie sociale et solidaire",
    "Crèche associative",
    "Atelier de français langue étrangère",
    "Prêt de vélos",
    "Réparation de véhicules",
    "Aide aux démarches en ligne",
    "Accueil des familles",
    "Chantier d’insertion",
    "Médiation numérique",
    "Consultation d’addictologie",
    "Prévention des impayés de loyer",
    "Bilan de compétences",
    "Vestiaire d’hiver",
    "Écoute psychologique",
]
WORDS = [
    "mobilité",
    "hébergement d’urgence",
    "épicerie solidaire",
    "crèche",
    "français",
    "prêt de vélo",
    "véhicule",
    "démarches en ligne",
    "accueil des familles",
    "insertion",
    "numérique",
    "addictologie",
    "impayés de loyer",
    "compétences",
    "écoute",
    "vêtements d’hiver",
]


def _unaccented(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))


WRITTEN: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "no accent": _unaccented,
    "decomposed": lambda words: unicodedata.normalize("NFD", words),
    "straight apostrophe": lambda words: words.replace("’", "'"),
    "plural": lambda words: " ".join(
        word if len(word) < 4 or word.endswith("s") else word + "s" for word in words.split()
    ),
    "articles": lambda words: "de la " + words,
    "punctuation": lambda words: f"« {words} » ?!",
    "spaces": lambda words: f"  {words.replace(' ', '   ')}\t\n",
    "said twice": lambda words: f"{words} {words}",
}


@pytest.mark.parametrize("way", WRITTEN)
def test_however_written_the_same_words_find_the_same(engine: SearchEngine, way: str) -> None:
    put(engine, *(option(name, description=f"{name}. Sur rendez-vous.") for name in NAMES))
    for words in WORDS:
        expected = said(engine, words)
        assert expected, words
        assert said(engine, WRITTEN[way](words)) == expected
