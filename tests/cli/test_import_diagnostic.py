"""`jalon import-diagnostic`: from somebody else's file to a profile that `jalon match` takes."""

from pathlib import Path

import orjson
import pytest

from tests.cli.commands import Terminal
from tests.unit.matching.diagnostics import CANARY, criteria, version_1, version_4


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A diagnostic of the current API, with one item that nobody knows."""
    told = version_4()
    lost = {"code": "2314", "libelle": "Trottinette [volante]", "valeur": "OUI"}
    told["thematiqueContrainte"]["contraintes"][0]["situations"].append(lost)
    written = tmp_path / "diagnostic.json"
    written.write_bytes(orjson.dumps(told))
    return written


def test_the_profile_of_a_diagnostic_can_be_matched(furnished: Terminal, file: Path, tmp_path: Path) -> None:
    ran = furnished.done("import-diagnostic", file, "--json", "--code-insee", "26362")
    profile = tmp_path / "profile.json"
    profile.write_text(ran.out, "utf-8")
    answer = furnished.done("match", profile, "--json").json
    assert answer["unrecognised"] == ["Trottinette [volante] (code 2314)"]
    assert {"mobilite", "K1304"} <= {one["need"] for one in answer["coverage"]}


def test_what_is_not_recognised_is_counted_and_shown(terminal: Terminal, file: Path) -> None:
    ran = terminal.done("import-diagnostic", file)
    assert "Pas reconnu : Trottinette [volante] (code 2314)" in ran.out
    assert "1 élément n’est pas reconnu" in ran.err
    told = terminal.done("import-diagnostic", file, "--json").json["imported"]
    assert (told["read"], told["recognised"], told["unrecognised"]) == (17, 16, 1)
    assert told["last_explored"] == "2026-10-02"


def test_a_commune_is_asked_for_and_a_wrong_one_refused(terminal: Terminal, file: Path) -> None:
    ran = terminal.done("import-diagnostic", file, "--json")
    assert "code_insee" not in ran.json
    assert "--code-insee" in ran.err
    wrong = terminal.run("import-diagnostic", file, "--code-insee", "Valense")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Valence (26362)" in wrong.err


def test_people_read_every_part(terminal: Terminal, file: Path) -> None:
    shown = terminal.done("import-diagnostic", file).out
    for part in (
        "Mobilité (impact fort, prioritaire)", "oui : Aucun moyen de transport", "non : Permis non valide",
        "objectif en cours : Obtenir le permis", "réalisé : Faire un point", "abandonné : Entretenir",
        "Santé (non explorée)", "Logement et hébergement (close)", "Besoins : Confirmer son choix de métier",
        "Points forts : Identifier", "(K1304) (prioritaire)", "possible perte de confiance",
    ):  # fmt: skip
        assert part in shown


@pytest.mark.parametrize(
    "told", [version_1(), criteria(contrainteLogement="SANS_LOGEMENT"), {"dsp": ["0502"]}]
)
def test_other_shapes_are_read_too(terminal: Terminal, tmp_path: Path, told: object) -> None:
    written = tmp_path / "x.json"
    written.write_bytes(b"\xef\xbb\xbf" + orjson.dumps(told))
    assert terminal.done("import-diagnostic", written, "--json").json["imported"]["unrecognised"] == 0


def test_a_diagnostic_where_nothing_was_explored_is_said_to_be(terminal: Terminal, tmp_path: Path) -> None:
    written = tmp_path / "x.json"
    written.write_bytes(orjson.dumps({"besoinsParDiagnostic": []}))
    assert "Rien n'y est dit" in terminal.done("import-diagnostic", written).err


@pytest.mark.parametrize("held", [b"", b"{", b"\xff\xfe{", b"[1]", b"3", b"{}", b"[" * 2_000, b"[{},{}]"])
def test_a_file_that_is_no_diagnostic_is_said_to_be(terminal: Terminal, tmp_path: Path, held: bytes) -> None:
    written = tmp_path / "x.json"
    written.write_bytes(held)
    ran = terminal.run("import-diagnostic", written)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()


def test_every_fault_is_told_with_its_field_and_nobody_is_named(terminal: Terminal, tmp_path: Path) -> None:
    told = version_4()
    told["thematiqueContrainte"]["contraintes"][0]["estPrioritaire"] = CANARY
    told["besoinsParDiagnostic"][0]["thematiquesBesoins"] = CANARY
    written = tmp_path / "x.json"
    written.write_bytes(orjson.dumps(told))
    ran = terminal.run("import-diagnostic", written, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "thematiqueContrainte.contraintes[0].estPrioritaire" in ran.err
    assert "besoinsParDiagnostic[0].thematiquesBesoins" in ran.err
    assert CANARY not in ran.err


def test_no_identity_reaches_the_output_or_the_logs(
    terminal: Terminal, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALON_LOG_LEVEL", "debug")
    for arguments in ((), ("--json",)):
        ran = terminal.done("import-diagnostic", file, *arguments)
        assert CANARY not in ran.out + ran.err
        assert "2850126" not in ran.out + ran.err
