"""`jalon evaluate`: a folder of judged cases in, figures out, nothing of the installation touched."""

import gzip
import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.cli.commands import Terminal
from tests.cli.judged import PERMIS, PROFILES, QRELS, SEARCHES, SERVICES, service, write_cases


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return write_cases(tmp_path / "cases")


def test_json_has_the_measures_of_people_and_searches_beside_the_baselines(
    terminal: Terminal, cases: Path
) -> None:
    ran = terminal.run("evaluate", cases, "--json")
    body = ran.json
    assert ran.code == 0
    assert body["people"]["ndcg@10"] == body["searches"]["ndcg@10"] == 1.0
    assert set(body["baselines"]) == {"distance", "text", "listing", "matches"}
    for figures in body["baselines"].values():
        assert {"ndcg@10", "p@5", "recall@50", "rr"} <= figures["people"].keys() & figures["searches"].keys()
    assert body["baselines"]["distance"]["people"]["violations@10"] == 2
    assert body["people"]["violations@10"] == 0
    assert (body["today"], body["gain"]) == ("2026-11-23", "2^g-1")


def test_a_query_that_nothing_answers_is_counted_apart(terminal: Terminal, cases: Path) -> None:
    searches = terminal.run("evaluate", cases, "--json").json["searches"]
    assert (searches["queries"], searches["measured"]["ndcg@10"]) == (2, 1)
    assert searches["without_relevant_queries"] == ["pottery"]
    assert searches["without_relevant_shown@10"] == 0
    assert searches["per_query"]["licence"]["ndcg@10"] == 1.0
    assert "ndcg@10" not in searches["per_query"]["pottery"]


def test_people_read_tables(terminal: Terminal, cases: Path) -> None:
    ran = terminal.run("evaluate", cases)
    assert ran.code == 0
    for said in ("Profils (2)", "Recherches (2, 1 sans aucune réponse)", "Jalon", "distance seule", "2^note"):
        assert said in ran.out


def test_nothing_of_the_installation_is_touched(furnished: Terminal, cases: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in furnished.folder.rglob("*") if file.is_file()}
    furnished.run("evaluate", cases, "--json")
    assert {file: file.stat().st_mtime_ns for file in furnished.folder.rglob("*") if file.is_file()} == before


def test_the_inventory_may_be_packed_and_stand_elsewhere(terminal: Terminal, cases: Path) -> None:
    inventory = cases.parent / "inventory"
    inventory.mkdir()
    for name in ("structures", "services"):
        packed = gzip.compress((cases / f"{name}.jsonl").read_bytes())
        (inventory / f"{name}.jsonl.gz").write_bytes(packed)
        (cases / f"{name}.jsonl").unlink()
    (cases / "case.json").write_text('{"inventory": "../inventory"}')
    ran = terminal.run("evaluate", cases, "--today", "2026-11-23", "--json")
    assert (ran.code, ran.json["people"]["ndcg@10"]) == (0, 1.0)


def test_services_alone_are_an_inventory_and_searches_alone_are_cases(
    terminal: Terminal, tmp_path: Path
) -> None:
    cases = write_cases(tmp_path / "c", structures=None, profiles=None, case=None)
    body = terminal.run("evaluate", cases, "--json").json
    assert (body["people"]["queries"], body["people"]["ndcg@10"]) == (0, None)
    assert body["searches"]["ndcg@10"] == 1.0


def test_refused_rows_and_options_that_are_not_there_are_told(terminal: Terminal, tmp_path: Path) -> None:
    wrong = {key: value for key, value in service("lost", "Perdu", "x").items() if key != "nom"}
    qrels = f"{QRELS}driver 0 test--lost 2\nnobody 0 test--budget 1\n"
    cases = write_cases(tmp_path / "c", services=[*SERVICES, wrong], qrels=qrels)
    ran = terminal.run("evaluate", cases, "--json")
    assert ran.code == 3
    assert ran.json["unknown_options"] == {"count": 1, "ids": ["test--lost"]}
    assert ran.json["unknown_queries"] == ["nobody"]
    assert ran.json["inventory"][1]["refused"] == 1
    assert "1 lignes refusées" in ran.err
    assert "test--lost" in ran.err
    assert "nobody" in ran.err


def test_a_key_that_means_nothing_is_told_and_passed_over(terminal: Terminal, tmp_path: Path) -> None:
    cases = write_cases(
        tmp_path / "c",
        searches=[{**SEARCHES[0], "remark": "x", "notes": "y"}],
        profiles={"driver": {**PROFILES["driver"], "who": "y"}},
    )
    ran = terminal.run("evaluate", cases, "--json")
    assert (ran.code, ran.json["people"]["ndcg@10"], ran.json["searches"]["ndcg@10"]) == (0, 1.0, 1.0)
    assert "(2) : driver.json : who, recherche licence : remark" in ran.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"qrels": None}, "qrels.txt : ce fichier manque"),
        ({"qrels": "\n# rien\n"}, "aucun jugement"),
        ({"qrels": "nobody 0 test--budget 3\n"}, "aucun jugement ne porte"),
        ({"qrels": "driver 0 test--licence 3\ndriver 0\n"}, "ligne 2"),
        ({"qrels": "driver 0 test--licence 7\n"}, "ligne 1"),
        ({"structures": None, "services": None}, "aucun inventaire"),
        ({"profiles": None, "searches": None}, "rien à évaluer"),
        ({"profiles": {"driver": {"code_insee": "00000", "age": -1}}}, "driver.json ne peut pas être lu"),
        ({"profiles": {"driver": []}}, "un objet JSON"),
        ({"searches": [{"q": "x"}]}, "searches.jsonl, ligne 1 : un objet JSON avec un id"),
        ({"searches": [{"id": "a", "q": "x"}, {"id": "a", "q": "y"}]}, "ligne 2 : l'id « a » est déjà pris"),
        ({"searches": [{"id": "a", "lat": "north"}]}, "ligne 1 : valeurs qui ne conviennent pas pour lat"),
        ({"searches": [{"id": "driver", "thematiques": ["magie"]}]}, "Recherche driver : « magie »"),
        ({"case": {"today": "demain"}}, "today s'écrit AAAA-MM-JJ"),
    ],
)
def test_cases_that_cannot_be_used_say_why(
    terminal: Terminal, tmp_path: Path, given: dict[str, Any], said: str
) -> None:
    ran = terminal.run("evaluate", write_cases(tmp_path / "c", **given), "--json")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_file_cut_short_says_where(terminal: Terminal, cases: Path) -> None:
    (cases / "searches.jsonl").write_bytes(b'{"id": "a", "q": "x"}\n{"id": "b", "q"')
    assert "ligne 2 : ce n'est pas du JSON" in terminal.run("evaluate", cases).err
    shutil.copy(cases / "searches.jsonl", cases / "profiles" / "cut.json")
    assert "cut.json n'est pas un fichier JSON" in terminal.run("evaluate", cases).err


def weights(folder: Path, version: str, **values: float) -> Path:
    """A file of weights; a rule left out keeps its packaged one."""
    file = folder / f"{version}.toml"
    lines = (f"{rule} = {value}" for rule, value in values.items())
    file.write_text(f'version = "{version}"\n[weights]\n' + "\n".join(lines), encoding="utf-8")
    return file


#: A free one a little farther than the one that is charged.
NEAR_OR_FREE = [
    service("near", "Permis de conduire au centre", PERMIS, frais="payant"),
    service("free", "Permis de conduire pour tous", PERMIS, frais="gratuit", latitude=44.78),
]


def test_what_a_second_weighting_would_change_is_told_person_by_person(
    terminal: Terminal, tmp_path: Path
) -> None:
    driver = {**PROFILES["driver"], "travel": {"modes": ["voiture"]}}
    cases = write_cases(
        tmp_path / "c", services=NEAR_OR_FREE, profiles={"driver": driver}, searches=None,
        qrels="driver 0 test--near 1\ndriver 0 test--free 3\n",
    )  # fmt: skip
    a = weights(cases, "near", reachable=100, affordable=0)
    b = weights(cases, "free", reachable=0, affordable=100)
    ran = terminal.run("evaluate", cases, "--weights", a, "--weights", b, "--json")
    told = ran.json["comparison"]
    assert (told["a"]["weights"], told["b"]["weights"], told["unchanged"]) == ("near", "free", 0)
    assert told["ndcg@10"]["delta"] > 0.2
    assert [(one["id"], one["before"], one["after"]) for one in told["people"]["driver"]["moves"]] == [
        ("test--free", 2, 1), ("test--near", 1, 2),
    ]  # fmt: skip
    read = terminal.run("evaluate", cases, "--weights", a, "--weights", b)
    assert "2 →  1  Permis de conduire pour tous" in read.out
    assert "1 profils changent, 0 non." in read.out


def test_two_weightings_are_compared_even_where_nobody_judged(terminal: Terminal, tmp_path: Path) -> None:
    cases = write_cases(tmp_path / "c", qrels=None)
    ran = terminal.run("evaluate", cases, "--weights", "défaut", "--weights", "défaut", "--json")
    told = ran.json["comparison"]
    assert (ran.code, told["people"], told["unchanged"], told["ndcg@10"]) == (0, {}, 2, None)


def test_one_weighting_takes_the_place_of_the_published_one(
    terminal: Terminal, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published, tried = weights(cases, "publiés", fresh=1), weights(cases, "essai", fresh=2)
    monkeypatch.setenv("JALON_WEIGHTS", str(published))
    assert terminal.run("evaluate", cases, "--json").json["weights_version"] == "publiés"
    body = terminal.run("evaluate", cases, "--weights", tried, "--json").json
    assert body["weights_version"] == "essai"
    assert "comparison" not in body


#: One line that differs from the packaged mapping.
LINES = """
version = "essai"
status = "validé"
author = "test"
extends = "jalon"
[needs.9]
themes.preparer-sa-candidature--developper-son-reseau = 0.3
"""


def test_a_mapping_is_tried_as_weights_are(terminal: Terminal, cases: Path) -> None:
    mapping = cases / "m.toml"
    mapping.write_text(LINES, encoding="utf-8")
    ran = terminal.run("evaluate", cases, "--mapping", "défaut", "--mapping", mapping, "--json")
    assert ran.code == 0, ran.err
    told = ran.json["comparison"]
    assert told["a"]["mapping"] != told["b"]["mapping"]
    assert told["a"]["weights"] == told["b"]["weights"]


def test_weights_that_cannot_be_read_stop_it_before_anything_is_built(
    terminal: Terminal, cases: Path
) -> None:
    ran = terminal.run("evaluate", cases, "--weights", weights(cases, "essai", reach=0))
    assert (ran.code, "« reach » n'est pas une règle" in ran.err) == (2, True)
    assert terminal.run("evaluate", cases, "--weights", cases / "none.toml").code == 2
    assert terminal.run("evaluate", cases, *["--weights", "défaut"] * 3).code == 2


def test_the_same_service_from_two_sources_is_not_folded(terminal: Terminal, tmp_path: Path) -> None:
    twin = service("twin", "Passer le permis de conduire", PERMIS, source="other")
    qrels = "driver 0 test--licence 3\ndriver 0 test--twin 3\n"
    cases = write_cases(tmp_path / "c", services=[*SERVICES, twin], qrels=qrels)
    assert terminal.run("evaluate", cases, "--json").json["people"]["recall@50"] == 1.0


def test_the_day_is_the_one_of_the_case(terminal: Terminal, tmp_path: Path) -> None:
    session = {"id": "x", "debut": "2026-12-01", "fin": "2026-12-20", "places": 5, "places_prises": 0}
    training = {
        **service("course", "Code de la route", PERMIS), "organisme": "Greta", "rome": ["N4101"],
        "sessions": [session],
    }  # fmt: skip
    for key in ("structure_id", "modes_accueil"):
        training.pop(key)
    driver = {**PROFILES["driver"], "projects": [{"rome": "N4101"}]}
    cases = write_cases(tmp_path / "c", profiles={"driver": driver}, qrels="driver 0 test--course 3\n")
    (cases / "trainings.jsonl").write_bytes(orjson.dumps(training) + b"\n")
    assert terminal.run("evaluate", cases, "--json").json["people"]["recall@50"] == 1.0
    later = terminal.run("evaluate", cases, "--today", "2026-12-02", "--json").json
    assert (later["today"], later["people"]["recall@50"]) == ("2026-12-02", 0.0)
