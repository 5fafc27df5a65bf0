"""Every foreseen error ends a command with a sentence and its exit code, never a trace."""

import socket
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from directory.cli.failures import failure_of
from directory.imports.errors import ImportStopped
from directory.inventory.errors import DatabaseOutdated, GuardStopped, NotFound, StaleVersion
from indexer.engine import EngineBusy, EngineUnavailable, IndexOutdated
from indexer.reference.errors import UnknownCode
from matching.errors import InvalidProfile
from tests.cli.commands import Terminal


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("cette fiche n’existe pas"), 2),
        (DatabaseOutdated("lancez « jalon db upgrade »"), 2),
        (ImportStopped("fichier illisible"), 2),
        (UnknownCode("frais", "cher", ("payant",)), 2),
        (InvalidProfile([("age", "un nombre entier est attendu")]), 2),
        (StaleVersion("la fiche a changé"), 3),
        (GuardStopped("trop de retraits"), 3),
        (IndexOutdated("format 2"), 3),
        (EngineBusy("writer"), 3),
        (EngineUnavailable("nobody answers"), 1),
        (FileNotFoundError(2, "No such file or directory", "x"), 2),
        (OSError(28, "No space left on device"), 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_tree_of_errors_has_its_exit_code(error: Exception, code: int) -> None:
    failure = failure_of(error)
    assert failure.exit_code == code
    assert all(line[0].isupper() or line.startswith(("  -", "«", "x")) for line in failure.lines)


def test_an_outdated_index_says_how_to_mend_it() -> None:
    assert "jalon index rebuild" in failure_of(IndexOutdated("format 2")).lines[0]


def test_every_fault_of_a_profile_is_told(furnished: Terminal, tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_bytes(orjson.dumps({"code_insee": "Valance", "age": -1, "sexe": "f"}))
    ran = furnished.run("match", profile)
    assert ran.code == 2
    assert {"code_insee", "age", "sexe"} <= {line[4:].partition(" :")[0] for line in ran.err.splitlines()[1:]}


@pytest.mark.parametrize("held", [b"", b"{", b"\xff\xfe{", b"[1]", b"3"])
def test_a_file_that_is_no_profile_is_said_to_be(furnished: Terminal, tmp_path: Path, held: bytes) -> None:
    profile = tmp_path / "profile.json"
    profile.write_bytes(held)
    ran = furnished.run("match", profile)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "--near", "99999x"],
        ["search", "--near", "44.9,4.9,3"],
        ["search", "--near", "95,4"],
        ["search", "--kind", "people"],
        ["search", "--theme", "mobilit"],
        ["search", "--public", "jeune"],
        ["search", "--radius-km", "5"],
        ["search", "--near", "26362", "--radius-km", "-5"],
        ["search", "--colour", "red"],
        ["match"],
        ["match", "nowhere.json"],
        ["index", "dance"],
        ["dance"],
    ],
    ids=" ".join,
)
def test_a_bad_argument_is_usage(furnished: Terminal, arguments: list[str]) -> None:
    ran = furnished.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


@pytest.mark.parametrize(
    "arguments", [["import", "x.json"], ["index", "status"], ["index", "sync"], ["serve"]]
)
def test_a_database_not_yet_made_says_how_to_make_it(terminal: Terminal, arguments: list[str]) -> None:
    ran = terminal.run(*arguments)
    assert ran.code == 2
    assert "jalon db upgrade" in ran.err


def test_an_empty_index_is_told_apart_from_nothing_found(terminal: Terminal, tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_bytes(orjson.dumps({"code_insee": "26362", "needs": ["mobilite--acceder-a-un-vehicule"]}))
    for arguments in (["search"], ["search", "--json"], ["match", profile], ["match", profile, "--json"]):
        ran = terminal.done(*arguments)
        assert "index est vide" in ran.err, arguments


def test_an_index_of_another_format_is_told(furnished: Terminal) -> None:
    for stamp in (furnished.folder / "index").glob("*/stamp.json"):
        stamp.write_bytes(orjson.dumps({"tantivy": "0.1"}))
    ran = furnished.run("search")
    assert ran.code == 3
    assert "jalon index rebuild" in ran.err
    assert furnished.run("check").code == 3
    assert furnished.done("index", "rebuild").code == 0
    assert furnished.done("search", "--json").json["total"] == 6


def test_an_index_that_cannot_be_read_is_told(furnished: Terminal) -> None:
    for meta in (furnished.folder / "index").glob("*/meta.json"):
        meta.write_text("{")
    ran = furnished.run("search")
    assert ran.code == 1
    assert "jalon check" in ran.err
    assert "jalon index rebuild" in furnished.run("check").out


def test_settings_are_all_told_at_once(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_WORKERS", "many")
    monkeypatch.setenv("JALON_COLOUR", "red")
    ran = terminal.run("check")
    assert ran.code == 2
    assert "JALON_WORKERS" in ran.err
    assert "JALON_COLOUR" in ran.err


def test_a_folder_that_is_a_file_is_told(terminal: Terminal) -> None:
    terminal.folder.parent.mkdir(exist_ok=True)
    terminal.folder.write_text("a file")
    assert terminal.run("db", "upgrade").code == 2
    assert terminal.run("check").code == 3


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_port_already_taken_is_told_at_once(furnished: Terminal, taken: int) -> None:
    for command in ("serve", "demo"):
        ran = furnished.run(command, "--port", taken)
        assert ran.code == 2
        assert str(taken) in ran.err
        assert "--port" in ran.err
