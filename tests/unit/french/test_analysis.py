"""What `indexer.french` makes of a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.french import analyse, folded_words, index_tokens
from indexer.question import read_question
from indexer.words.lists import STOP_WORDS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("emploi", "emplois"),
        ("travail", "travaux"),
        ("vélo", "VÉLOS"),
        ("famille", "familiales"),
        ("insérer", "insertion"),
        ("apprenti", "apprentissage"),
        ("apprentie", "apprentis"),
        ("vendeur", "vendeuses"),
        ("éducateur", "éducatrice"),
        ("infirmier", "infirmières"),
        ("mécanicien", "mécanicienne"),
        ("sociale", "sociaux"),
        ("local", "locaux"),
        ("bureau", "bureaux"),
        ("mobilité", "mobilite"),
        ("cœur", "coeur"),
        ("l’accès", "accès"),
        ("qu'aujourd'hui", "aujourd’hui"),
        ("prud’hommes", "prudhommes"),
        ("R.S.A.", "rsa"),
        ("e\u0301cole", "école"),
        ("formation", "se former"),
        ("handicapée", "handicap"),
    ],
)
def test_forms_of_one_word_share_a_token(one: str, other: str) -> None:
    assert index_tokens(one) == index_tokens(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vente", "verte"),
        ("esf", "esg"),
        ("port", "portage"),
        ("cours", "cour"),
        ("social", "société"),
        ("logement", "logiciel"),
        ("maintenance", "maintien"),
        ("formation", "formulaire"),
        ("permis", "permettre"),
    ],
)
def test_words_that_only_look_alike_do_not(one: str, other: str) -> None:
    assert index_tokens(one) != index_tokens(other)


def test_stop_words_go_and_the_licence_stays() -> None:
    assert index_tokens("le permis B de l’un et des autres") == ["permis", "b"]


def test_tokens_and_their_words_go_in_step() -> None:
    tokens, words = analyse("L’accès aux Épiceries solidaires")
    assert words == ["acces", "epiceries", "solidaires"]
    assert tokens == index_tokens("acces epiceries solidaires")
    assert folded_words("L’accès aux droits") == ["acces", "aux", "droits"]


@settings(deadline=None)  # the first question reads the files of words
@given(st.text(max_size=300) | st.text("'’.lLdD éà.-_\0&:*(", max_size=60))
def test_any_text_gives_clean_tokens(text: str) -> None:
    tokens, words = analyse(text)
    assert tokens == index_tokens(text)
    for written in (*tokens, *words):
        assert written
        assert not any(c.isspace() for c in written)
        assert written not in STOP_WORDS or written in tokens
    read_question(text)


@given(st.text(max_size=60))
def test_case_changes_nothing(text: str) -> None:
    assert index_tokens(text.casefold()) == index_tokens(text)
