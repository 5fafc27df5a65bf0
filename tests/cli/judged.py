"""A folder of judged cases for tests: a handful of options around Die, two people, two searches."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

PERMIS = "mobilite--preparer-un-permis"
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"

STRUCTURE: Mapping[str, Any] = {
    "source": "test", "id": "test--s", "nom": "Le Tremplin", "date_maj": "2026-10-01", "commune": "Die",
    "code_insee": "26113", "adresse": "3 rue des Alpes", "latitude": 44.7531, "longitude": 5.3703,
    "code_postal": "26150",
}  # fmt: skip


def service(id_: str, nom: str, theme: str, **given: Any) -> dict[str, Any]:
    """A service of Die."""
    place = {key: STRUCTURE[key] for key in ("commune", "code_insee", "code_postal", "latitude", "longitude")}
    said = {
        "source": "test", "id": f"test--{id_}", "structure_id": "test--s", "nom": nom,
        "description": f"{nom}, chaque mardi, à son rythme et avec d'autres.", "date_maj": "2026-10-01",
        "thematiques": [theme], "publics": ["tous-publics"], "modes_accueil": ["en-presentiel"],
        "adresse": "3 rue des Alpes",
    }  # fmt: skip
    return {**said, **place, **given}


SERVICES = (
    service("licence", "Passer le permis de conduire", PERMIS),
    service("licence-38", "Permis de conduire en Isère", PERMIS, zone_eligibilite=["38"]),
    service("french", "Cours de français", FRENCH),
    service("budget", "Atelier budget", "difficultes-financieres--ameliorer-sa-gestion-budgetaire"),
)
PROFILES: Mapping[str, Mapping[str, Any]] = {
    "driver": {
        "code_insee": "26113", "travel": {"modes": ["marche"], "max_minutes": 30},
        "constraints": [{"code": "mobilite", "impact": "fort", "priority": True,
                         "objectives": ["Obtenir le permis de conduire"]}],
    },
    "learner": {"code_insee": "26113", "needs": [FRENCH]},
}  # fmt: skip
SEARCHES = (
    {"id": "licence", "q": "permis de conduire", "code_insee": "26113"},
    {"id": "pottery", "q": "poterie", "code_insee": "26113"},
)
QRELS = """\
driver 0 test--licence 3
driver 0 test--licence-38 0
learner 0 test--french 3
licence 0 test--licence 3
licence 0 test--budget 0
pottery 0 test--budget 0
"""


def write_cases(folder: Path, **given: Any) -> Path:
    """The folder, whole; `qrels`, `services`, `searches`, `profiles` or `case` may be others, None: none."""
    told: dict[str, Any] = {
        "structures": [STRUCTURE], "services": SERVICES, "searches": SEARCHES, "profiles": PROFILES,
        "qrels": QRELS, "case": {"today": "2026-11-23"},
    } | given  # fmt: skip
    (folder / "profiles").mkdir(parents=True)
    for name, profile in (told["profiles"] or {}).items():
        (folder / "profiles" / f"{name}.json").write_bytes(orjson.dumps(profile))
    for name in ("structures", "services", "searches"):
        if told[name] is not None:
            (folder / f"{name}.jsonl").write_bytes(lines(told[name]))
    if told["qrels"] is not None:
        (folder / "qrels.txt").write_text(told["qrels"], encoding="utf-8")
    if told["case"] is not None:
        (folder / "case.json").write_bytes(orjson.dumps(told["case"]))
    return folder


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON Lines."""
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)
