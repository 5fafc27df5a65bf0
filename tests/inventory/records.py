"""One-line rows of files: what a test does not name is plausible and the same every time."""

from datetime import date
from typing import Any, Final

from directory.inventory.records import Record, RecordKind

TODAY: Final = date(2026, 11, 23)


def structure(id_: str = "dora--s1", **given: Any) -> Record:
    """A structure in Valence."""
    return record(
        "structure", id_, {"nom": "Le Tremplin", "commune": "Valence", "code_insee": "26362"}, given
    )


def service(id_: str = "dora--1", **given: Any) -> Record:
    """A service in Valence, of the structure `dora--s1`."""
    told = {
        "structure_id": "dora--s1",
        "nom": "Préparer le code de la route",
        "description": "Un atelier chaque mardi, à son rythme.",
        "thematiques": ["mobilite--preparer-un-permis"],
        "commune": "Valence",
        "code_insee": "26362",
        "adresse": "3 rue des Alpes",
        "latitude": 44.93,
        "longitude": 4.89,
        "contact_nom_prenom": "Camille Roux",
    }
    return record("service", id_, told, given)


def immersion(id_: str = "dora--i1", **given: Any) -> Record:
    """An offer of a bakery in Die, with a slot of two places."""
    told = {
        "nom": "Fournil du Glandasse",
        "rome": "D1102",
        "appellation": "Boulanger",
        "commune": "Die",
        "code_insee": "26113",
        "creneaux": [slot()],
    }
    return record("immersion", id_, told, given)


def training(id_: str = "dora--t1", **given: Any) -> Record:
    """A training in Crest, with a session."""
    told = {
        "nom": "Titre professionnel maçon",
        "organisme": "Greta de la Drôme",
        "rome": ["F1703"],
        "commune": "Crest",
        "code_insee": "26108",
        "sessions": [session()],
    }
    return record("training", id_, told, given)


def slot(id_: str = "a", **given: Any) -> dict[str, Any]:
    """A week in December, two places."""
    return {"id": id_, "debut": date(2026, 12, 7), "fin": date(2026, 12, 11), "places": 2} | given


def session(id_: str = "a", **given: Any) -> dict[str, Any]:
    """Two months from January, ten places of which four are taken."""
    told = {"id": id_, "debut": date(2027, 1, 4), "fin": date(2027, 3, 5), "places": 10, "places_prises": 4}
    return told | given


def record(kind: RecordKind, id_: str, told: dict[str, Any], given: dict[str, Any]) -> Record:
    """`source`, `line` and `deduced` are the record's own, the rest its values."""
    rest = {name: value for name, value in given.items() if name not in ("source", "line", "deduced")}
    return Record(
        kind=kind,
        id=id_,
        source=given.get("source", "dora"),
        line=given.get("line", 1),
        deduced=given.get("deduced", frozenset()),
        values={"date_maj": date(2026, 10, 1)} | told | rest,
    )
