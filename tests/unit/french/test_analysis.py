"""What `indexer.french` makes of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.french import MAX_WORDS, analyse, folded_words, index_tokens, query_terms
from indexer.words import STOP_WORDS


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
    assert [len(term.typed) for term in query_terms("permis C")] == [1, 1]


def test_tokens_and_their_words_go_in_step() -> None:
    tokens, words = analyse("L’accès aux Épiceries solidaires")
    assert words == ["acces", "epiceries", "solidaires"]
    assert tokens == index_tokens("acces epiceries solidaires")
    assert folded_words("L’accès aux droits") == ["acces", "aux", "droits"]


def test_an_expression_is_one_term_with_those_that_say_the_same() -> None:
    [term] = query_terms("je cherche le revenu de solidarité active")
    assert term.typed == ("revenu", "solidarit", "activ")
    assert ("rsa",) in term.others


def test_a_way_given_one_way_only_is_not_taken_back() -> None:
    [childcare], [creche] = query_terms("nounou"), query_terms("crèche")
    assert ("crech",) in childcare.others
    assert ("nounou",) not in creche.others
    assert ("agent", "securit") in query_terms("vigile")[0].others
    assert all(("vigil",) not in term.others for term in query_terms("agent de sécurité"))


@pytest.mark.parametrize(
    ("word", "typos"), [("vente", 0), ("garage", 1), ("maintenanc", 2), ("article12", 0)]
)
def test_only_long_words_may_hold_typos(word: str, typos: int) -> None:
    assert [term.typos for term in query_terms(word)] == [typos]


def test_a_question_is_read_up_to_a_sane_length() -> None:
    assert len(query_terms(" ".join(f"mot{number}" for number in range(500)))) == MAX_WORDS
    assert len(query_terms("garage " * 3_000)) == 1


@given(st.text(max_size=300) | st.text("'’.lLdD éà.-_\0&:*(", max_size=60))
def test_any_text_gives_clean_tokens(text: str) -> None:
    tokens, words = analyse(text)
    assert tokens == index_tokens(text)
    for written in (*tokens, *words):
        assert written
        assert not any(c.isspace() for c in written)
        assert written not in STOP_WORDS or written in tokens
    query_terms(text)


@given(st.text(max_size=60))
def test_case_changes_nothing(text: str) -> None:
    assert index_tokens(text.casefold()) == index_tokens(text)
