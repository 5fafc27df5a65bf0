"""The weights that a territory published: read whole before anything starts, told with every match."""

from pathlib import Path

import orjson
import pytest

from tests.cli.commands import Terminal


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "profile.json"
    file.write_bytes(orjson.dumps({"code_insee": "26113", "constraints": [{"code": "mobilite"}]}))
    return file


def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: bytes) -> Path:
    file = tmp_path / "weights.toml"
    file.write_bytes(held)
    monkeypatch.setenv("JALON_WEIGHTS", str(file))
    return file


def test_published_weights_rank_every_match_and_say_their_version(
    furnished: Terminal, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, monkeypatch, b'version = "drome-7"\n[weights]\nreachable = 6\n')
    told = furnished.done("match", profile, "--json").json
    assert told["weights_version"] == "drome-7"
    assert "reachable" in str(told["results"][0]["signals"])
    assert "drome-7" in furnished.done("check").out


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b'version = "x"\n[weights]\nreach = 6\n', "« reach » n'est pas une règle"),
        ('version = "é"\n[weights]\n'.encode("utf-16"), "UTF-8"),
    ],
)
def test_weights_that_are_wrong_stop_before_anything(
    furnished: Terminal,
    profile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    held: bytes,
    said: str,
) -> None:
    file = publish(tmp_path, monkeypatch, held)
    for command, code in ((["match", profile], 2), (["serve", "--port", 1], 2), (["check"], 3)):
        ran = furnished.run(*command)
        assert ran.code == code
        assert said in ran.out + ran.err
        assert str(file) in ran.out + ran.err


def test_weights_that_are_not_there_are_a_setting_to_mend(
    furnished: Terminal, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, monkeypatch, b"").unlink()
    ran = furnished.run("match", profile)
    assert (ran.code, "JALON_WEIGHTS" in ran.err) == (2, True)
