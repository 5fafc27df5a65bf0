"""A small inventory around Die and Valence, with traps: decoys, wrong publics, far ones, bare sheets."""

from datetime import date, timedelta
from typing import Any, Final

from indexer.document import ON_SITE, REMOTE, Occurrence, OptionDocument, Point

TODAY: Final = date(2026, 11, 23)

PLACES: Final = {
    "Die": ("26113", Point(44.7531, 5.3703)),
    "Châtillon-en-Diois": ("26086", Point(44.6947, 5.4739)),
    "Saillans": ("26289", Point(44.6964, 5.1925)),
    "Crest": ("26108", Point(44.7286, 5.0222)),
    "Valence": ("26362", Point(44.9334, 4.8924)),
}

CV = "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"
PERMIS = "mobilite--preparer-un-permis"
VEHICLE = "mobilite--acceder-a-un-vehicule"
SHARED = "mobilite--mobilite-douce-partagee-collective"
PLATFORM = "mobilite--etre-accompagne-dans-son-parcours-mobilite"
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
DIGITAL = "numerique--maitriser-les-fondamentaux-du-numerique"
EQUIPMENT = "numerique--acquerir-un-equipement"
CHILDCARE = "famille--garde-denfants"
SHELTER = "logement-hebergement--rechercher-une-solution-dhebergement-temporaire"
RENT = "logement-hebergement--reduire-les-impayes-de-loyer"
FOOD = "equipement-et-alimentation--alimentation"
DEBT = "difficultes-financieres--situation-dendettement-surendettement"
BUDGET = "difficultes-financieres--ameliorer-sa-gestion-budgetaire"
CARE = "sante--acces-aux-soins"
MIND = "sante--sante-mentale"
RIGHTS = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"
PAPERS = "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"
JOBS = "trouver-un-emploi--repondre-a-des-offres-demploi"
LINKS = "remobilisation--lien-social"


def _option(id: str, nom: str, place: str, themes: tuple[str, ...] = (), **more: Any) -> OptionDocument:  # noqa: A002
    code, point = PLACES[place]
    given: dict[str, Any] = {
        "id": id, "nom": nom, "kind": "service", "source": "test", "version": 1, "commune": place,
        "code_insee": code,
        "points": (point,), "modes_accueil": (ON_SITE,), "thematiques": tuple(sorted(themes)),
        "publics": ("tous-publics",), "date_maj": TODAY - timedelta(days=60), "structure_id": f"s-{id}",
        "completeness": 0.6,
    }  # fmt: skip
    return OptionDocument(**(given | more))


def _dated(id: str, nom: str, place: str, rome: str, days: int, **more: Any) -> OptionDocument:  # noqa: A002
    starts = TODAY + timedelta(days=days)
    slot = Occurrence(
        id=f"{id}-1", starts=starts, ends=starts + timedelta(days=12), ask_by=starts, places_left=1
    )
    return _option(id, nom, place, rome=(rome,), **({"kind": "immersion", "occurrences": (slot,)} | more))


REMOTELY: Final[dict[str, Any]] = {"modes_accueil": (REMOTE,), "points": ()}

INVENTORY: Final = (
    _option("permis-die", "Auto-école associative", "Die", (PERMIS,), frais="gratuit"),
    _option("permis-valence", "Permis B accompagné", "Valence", (PERMIS,), frais="gratuit"),
    _option("permis-bare", "Code de la route et permis B avec l’entraide du Diois", "Die", publics=()),
    _option("permis-construire", "Permis de construire et urbanisme", "Die", (PAPERS,)),
    _option("plateforme", "Plateforme mobilité : bilan et conseils", "Crest", (PLATFORM,)),
    _option("navette", "Transport à la demande du Diois", "Die", (SHARED,), frais="payant"),
    _option("garage", "Garage solidaire : location de voiture", "Saillans", (VEHICLE,)),
    _option("numerique-die", "Ateliers numériques pour débutants", "Die", (DIGITAL,)),
    _option("numerique-crest", "Initiation informatique", "Crest", (DIGITAL,)),
    _option(
        "numerique-complet",
        "Atelier informatique",
        "Die",
        (DIGITAL,),
        description="Complet jusqu’à mars.",
    ),
    _option("numerique-ferme", "Atelier informatique", "Die", (DIGITAL,), description="Activité arrêtée."),
    _option("numerique-visio", "Cours d’informatique en visioconférence", "Valence", (DIGITAL,), **REMOTELY),
    _option("ordinateurs", "Ordinateurs reconditionnés à petit prix", "Crest", (EQUIPMENT,)),
    _option(
        "fle-die", "Cours de français langue étrangère", "Die", (FRENCH,), publics=("personnes-exilees",)
    ),
    _option("fle-remote", "Apprendre le français en ligne", "Valence", (FRENCH,), **REMOTELY),
    _option("creche", "Crèche parentale", "Die", (CHILDCARE,), publics=("familles",)),
    _option("nounous", "Relais petite enfance : trouver une nounou", "Châtillon-en-Diois", (CHILDCARE,)),
    _option("abri", "Hébergement d’urgence de la vallée", "Crest", (SHELTER,)),
    _option("loyer", "Impayés de loyer : aide du fonds de solidarité", "Die", (RENT,)),
    _option("epicerie", "Épicerie solidaire", "Die", (FOOD,), zone_eligibilite=("26113",)),
    _option(
        "epicerie-chatillon", "Épicerie sociale", "Châtillon-en-Diois", (FOOD,), zone_eligibilite=("26086",)
    ),
    _option("dettes", "Dossier de surendettement avec un conseiller", "Die", (DEBT, BUDGET)),
    _option("budget-jeunes", "Atelier budget", "Die", (BUDGET,), publics=("jeunes",)),
    _option("budget-remote", "Point conseil budget par téléphone", "Valence", (BUDGET, DEBT), **REMOTELY),
    _option("soins", "Centre de santé", "Die", (CARE,)),
    _option("psy", "Groupe de parole et soutien psychologique", "Die", (MIND,)),
    _option("droits", "France services : démarches et accès aux droits", "Die", (RIGHTS, PAPERS)),
    _option(
        "tout",
        "Accueil de tous pour tout",
        "Die",
        (RIGHTS, PAPERS, CARE, FOOD, PERMIS, DIGITAL, CV, LINKS, DEBT),
    ),
    _option("cv-die", "Atelier CV", "Die", (CV,), publics=("demandeurs-emploi",)),
    _option("cv-jeunes", "CV des 16-25 ans", "Die", (CV,), sheet={"publics_precisions": "16-25 ans"}),
    _option("interim", "Intérim d’insertion", "Die", (JOBS,), mobilisable_par=("professionnels",)),
    _option("jardin", "Jardin partagé : rompre l’isolement", "Die", (LINKS,)),
    _dated("aide-domicile", "Aide à domicile", "Die", "K1304", 8),
    _dated("aide-domicile-loin", "Aide à domicile", "Valence", "K1304", 8),
    _dated("aide-domicile-tard", "Aide à domicile, au printemps", "Die", "K1304", 120),
    _dated("vie-sociale", "Auxiliaire de vie", "Die", "K1302", 8),
    _dated("cuisinier", "Cuisinier à domicile", "Die", "G1602", 8),
)
