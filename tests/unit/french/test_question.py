"""What a question asks for, as it is typed."""

import pytest

from indexer.question import MAX_WORDS, Question, read_question


def needed(typed: str) -> list[str]:
    """What must be found, each term's tokens joined."""
    return [" ".join(term.typed) for term in read_question(typed).needed]


def helping(typed: str) -> list[str]:
    """What had better be found, the words side by side left out."""
    return [" ".join(term.typed) for term, _ in read_question(typed).helpful if len(term.typed) == 1]


def test_an_expression_is_one_term_with_those_that_say_the_same() -> None:
    [term] = read_question("je cherche le revenu de solidarité active").needed
    assert term.typed == ("revenu", "solidarit", "activ")
    assert ("rsa",) in term.others


def test_a_way_given_one_way_only_is_not_taken_back() -> None:
    [childcare], [creche] = read_question("nounou").needed, read_question("crèche").needed
    assert ("crech",) in childcare.near
    assert ("nounou",) not in (*creche.others, *creche.near)
    assert ("agent", "securit") in read_question("vigile").needed[0].near
    for term in read_question("agent de sécurité").needed:
        assert ("vigil",) not in (*term.others, *term.near)


@pytest.mark.parametrize(
    ("word", "typos"), [("vente", 0), ("garage", 1), ("maintenanc", 2), ("article12", 0)]
)
def test_only_long_words_may_hold_typos(word: str, typos: int) -> None:
    assert [term.typos for term in read_question(word).needed] == [typos]


def test_a_question_is_read_up_to_a_sane_length() -> None:
    assert len(read_question(" ".join(f"mot{number}" for number in range(500))).needed) == MAX_WORDS
    assert len(read_question("garage " * 3_000).needed) == 1


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("je cherche une crèche pour mon fils", ["crech"]),
        ("Bonjour, je voudrais une crèche pour ma fille svp", ["crech"]),
        ("une nounou pour garder mes enfants", ["nounou", "gard enfant"]),
        ("qui peut garder mon bébé ?", ["gard enfant"]),
        ("j'ai besoin d'un psychologue pour mon mari", ["psycholog"]),
        ("comment faire un CV", ["cv"]),
        ("où trouver de l'aide alimentaire", ["aide alimentair"]),
        ("formation cariste", ["carist"]),
        ("un atelier de couture", ["coutur"]),
        ("permis E", ["permis", "e"]),
        ("product manager", ["product", "manag"]),
        ("chargé de déploiement", ["deploi"]),
        ("cours de français pour réfugiés", ["cours franc"]),
        ("je cherche un logement pour mon mari handicapé", ["logement"]),
        ("gens du voyage", ["gen voyag"]),
        ("location de voiture pas chère", ["locat voitur"]),
    ],
)
def test_what_only_puts_the_question_or_says_for_whom_is_not_needed(typed: str, what: list[str]) -> None:
    assert needed(typed) == what


def test_what_says_little_is_what_is_asked_when_nothing_else_is_said() -> None:
    assert needed("je cherche un atelier") == ["ateli"]
    assert needed("aide pour les jeunes") == ["jeun"]
    assert helping("aide pour les jeunes") == ["aide"]
    assert needed("pour mon mari") == ["mari"]


def test_what_helps_counts_by_what_it_tells() -> None:
    weights = {
        " ".join(term.typed): weight for term, weight in read_question("cours de yoga pour femmes").helpful
    }
    assert 0 < weights["cours"] < weights["femm"] < 1
    assert 0 < weights["cours yoga"] < 1


@pytest.mark.parametrize("typed", ["", "le la de du", "je cherche", "bonjour merci", "?!", "\0"])
def test_nothing_is_asked_by_words_that_say_nothing(typed: str) -> None:
    assert read_question(typed) == Question()
