"""A cluster behind TLS and a password, as its users see it: on the command line, with a real node behind."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
import structlog

from directory.cli import run
from directory.inventory.intake import take
from tests.engines.openers import Openers
from tests.engines.opensearch.door import basic, certificate, guarded, tls
from tests.houses import SECRET, close_house, handful, open_house, writing

PREFIX, PASSWORD, WRITTEN = "secure", "s3cr&t/p@ss", "s3cr%26t%2Fp%40ss"

pytestmark = pytest.mark.needs("jdk", "maven")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A door, the authority that signed its certificate, and another one."""

    port: int
    authority: Path
    stranger: Path

    def url(self, password: str = WRITTEN, ca: Path | None = None) -> str:
        end = f"?ca={ca or self.authority}&timeout=20"
        return f"opensearch+https://jalon:{password}@127.0.0.1:{self.port}/{PREFIX}{end}"


@pytest.fixture(scope="module")
def door(openers: Openers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("door")
    key, signed = certificate(folder, "jalon")
    _, stranger = certificate(folder, "stranger")
    node = openers.node("opensearch-2.19")
    with guarded(node.port, tls(key, signed), basic("jalon", PASSWORD)) as port:
        yield Guarded(port, signed, stranger)
    node.forget(PREFIX)


class Console:
    """Commands, and everything they ever said."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch, folder: Path) -> None:
        self._capsys = capsys
        self._patch = patch
        self.said = ""
        for name, value in (("DATA_DIR", folder), ("SECRET_KEY", SECRET), ("LOG_LEVEL", "debug")):
            patch.setenv(f"JALON_{name}", str(value))

    def run(self, url: str, *arguments: str) -> tuple[int, Any, str]:
        """Exit code, JSON or None, stderr."""
        self._patch.setenv("JALON_SEARCH_URL", url)
        code = run([*arguments, "--json"])
        told = self._capsys.readouterr()
        self.said += told.out + told.err
        return code, orjson.loads(told.out) if told.out else None, told.err


@pytest.fixture
def console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Console]:
    handlers = logging.getLogger().handlers[:]
    jalon = open_house(tmp_path)
    with writing(jalon) as session:
        take(session, handful(), today=jalon.today())
    close_house(jalon)
    yield Console(capsys, monkeypatch, tmp_path)
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers


def test_behind_a_certificate_and_a_password_everything_works(door: Guarded, console: Console) -> None:
    code, told, _ = console.run(door.url(), "index", "rebuild")
    assert (code, told["documents"]) == (0, 6)
    code, told, _ = console.run(door.url(), "search", "transport solidaire")
    assert (code, told["items"][0]["id"]) == (0, "soliguide--4")
    code, told, _ = console.run(door.url(), "index", "verify")
    assert (code, told["compared"], told["faults"]) == (0, 6, 0)
    assert console.run(door.url(), "check")[0] == 0


@pytest.mark.parametrize("command", [("index", "status"), ("index", "rebuild"), ("search", "transport")])
def test_a_certificate_of_a_stranger_is_told_and_what_to_do(
    door: Guarded, console: Console, command: tuple[str, ...]
) -> None:
    url = door.url(ca=door.stranger)
    code, told, aside = console.run(url, *command)
    assert code in (1, 3)
    assert "certificat du moteur de recherche n'est pas reconnu" in f"{told} {aside}"
    assert "?ca=" in f"{told} {aside}"
    assert PASSWORD not in console.said


def test_the_check_says_which_of_certificate_and_account_is_wrong(door: Guarded, console: Console) -> None:
    for url, seen in (
        (door.url(ca=door.stranger), "certificat"), (door.url(password="wrong-one"), "compte"),
    ):  # fmt: skip
        code, told, _ = console.run(url, "check")
        [index] = [one for one in told if one["name"] == "index"]
        assert (code, index["ok"]) == (3, False)
        assert seen in index["seen"]
        assert "JALON_SEARCH_URL" in index["mend"]


def test_a_file_of_authority_that_is_none_is_a_setting_to_correct(
    door: Guarded, console: Console, tmp_path: Path
) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_text("nothing signed")
    for ca in (junk, tmp_path / "nowhere.pem"):
        code, _, aside = console.run(door.url(ca=ca), "index", "status")
        assert code == 2
        assert "ca ne désigne aucun certificat" in aside


def test_a_password_is_never_said_whatever_goes_wrong(door: Guarded, console: Console) -> None:
    for url in (
        door.url(), door.url(ca=door.stranger), door.url(password="s3cr%26t%2Fp%40sX"),
        door.url().replace(str(door.port), "1"), door.url() + "&colour=red", door.url(ca=Path("/nowhere")),
    ):  # fmt: skip
        for command in (("check",), ("index", "status"), ("index", "verify"), ("search", "transport")):
            console.run(url, *command)
    for secret in ("s3cr", "p@ss", "p%40ss", basic("jalon", PASSWORD).split()[1]):
        assert secret not in console.said
