"""A file goes in, a person's ranked options come out: the command, the relay, the doors, all the same."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.houses import client_of, close_house, open_house

SERVICE = {
    "source": "dora",
    "structure_id": "dora--s",
    "id": "dora--permis",
    "nom": "Aide au permis de conduire",
    "description": "Une aide pour payer le code et les heures de conduite.",
    "date_maj": "2026-09-01",
    "thematiques": ["mobilite--preparer-un-permis"],
    "publics": ["tous-publics"],
    "frais": "gratuit",
    "commune": "Die",
    "code_postal": "26150",
    "modes_accueil": ["en-presentiel"],
    "contact_nom_prenom": "Camille Canari",
}
VELO = ["mobilite--entretenir-reparer-son-vehicule"]
PERSON = {
    "code_insee": "26113",
    "constraints": [{"code": "mobilite", "priority": True}],
    "travel": {"modes": ["marche"]},
}


def jalon(folder: Path, *arguments: str, exit_code: int = 0) -> Any:
    """Run the command in a house of that folder; its JSON where it gives some."""
    environ = {**os.environ, "JALON_DATA_DIR": str(folder / "var"), "JALON_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "directory.cli", *arguments]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == exit_code, done.stdout + done.stderr
    return json.loads(done.stdout) if "--json" in arguments else done.stdout


def written(folder: Path, name: str, *rows: dict[str, Any]) -> str:
    path = folder / name
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return str(path)


def test_a_row_goes_from_a_file_to_a_ranked_option_and_leaves_when_its_source_does(
    tmp_path: Path, blank_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALON_DATABASE_URL", blank_url)
    jalon(tmp_path, "db", "upgrade")
    other = {
        **SERVICE,
        "id": "dora--velo",
        "nom": "Atelier vélo",
        "description": "Réparer son vélo ensemble.",
        "thematiques": VELO,
    }
    bad = {**SERVICE, "id": "dora--bad", "nom": ""}
    file = written(tmp_path, "services.jsonl", SERVICE, other, bad)

    report = jalon(tmp_path, "import", file, "--kind", "services", "--json", exit_code=3)
    assert (report["read"], report["created"], report["refused"]) == (3, 2, 1)
    assert (report["refusals"][0]["line"], report["refusals"][0]["field"]) == (3, "nom")
    again = jalon(tmp_path, "import", file, "--kind", "services", "--json", exit_code=3)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)

    jalon(tmp_path, "index", "sync")
    found = jalon(tmp_path, "search", "permis b", "--near", "26113", "--json")
    assert [one["id"] for one in found["items"]] == ["dora--permis"]
    assert found["items"][0]["code_insee"] == "26113"
    profile = tmp_path / "person.json"
    profile.write_text(json.dumps(PERSON), "utf-8")
    matched = jalon(tmp_path, "match", str(profile), "--json")
    assert matched["results"][0]["id"] == "dora--permis"
    assert matched["results"][0]["reasons"]
    assert "dora--permis" in jalon(tmp_path, "match", str(profile), "--explain", "dora--permis")

    house = open_house(tmp_path / "var", database_url=blank_url)
    client = client_of(house)
    answer: Any = client.get("/api/v1/search?q=permis+b&code_insee=26113").json
    assert [one["id"] for one in answer["items"]] == ["dora--permis"]
    assert answer["facets"] == found["facets"]
    sheet = client.get("/services/dora--permis")
    assert "Aide au permis de conduire" in sheet.text
    assert "Canari" not in sheet.text + client.get("/api/v1/services/dora--permis").text
    close_house(house)
    assert not any(
        b"Canari" in one.read_bytes() for one in (tmp_path / "var" / "index").rglob("*") if one.is_file()
    )

    left = written(tmp_path, "services.jsonl", *({**other, "id": f"dora--{n}"} for n in range(9)), SERVICE)
    jalon(tmp_path, "import", left, "--kind", "services", "--withdraw-missing", "--json", exit_code=3)
    jalon(tmp_path, "import", left, "--kind", "services", "--withdraw-missing", "--force", "--json")
    jalon(tmp_path, "index", "sync")
    assert jalon(tmp_path, "index", "verify", "--json") is not None
    house = open_house(tmp_path / "var", database_url=blank_url)
    assert client_of(house).get("/services/dora--velo").status_code == 410
    close_house(house)


def test_the_demo_refuses_a_base_that_holds_anything_else_and_runs_twice(tmp_path: Path) -> None:
    first = jalon(tmp_path / "demo", "demo", "--no-serve")
    assert "0 refusées" in first
    second = jalon(tmp_path / "demo", "demo", "--no-serve")
    assert "244 inchangées" in second
    shutil.rmtree(tmp_path / "demo" / "var" / "index")
    assert " 1. " in jalon(tmp_path / "demo", "demo", "--no-serve")
    jalon(tmp_path / "real", "db", "upgrade")
    jalon(tmp_path / "real", "import", written(tmp_path, "s.jsonl", SERVICE), "--kind", "services")
    jalon(tmp_path / "real", "demo", "--no-serve", exit_code=3)
