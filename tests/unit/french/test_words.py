"""The lists of words are whole, and each of their lines does something."""

from collections import Counter

import pytest
from data_inclusion.schema.v1 import Thematique

from indexer.french import index_tokens
from indexer.question import read_question
from indexer.searchable import theme_words, token_fields
from indexer.strengths import OCCUPATIONS
from indexer.words import read_synonyms, read_theme_words
from indexer.words.lists import LEMMAS
from tests.builders import option


def test_every_theme_has_words_people_say() -> None:
    assert set(read_theme_words()) == {theme.value for theme in Thematique}
    for theme in Thematique:
        assert index_tokens(theme_words(theme.value)) > index_tokens(str(theme.label))


def test_every_group_gives_its_reason_and_leads_somewhere() -> None:
    synonyms = read_synonyms()
    assert len(synonyms.same) + len(synonyms.toward) >= 300
    for group in (*synonyms.same, *synonyms.toward):
        assert group.why
        assert len(group.words) + len(group.to) >= 2
        for words in group.words:
            assert index_tokens(words), words


def test_every_word_of_a_group_leads_to_the_others() -> None:
    for group in read_synonyms().same:
        for said in group.words:
            question = read_question(said)
            terms = [*question.needed, *(term for term, _ in question.helpful)]
            meant = {tuple(index_tokens(other)) for other in group.words} - {tuple(index_tokens(said))}
            assert any(meant <= set(term.others) for term in terms), (said, group.words)


@pytest.mark.parametrize(
    ("acronym", "spelled"),
    [
        ("permis B", "permis de conduire"),
        ("RSA", "revenu de solidarité active"),
        ("FLE", "français langue étrangère"),
        ("CV", "curriculum vitae"),
        ("CMP", "centre médico-psychologique"),
        ("PMI", "protection maternelle et infantile"),
        ("SIAO", "service intégré d’accueil et d’orientation"),
        ("PIMMS", "point information médiation multiservices"),
        ("ADIL", "agence départementale d’information sur le logement"),
        ("CSS", "complémentaire santé solidaire"),
        ("AAH", "allocation aux adultes handicapés"),
        ("MDPH", "maison départementale des personnes handicapées"),
        ("E2C", "école de la deuxième chance"),
        ("E.T.T.I.", "entreprise de travail temporaire d’insertion"),
        ("G.E.M.", "groupe d’entraide mutuelle"),
        ("RQTH", "reconnaissance de la qualité de travailleur handicapé"),
        ("FSL", "fonds de solidarité pour le logement"),
        ("CSAPA", "centre de soins, d’accompagnement et de prévention en addictologie"),
        ("PMSMP", "période de mise en situation en milieu professionnel"),
        ("TISF", "technicienne de l’intervention sociale et familiale"),
    ],
)
def test_an_acronym_is_spelled_out_and_back(acronym: str, spelled: str) -> None:
    for typed, meant in ((acronym, spelled), (spelled, acronym)):
        [term] = read_question(typed).needed
        assert tuple(index_tokens(meant)) in term.others


def test_no_group_is_written_twice() -> None:
    groups = Counter(frozenset(map(tuple, map(index_tokens, group.words))) for group in read_synonyms().same)
    assert [group for group, times in groups.items() if times > 1 or len(group) < 2] == []


def test_lemmas_are_folded() -> None:
    assert all(word.isascii() and word == word.lower() for word in LEMMAS)


def test_an_unknown_theme_is_read_by_its_code() -> None:
    assert index_tokens(theme_words("a--garde-animaux"))[:2] == index_tokens("garde animaux")


def test_parts_of_a_field_are_kept_apart() -> None:
    fields = token_fields(option("Nom", occupations=["Professeur de français", "Langue étrangère"]))
    tokens = fields[OCCUPATIONS].split()
    assert tokens[tokens.index("franc") + 1] not in ("langu", "professeur")
