"""Diagnostics made elsewhere, in the shapes that their tools give; every word of them invented."""

import copy
from typing import Any, Final

#: What must never come out of an import, wherever a tool put it.
CANARY: Final = "Zyxwvut"

AGENT: Final = {"id": f"T{CANARY}", "nom": CANARY, "prenom": CANARY, "structure": "Agence de Valence"}

_V4: Final[dict[str, Any]] = {
    "nir": "2850126362041 88",
    "usager": {"nom": CANARY, "prenom": CANARY, "dateNaissance": "1985-01-02"},
    "besoinsParDiagnostic": [
        {
            "diagnostic": {
                "idDiagnostic": CANARY, "nomMetier": "Aide à domicile", "codeTypologie": "MR",
                "codeRome": "K1304",
                "statut": "EN_COURS", "estPrioritaire": True, "agent": AGENT,
                "dateMiseAJour": "2026-10-01T10:00:00.000+00:00",
            },
            "thematiquesBesoins": [
                {
                    "code": "1",
                    "besoins": [
                        {"code": "4", "libelle": "Confirmer son choix", "valeur": "BESOIN", "agent": AGENT},
                        {"code": "1", "libelle": "Identifier ses points forts", "valeur": "POINT_FORT"},
                    ],
                },
                {"code": "3", "besoins": [{"code": "9", "libelle": "CV", "valeur": "NON_EXPLORE"}]},
            ],
        }
    ],
    "thematiqueContrainte": {
        "code": 7,
        "libelle": "Résoudre ses contraintes personnelles",
        "declareSansContrainte": {"flag": False, "date": None},
        "agent": AGENT,
        "contraintes": [
            {
                "code": "23", "libelle": "Développer sa mobilité", "valeur": "OUI", "estPrioritaire": True,
                "impact": "FORT", "dateExploration": "2026-10-02", "agent": AGENT,
                "situations": [
                    {"code": "6", "libelle": "Aucun moyen de transport à disposition", "valeur": "OUI",
                     "agent": AGENT},
                    {"code": "8", "libelle": "Permis non valide", "valeur": "NON"},
                    {"code": "7", "libelle": "Dépendant des transports en commun", "valeur": "NON_ABORDEE"},
                ],
                "objectifs": [
                    {"code": "6", "libelle": "Obtenir le permis de conduire (code/conduite)",
                     "valeur": "EN_COURS"},
                    {"code": "4", "libelle": "Faire un point complet", "valeur": "REALISE"},
                    {"code": "5", "libelle": "Entretenir", "valeur": "ABANDONNE"},
                    {"code": "29", "libelle": "Accéder à un véhicule", "valeur": "NON_ABORDE"},
                ],
            },
            {"code": "25", "libelle": "Prendre en compte son état de santé", "valeur": "NON_ABORDEE"},
            {"code": "27", "libelle": "Logement", "valeur": "CLOTUREE", "impact": "NON_RENSEIGNE",
             "situations": None},
        ],
    },
    "pouvoirAgir": {"confiance": "NON", "accompagnement": "NE_SAIT_PAS",
                    "resultatAnalyse": "Possible perte de confiance", "agent": AGENT},
    "autonomieNumerique": {
        "contrainte": {"code": "22", "libelle": "Accéder au numérique", "valeur": "OUI"},
        "besoin": {"code": "7", "valeur": "BESOIN"},
    },
}  # fmt: skip

_V1: Final[dict[str, Any]] = {
    "besoinsParDiagnosticIndividuDtos": [
        {
            "nomMetier": None, "statut": "EN_COURS", "estPrioritaire": False,
            "besoins": [
                {"code": "19", "libelle": "Connaître les opportunités d’emploi à l’étranger",
                 "valeur": "POINT_FORT"},
                {"code": "12", "libelle": "Répondre à des offres d’emploi", "valeur": "BESOIN"},
            ],
        }
    ],
    "contraintesIndividusDto": {
        "conseiller": CANARY,
        "contraintes": [
            {
                "id": 27, "nom": "Faire face à des difficultés de logement", "valeur": "OUI",
                "date": "2021-05-17T14:47:11.000+00:00",
                "objectifs": [{"code": "20", "valeur": "EN_COURS"}, {"code": "18", "valeur": "EN_COURS"}],
            }
        ],
    },
}  # fmt: skip


def version_4() -> dict[str, Any]:
    """A diagnostic in the shape of the current API."""
    return copy.deepcopy(_V4)


def version_1() -> dict[str, Any]:
    """One in the shape of the first."""
    return copy.deepcopy(_V1)


def criteria(**more: Any) -> dict[str, Any]:
    """Orientation criteria, as an API nests them."""
    told = {"origine": "INSCRIPTION_AUTO_CAF", "contrainteSante": "AUCUNE", "boe": False}
    return {"dossier": {"nom": CANARY}, "criteresOrientation": told | more}
