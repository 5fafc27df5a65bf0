"""What words find, with decoys that a careless analysis would bring in."""

import pytest

from indexer.engine import SearchEngine
from tests.builders import option
from tests.engines.asking import put, said

FOOD = "equipement-et-alimentation--alimentation"
CHILDCARE = "famille--garde-denfants"
RENT = "logement-hebergement--louer-un-logement"
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
LICENCE = "mobilite--preparer-un-permis"


@pytest.mark.parametrize(
    "typed", ["épicerie", "epicerie", "ÉPICERIE", "épiceries", "l'épicerie", "d’épicerie", "epicerie !"]
)
def test_accents_case_plural_and_elision_change_nothing(engine: SearchEngine, typed: str) -> None:
    put(engine, option("Épicerie solidaire"), option("Vestiaire"))
    assert said(engine, typed) == ["Épicerie solidaire"]


@pytest.mark.parametrize(
    ("typed", "found", "decoy"),
    [
        ("maintenace", "Agent de maintenance", "Maintien dans l’emploi"),
        ("plombier", "Plombier chauffagiste", "Fleuriste"),
        ("vigile", "Agent de sécurité", "Établissements VIGIER"),
        ("vente", "Employé de vente", "Classe verte"),
        ("esf", "Conseil en économie sociale et familiale", "Reporting ESG"),
        ("compta", "Aide-comptable", "Comptoir du livre"),
        ("cuisinier à domicile", "Cuisinier à domicile", "Aide à domicile"),
        ("chargé de déploiement", "Chargé de déploiement", "Chargé de clientèle"),
        ("permis B", "Aide au permis de conduire", "Permis de construire"),
        ("permis de conduire", "Permis B accéléré", "Permis de construire"),
        ("RSA", "Suivi du revenu de solidarité active", "Solidarité internationale"),
        ("revenu de solidarité active", "Suivi RSA", "Revenu de complément"),
        ("RQTH", "Reconnaissance de la qualité de travailleur handicapé", "Qualité de l’air"),
        ("FLE", "Français langue étrangère", "Fleurs"),
        ("français langue étrangère", "Atelier FLE", "Langue des signes"),
        ("CV", "Écrire son curriculum vitae", "Cave solidaire"),
        ("curriculum vitae", "Atelier CV", "Atelier vie quotidienne"),
        ("accès", "L’accès aux droits", "Excès de vitesse"),
        ("accueil", "Lieu d’accueil", "Recueil de nouvelles"),
        ("aujourd'hui", "Aujourd’hui pour demain", "Huissier"),
        ("prudhommes", "Conseil de prud’hommes", "Hommes en bleu"),
        ("velos", "Prêt de vélo", "Vélodrome"),
        ("travaux", "Travail d’équipe", "Traversée"),
        ("insérer", "Parcours d’insertion", "Inscription"),
        ("apprenti", "Entrer en apprentissage", "Apprivoiser l’écran"),
        ("vendeuse", "Vendeur en boulangerie", "Vendanges"),
        ("familial", "Aide aux familles", "Fauteuil"),
    ],
)
def test_a_word_finds_what_it_means_and_not_what_it_looks_like(
    engine: SearchEngine, typed: str, found: str, decoy: str
) -> None:
    put(engine, option(decoy, structure_nom=decoy), option(found))
    assert said(engine, typed) == [found]


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("nounou", CHILDCARE),
        ("crèche", CHILDCARE),
        ("garde d'enfants", CHILDCARE),
        ("FLE", FRENCH),
        ("manger", FOOD),
        ("logement HLM", RENT),
        ("permis", LICENCE),
    ],
)
def test_everyday_words_find_a_theme_whose_services_never_say_them(
    engine: SearchEngine, typed: str, theme: str
) -> None:
    put(
        engine,
        option("Le Relais", thematiques=[theme]),
        option("Le Relais bis", thematiques=["sante--addictions"]),
    )
    assert said(engine, typed) == ["Le Relais"]


def test_all_the_words_must_be_found(engine: SearchEngine) -> None:
    put(engine, option("Responsable de projet"), option("Produits d’hygiène"))
    assert said(engine, "product manager") == []
    assert said(engine, "responsable hygiène") == []


def test_a_need_nobody_answers_finds_nothing(engine: SearchEngine) -> None:
    put(engine, option("Épicerie solidaire"), option("Garage solidaire"))
    assert said(engine, "spéléologie") == []


def test_the_employer_comes_before_a_mention_in_a_description(engine: SearchEngine) -> None:
    put(
        engine,
        option("Découverte des métiers", id="a", description="Visite d’un atelier de la SNCF."),
        option("Conduite de trains", id="b", structure_nom="SNCF Voyageurs"),
    )
    assert said(engine, "sncf") == ["Conduite de trains", "Découverte des métiers"]


def test_a_description_admits_only_what_it_covers_whole_and_comes_last(engine: SearchEngine) -> None:
    put(
        engine,
        option("Permanence", id="a", description="Aide au montage du dossier de naturalisation."),
        option("Dossier de naturalisation", id="b"),
        option("Accueil", id="c", description="Un dossier est demandé."),
    )
    assert said(engine, "dossier naturalisation") == ["Dossier de naturalisation", "Permanence"]


def test_one_word_in_the_name_and_the_other_in_the_text_is_enough(engine: SearchEngine) -> None:
    put(
        engine,
        option("Atelier couture", id="a", description="Retouches et ourlets pour soi."),
        option("Mardi de l’emploi", id="b", description="On refait son CV autour d’un café, en atelier."),
    )
    assert said(engine, "atelier CV") == ["Mardi de l’emploi"]
    assert said(engine, "couture ourlets") == ["Atelier couture"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("je cherche une crèche pour mon fils", "Crèche Les Lutins"),
        ("bonjour, qui peut garder mon bébé svp ?", "Crèche Les Lutins"),
        ("où trouver un psychologue pour mon mari", "Psychologue"),
        ("cours de français pour réfugiés", "Cours de français"),
        ("location de voiture pas chère", "Location de voiture"),
        ("je n’arrive plus à payer mon loyer", "Prévention des impayés de loyer"),
    ],
)
def test_a_polite_sentence_is_read(engine: SearchEngine, typed: str, found: str) -> None:
    names = ["Crèche Les Lutins", "Psychologue", "Cours de français", "Location de voiture"]
    put(engine, *map(option, [*names, "Prévention des impayés de loyer", "Boxe"]))
    assert said(engine, typed)[0] == found
    assert "Boxe" not in said(engine, typed)


def test_of_a_long_sentence_one_thing_may_be_missing_and_comes_after(engine: SearchEngine) -> None:
    put(
        engine,
        option("Couture et tricot", id="a"),
        option("Couture, tricot et broderie", id="b"),
        option("Tricot", id="c"),
    )
    assert said(engine, "couture tricot broderie") == ["Couture, tricot et broderie", "Couture et tricot"]


def test_what_says_little_only_brings_forward(engine: SearchEngine) -> None:
    put(engine, option("Yoga", id="a"), option("Atelier de yoga", id="b"), option("Atelier", id="c"))
    assert said(engine, "atelier de yoga") == ["Atelier de yoga", "Yoga"]


def test_whom_it_is_for_brings_forward_and_never_empties(engine: SearchEngine) -> None:
    put(engine, option("Yoga", id="a"), option("Yoga doux", id="b", publics=["femmes"]))
    assert said(engine, "yoga pour femmes") == ["Yoga doux", "Yoga"]


def test_a_text_that_comes_back_to_a_thing_is_about_it(engine: SearchEngine) -> None:
    filler = " ".join(f"mot{number}" for number in range(60))
    put(
        engine,
        option("Accueil", id="a", description=f"{filler} On y trouve un potager."),
        option(
            "Lieu", id="b", description=f"{filler} Le potager : un potager partagé, le potager du quartier."
        ),
        option("Maison", id="c", description=f"Un potager pour tous. {filler}"),
    )
    assert said(engine, "potager") == ["Lieu", "Maison", "Accueil"]


def test_named_described_and_declared_comes_before_declared_alone(engine: SearchEngine) -> None:
    put(
        engine,
        option("Le Relais", id="a", thematiques=[CHILDCARE]),
        option("Le Relais des petits", id="b", thematiques=[CHILDCARE], description="Crèche associative."),
        option("Crèche", id="c", thematiques=[CHILDCARE], description="Une crèche de douze places."),
    )
    assert said(engine, "crèche") == ["Crèche", "Le Relais des petits", "Le Relais"]


def test_a_theme_that_the_text_belies_comes_last(engine: SearchEngine) -> None:
    put(
        engine,
        option("Cours de français langue étrangère", id="a", thematiques=[CHILDCARE]),
        option("Les Petits Pas", id="b", thematiques=[CHILDCARE]),
        option("Halte-garderie", id="c"),
    )
    assert said(engine, "garde d’enfants")[:2] == ["Halte-garderie", "Les Petits Pas"]


def test_what_says_it_has_closed_comes_after_all_that_is_open(engine: SearchEngine) -> None:
    put(
        engine,
        option("Garage solidaire de Nyons", id="a", description="Le garage a fermé définitivement en mai."),
        option("Prêt d’outils", id="b", description="À côté du garage solidaire."),
    )
    assert said(engine, "garage solidaire") == ["Prêt d’outils", "Garage solidaire de Nyons"]


def test_a_structure_named_for_what_it_does_says_little_of_one_service(engine: SearchEngine) -> None:
    put(
        engine,
        option("Permanence", id="a", structure_nom="Association Logement"),
        option("Bail accompagné", id="b", thematiques=[RENT]),
        option("Accueil", id="c", structure_nom="Les Boussoles"),
    )
    assert said(engine, "logement")[0] == "Bail accompagné"
    assert said(engine, "boussoles") == ["Accueil"]


@pytest.mark.parametrize(
    ("typed", "decoy"),
    [
        ("CAF", "Café associatif"),
        ("VAE", "On y va ensemble"),
        ("CléA", "Remise des clés"),
        ("PLIE", "Plier le linge"),
        ("PASS", "Passer son temps"),
        ("répit", "Repas partagé"),
        ("aidant", "Aide aux devoirs"),
        ("isolement", "Isolation des combles"),
        ("vigile", "Vigilance météo"),
        ("compta", "Compte bancaire"),
    ],
)
def test_short_words_are_not_taken_for_their_neighbours(engine: SearchEngine, typed: str, decoy: str) -> None:
    put(engine, option(decoy), option(f"Conseil {typed}"))
    assert said(engine, typed) == [f"Conseil {typed}"]


def test_the_right_trade_comes_and_its_neighbour_does_not(engine: SearchEngine) -> None:
    put(engine, option("Monteur réseaux", id="a"), option("Monteur vidéo", id="b"))
    assert said(engine, "monteur vidéo") == ["Monteur vidéo"]


def test_an_expression_is_not_found_astride_two_themes(engine: SearchEngine) -> None:
    # “… français” closes one theme and “langue” opens none: only the expression itself counts.
    put(engine, option("Entraide", occupations=["Professeur de français", "Langue étrangère des affaires"]))
    assert said(engine, "fle") == []


@pytest.mark.parametrize("typed", ["vestiare", "vestaire", "vestiaires solidairres"])
def test_a_typo_in_a_long_word_is_forgiven(engine: SearchEngine, typed: str) -> None:
    put(engine, option("Vestiaire solidaire"), option("Ressourcerie"))
    assert said(engine, typed) == ["Vestiaire solidaire"]


def test_a_typo_is_forgiven_only_where_the_exact_word_finds_nothing(engine: SearchEngine) -> None:
    put(engine, option("Formateur"), option("Fermateur"))
    assert said(engine, "fermateur") == ["Fermateur"]


def test_the_first_letters_and_short_words_forgive_nothing(engine: SearchEngine) -> None:
    put(engine, option("Maison relais"), option("Sport pour tous"))
    assert said(engine, "laison") == []
    assert said(engine, "spart") == []


def test_the_name_of_a_structure_forgives_no_typo(engine: SearchEngine) -> None:
    put(engine, option("Accueil", structure_nom="Tournesols"))
    assert said(engine, "tournesols") == ["Accueil"]
    assert said(engine, "tournesoles") == ["Accueil"]  # a plural
    assert said(engine, "tournesulz") == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "le la de du",
        "\0",
        "\"'«»",
        "&:*(",
        "((((",
        "a AND b OR NOT",
        "nom:*",
        "é" * 10_000,
        "mot " * 5_000,
        "[a TO z]",
        "\\",
        "~2",
        "\ud800",
        "🙂",
        "' OR 1=1 --",
    ],
)
def test_nothing_typed_ever_fails(engine: SearchEngine, typed: str) -> None:
    put(engine, option("Épicerie"))
    assert said(engine, typed) == []
    assert engine.suggest(typed, limit=5) == []


def test_names_are_suggested_by_the_beginning_of_their_words(engine: SearchEngine) -> None:
    put(
        engine,
        option("Grande épicerie solidaire", id="a", kind="service"),
        option("Épicerie solidaire", id="b", kind="service"),
        option("Épicerie solidaire", id="c", kind="service"),
        option("Solidarité paysanne", id="d", kind="immersion"),
    )
    assert [(one.label, one.code, one.type) for one in engine.suggest("epic sol", limit=5)] == [
        ("Épicerie solidaire", "b", "service"),
        ("Grande épicerie solidaire", "a", "service"),
    ]
    assert [one.type for one in engine.suggest("solidarité p", limit=5)] == ["immersion"]
    assert engine.suggest("picerie", limit=5) == []
    assert len(engine.suggest("s", limit=1)) == 1
