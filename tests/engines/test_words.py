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
