"""What an option is about, by what it declares and by what it says: each a sentence a service could write."""

from datetime import date
from typing import Any

import pytest

from indexer.document import OptionDocument
from indexer.reference.vocabulary import THEMES
from indexer.topics import Support, Topic, read_code, read_topics, topic_codes
from indexer.topics.wordings import InvalidWordings, read_wordings, wordings

PERMIS = "mobilite--preparer-un-permis"
VEHICLE = "mobilite--acceder-a-un-vehicule"
PLATFORM = "mobilite--etre-accompagne-dans-son-parcours-mobilite"
SHARED = "mobilite--mobilite-douce-partagee-collective"
CHILDCARE = "famille--garde-denfants"
PARENTS = "famille--soutien-a-la-parentalite-et-a-leducation"
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
FOOD = "equipement-et-alimentation--alimentation"
CARE = "sante--acces-aux-soins"
MIND = "sante--sante-mentale"
RIGHTS = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"
PAPERS = "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"
SHELTER = "logement-hebergement--rechercher-une-solution-dhebergement-temporaire"
JOBS = "trouver-un-emploi--repondre-a-des-offres-demploi"
SEARCH = "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi"
CV = "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"
DIGITAL = "numerique--maitriser-les-fondamentaux-du-numerique"
COMPANY = "creer-une-entreprise--definir-son-projet-de-creation-dentreprise"


def sheet(nom: str = "Permanence", description: str = "", **more: Any) -> OptionDocument:
    given: dict[str, Any] = {
        "id": "x", "kind": "service", "source": "test", "version": 1, "date_maj": date(2026, 11, 1),
    }  # fmt: skip
    return OptionDocument(nom=nom, description=description, **(given | more))


def told(nom: str = "Permanence", description: str = "", **more: Any) -> dict[str, Support]:
    return {topic.theme: topic.support for topic in read_topics(sheet(nom, description, **more))}


def clear(nom: str = "Permanence", description: str = "", **more: Any) -> set[str]:
    strong = (Support.NAMED, Support.ABOUT)
    return {theme for theme, support in told(nom, description, **more).items() if support in strong}


@pytest.mark.parametrize(
    ("nom", "theme"),
    [
        ("CRÈCHE À VOCATION D’INSERTION PROFESSIONNELLE (AVIP)", CHILDCARE),
        ("Multi-accueil Les Petits Pas", CHILDCARE),
        ("Faire garder son enfant tôt le matin", CHILDCARE),
        ("Location solidaire de scooters", VEHICLE),
        ("Prêt d’une voiture pour reprendre un emploi", VEHICLE),
        ("Ateliers sociolinguistiques (ASL)", FRENCH),
        ("Cours de FLE", FRENCH),
        ("Lire, écrire, compter", FRENCH),
        ("Resto du cœur : distribution de colis alimentaires", FOOD),
        ("Permanence d'Accès aux Soins de Santé (PASS)", CARE),
        ("Accueil de nuit pour personnes sans-abri", SHELTER),
        ("Ateliers numériques débutants", DIGITAL),
        ("Créer son entreprise : réunion d’information", COMPANY),
        ("atelier cv / lettre de motivation", CV),
    ],
)
def test_a_name_tells_what_it_is_about(nom: str, theme: str) -> None:
    assert told(nom)[theme] is Support.NAMED


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Permis de construire : déposer son dossier au service urbanisme", PERMIS),
        ("Titulaire du permis B exigé", PERMIS),
        ("Locaux accessibles aux personnes à mobilité réduite", PLATFORM),
        ("Pour les bénéficiaires du RSA et les demandeurs d’emploi", SEARCH),
        ("Réservé aux bénéficiaires du RSA", RIGHTS),
        ("Pièce d’identité et CV à jour", CV),
        ("Formation des bénévoles de l’association", "remobilisation--benevolat-action-citoyenne"),
        ("Location de salles", "logement-hebergement--louer-un-logement"),
        ("Pass culture et pass sport", CARE),
    ],
)
def test_what_would_mislead_is_no_topic(text: str, theme: str) -> None:
    assert told(text).get(theme) in (None, Support.MENTIONED)
    assert told("Permanence", text).get(theme) in (None, Support.MENTIONED)


def test_accents_capitals_plurals_and_small_words_do_not_matter() -> None:
    assert told("MODE DE GARDE")[CHILDCARE] is told("Les modes de garde")[CHILDCARE] is Support.NAMED
    assert told("aide a la garde des enfants")[CHILDCARE] is Support.NAMED


def test_words_of_a_phrase_may_stand_a_few_words_apart_in_one_sentence_only() -> None:
    assert told("Location de vélos, scooters et voitures")[VEHICLE] is Support.NAMED
    assert told("Location de salles. Une voiture attend devant").get(VEHICLE) is not Support.NAMED


def test_an_acronym_that_is_also_a_word_counts_only_in_capitals() -> None:
    assert CARE in told("La PASS de l’hôpital de Die")
    assert CARE not in told("Un pass pour la piscine")


def test_a_description_is_about_what_fills_it() -> None:
    text = "Plateforme mobilité : bilan mobilité, conseiller mobilité, apprendre à se déplacer."
    assert PLATFORM in clear("Le Relais des vallées", text)


def test_a_topic_in_a_list_of_twenty_is_only_mentioned() -> None:
    text = (
        "Nos agents vous accompagnent : démarches en ligne, carte grise, retraite, impôts, logement social, "
        "garde d’enfants, permis de conduire, aide alimentaire, recherche d’emploi, formation continue, "
        "accès aux soins, MDPH, surendettement, avocat, création d’entreprise, cours de français, sport."
    )
    support = told("France services de Die", text)
    assert support[PERMIS] is support[CHILDCARE] is support[FOOD] is Support.MENTIONED
    assert support[PAPERS] is Support.ABOUT


def test_beside_a_clear_name_a_word_in_passing_is_no_second_topic() -> None:
    support = told("Épicerie solidaire", "Ouvert le jeudi. Un vestiaire est tenu à côté.")
    assert support[FOOD] is Support.NAMED
    assert support["equipement-et-alimentation--habillement"] is Support.MENTIONED


def test_whom_it_is_for_and_with_whom_count_little() -> None:
    text = "Accueil. Public : femmes victimes de violences, parents isolés. Partenaires : médiation."
    assert "famille--surmonter-conflits-separation-violence" not in clear("Jardin partagé", text)


def test_a_hint_needs_company() -> None:
    assert CARE not in clear("Permanence", "Une question de santé ?")
    assert CARE in clear("Permanence", "Santé, soins, hôpital, patients : une infirmière répond.")


def test_a_specialised_organisation_tells_what_its_service_does_not() -> None:
    assert RIGHTS in clear("Accueil", structure_nom="CCAS de Die")
    assert MIND in clear("Rendez-vous du mardi", structure_nom="Centre médico-psychologique de Die")
    assert RIGHTS not in clear("Cours de danse", structure_nom="CCAS de Die")


def test_an_organisation_named_in_a_description_is_a_partner() -> None:
    assert SEARCH not in clear("Atelier cuisine", "Avec la mission locale et Cap emploi.")


def test_a_declared_theme_is_held_against_the_text() -> None:
    def support(theme: str, nom: str, description: str = "") -> Support:
        return told(nom, description, thematiques=(theme,))[theme]

    assert support(PERMIS, "Auto-école associative") is Support.NAMED
    assert support(PERMIS, "Le Volant", "Leçons de conduite et code de la route.") is Support.ABOUT
    assert support(PERMIS, "Le Volant", "Du lundi au vendredi.") is Support.SILENT
    assert support(PERMIS, "Location de vélos") is Support.KIN
    assert support(CHILDCARE, "Cours de français pour adultes") is Support.ELSEWHERE


def test_a_code_tells_its_topic_back() -> None:
    document = sheet("Auto-école", thematiques=(PERMIS, FOOD))
    assert {read_code(code) for code in topic_codes(document)} == set(read_topics(document))
    assert read_code(f"{PERMIS}~about") == Topic(PERMIS, declared=False, support=Support.ABOUT)
    with pytest.raises(ValueError, match="not a topic"):
        read_code("permis")


@pytest.mark.parametrize("text", ["", "\x00", "«»", "a" * 50_000, "l’ l' !!! ...", "(((", "١٢٣ 你好 🙂"])
def test_any_text_can_be_read(text: str) -> None:
    assert told(text or "x", text) is not None


def test_every_thematique_has_its_words_and_none_collapses_to_a_small_word() -> None:
    said = wordings()
    themes = {theme for phrases in (said.words, said.pairs, said.gaps) for some in phrases.values()
              for phrase in some for theme in phrase.says}  # fmt: skip
    assert themes == set(THEMES.codes)
    assert {word for word in said.words if len(word) < 3} <= {"cv"}


def test_words_of_no_thematique_and_a_thematique_without_words_are_refused() -> None:
    with pytest.raises(InvalidWordings) as refused:
        read_wordings('[themes.nowhere]\nsure = ["x"]\n[themes.sante--addictions]\nsure = []\nmaybe = ["y"]')
    assert {
        "nowhere: not a thématique", "sante--addictions: no wording",
        "sante--addictions: maybe is none of sure, hint, who",
    } <= set(refused.value.faults)  # fmt: skip


def test_a_phrase_without_a_word_that_counts_is_refused() -> None:
    ours = "\n".join(f'[themes.{theme}]\nsure = ["abc"]' for theme in THEMES.codes)
    with pytest.raises(InvalidWordings, match="no word that counts"):
        read_wordings(f'decoys = ["de la"]\n{ours}')
