"""`jalon search`, `match` and `check`, for people and for machines."""

import socket
from pathlib import Path

import orjson
import pytest

from directory.inventory.catalogue import withdraw
from directory.inventory.intake import take
from tests.cli.commands import Terminal
from tests.houses import close_house, open_house, service, structure, writing


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Somebody in Valence who wants a driving licence."""
    file = tmp_path / "profile.json"
    told = {"code_insee": "26362", "needs": ["mobilite--preparer-un-permis"]}
    file.write_bytes(orjson.dumps(told))
    return file


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], 6),
        (["transport"], 1),
        (["--kind", "services"], 4),
        (["--kind", "service"], 4),
        (["--kind", "immersions", "--kind", "trainings"], 2),
        (["--theme", "mobilite"], 2),
        (["--public", "femmes", "--kind", "services"], 3),
        (["--near", "26362", "--radius-km", "5"], 3),
        (["--near", "44.7531,5.3703", "--radius-km", "5"], 3),
        (["--near", " 44.7531 , 5.3703 ", "--limit", "1"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_search_keeps_what_each_option_names(furnished: Terminal, arguments: list[str], found: int) -> None:
    answer = furnished.done("search", *arguments, "--json").json
    assert len(answer["items"]) == found
    names = [one["nom"] for one in answer["items"]]
    shown = furnished.done("search", *arguments).out
    assert all(name in shown for name in names)


def test_search_says_what_an_empty_list_withholds(furnished: Terminal) -> None:
    assert "1 résultats" in furnished.done("search", "transport", "--kind", "immersions").out


def test_match_prints_what_its_json_says(furnished: Terminal, profile: Path) -> None:
    answer = furnished.done("match", profile, "--json").json
    shown = furnished.done("match", profile).out
    first = answer["results"][0]
    assert first["id"] == "dora--1"
    assert first["nom"] in shown
    assert all(reason in shown for reason in first["reasons"])
    assert len(furnished.done("match", profile, "--limit", 1, "--json").json["results"]) == 1


def test_match_explains_one_option(furnished: Terminal, profile: Path) -> None:
    told = furnished.done("match", profile, "--explain", "dora--1", "--json").json
    assert (told["id"], told["rank"]) == ("dora--1", 1)
    assert "total" in furnished.done("match", profile, "--explain", "dora--1").out
    unknown = furnished.run("match", profile, "--explain", "nobody")
    assert unknown.code == 3
    assert "nobody" in unknown.err


def test_brackets_in_a_name_are_brackets(furnished: Terminal, profile: Path) -> None:
    jalon = open_house(furnished.folder)
    with writing(jalon) as session:
        odd = "Permis [/bold] [red]B[/] [1]"
        take(session, [structure(nom=odd), service(nom=odd)], today=jalon.today())
    close_house(jalon)
    furnished.done("index", "sync")
    for arguments in (["search"], ["match", profile], ["match", profile, "--explain", "dora--1"]):
        assert "Permis [/bold] [red]B[/] [1]" in furnished.done(*arguments).out


def test_check_is_content_with_a_house_in_order(furnished: Terminal) -> None:
    assert all(one["ok"] for one in furnished.done("check", "--json").json)
    assert "6 options" in furnished.done("check").out


def test_check_says_what_is_missing_and_how_to_mend_it(terminal: Terminal) -> None:
    ran = terminal.run("check", "--json")
    assert ran.code == 3
    base = next(one for one in ran.json if one["name"] == "base")
    assert not base["ok"]
    assert "jalon db upgrade" in base["mend"]


def test_check_sees_what_the_index_has_not_heard_of(furnished: Terminal) -> None:
    jalon = open_house(furnished.folder)
    with writing(jalon) as session:
        withdraw(session, "dora--1", reason="fermé")
    close_house(jalon)
    ran = furnished.run("check")
    assert ran.code == 3
    assert "jalon index sync" in ran.out
    furnished.done("index", "sync")
    furnished.done("check")


def test_check_sees_an_index_that_lost_options(furnished: Terminal) -> None:
    jalon = open_house(furnished.folder)
    jalon.engine.delete({"dora--1": 99})
    close_house(jalon)
    ran = furnished.run("check")
    assert ran.code == 3
    assert "jalon index verify --repair" in ran.out


def test_help_names_every_command(terminal: Terminal) -> None:
    shown = terminal.done("--help").out
    for command in ("demo", "db", "import", "index", "search", "match", "bench", "serve", "check"):
        assert command in shown
        assert terminal.done(command, "--help").out


LOCAL = """
version = "valence-1"
status = "validé"
author = "Valence"
extends = "jalon"
[needs.9]
themes.preparer-sa-candidature--developper-son-reseau = 0.7
"""


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """A territory's own links."""
    file = tmp_path / "valence.toml"
    file.write_text(LOCAL, "utf-8")
    return file


def test_match_takes_the_links_of_a_territory_and_says_which(
    furnished: Terminal, profile: Path, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = furnished.done("match", profile, "--json").json["mapping_version"]
    once = furnished.done("match", profile, "--mapping", local, "--json").json["mapping_version"]
    assert once == f"valence-1 sur {packaged}"
    monkeypatch.setenv("JALON_MAPPING", str(local))
    assert furnished.done("match", profile, "--json").json["mapping_version"] == once
    assert once in furnished.done("match", profile).out
    assert once in furnished.done("check").out


@pytest.mark.parametrize("command", ["match", "check", "serve"])
def test_links_that_are_wrong_stop_before_anything_with_every_fault(
    furnished: Terminal, profile: Path, local: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    local.write_text(LOCAL.replace("0.7", "7") + "[needs.99]\n", "utf-8")
    monkeypatch.setenv("JALON_MAPPING", str(local))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    more = {"match": [profile], "serve": ["--port", free]}
    ran = furnished.run(command, *more.get(command, []))
    said = ran.out + ran.err
    assert ran.code == (3 if command == "check" else 2)
    assert "le poids « 7 »" in said
    assert "needs.99" in said
    assert str(local) in said


def test_links_in_another_encoding_or_absent_are_said_to_be(
    furnished: Terminal, profile: Path, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local.write_bytes(LOCAL.encode("utf-16"))
    assert "UTF-8" in furnished.run("match", profile, "--mapping", local).err
    monkeypatch.setenv("JALON_MAPPING", str(local.parent / "rien.toml"))
    assert "JALON_MAPPING" in furnished.run("match", profile).err


def test_check_counts_the_communes_of_rural_zones_or_says_why_it_cannot(
    furnished: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "zones FRR : pas de liste" in furnished.done("check").out
    listed = tmp_path / "frr.csv"
    listed.write_text("Code_insee;Classement FRR\n26113;FRR+\n26362;Non classée\n", "utf-8")
    monkeypatch.setenv("JALON_RURAL_COMMUNES", str(listed))
    assert "zones FRR : 1 communes classées" in furnished.done("check").out
    listed.write_text("nom\nDie\n", "utf-8")
    ran = furnished.run("check")
    assert (ran.code, "JALON_RURAL_COMMUNES" in ran.out) == (3, True)


def test_options_chosen_are_put_in_order_and_those_not_there_are_told(
    furnished: Terminal, profile: Path
) -> None:
    chosen = ["--choose", "dora--t1", "--choose", "dora--i1"]
    steps = furnished.done("match", profile, *chosen, "--json").json["plan"]
    assert [step["option_id"] for step in steps] == ["dora--i1", "dora--t1"]
    assert "Boulanger" in furnished.done("match", profile, *chosen).out
    ran = furnished.run("match", profile, "--choose", "rien")
    assert (ran.code, "« rien »" in ran.err) == (3, True)
