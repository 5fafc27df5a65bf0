"""Settings: read once, checked all together, documented."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from directory.config import FOREIGN, PREFIX, READERS, InvalidSettings, Settings

PAGE = Path(__file__).parents[3] / "docs" / "settings.md"


def test_every_setting_is_on_the_page_and_the_page_has_no_other() -> None:
    documented = set(re.findall(r"^\| `(JALON_\w+)`", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert documented == {PREFIX + one.name.upper() for one in fields(Settings)}


def test_every_setting_has_a_reader() -> None:
    assert set(READERS) == {one.name for one in fields(Settings)}


def test_all_faults_are_told_together() -> None:
    wrong = {"JALON_WORKERS": "many", "JALON_LANG": "de", "JALON_SEARCH_URL": "solr://x", "JALON_TYPO": "1"}
    with pytest.raises(InvalidSettings) as caught:
        Settings.from_environ(wrong)
    said = str(caught.value)
    assert all(name in said for name in wrong)
    assert len(caught.value.faults) == len(wrong)


def test_a_secret_is_never_repeated_in_a_fault() -> None:
    with pytest.raises(InvalidSettings) as caught:
        Settings.from_environ({"JALON_SECRET_KEY": "tooshort", "JALON_DATABASE_URL": "mysql://u:hunter2@h/b"})
    assert "tooshort" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_an_empty_variable_means_the_default() -> None:
    assert Settings.from_environ({"JALON_WORKERS": "", "HOME": "/x"}) == Settings()


def test_names_of_the_projects_tools_are_left_alone() -> None:
    assert Settings.from_environ(dict.fromkeys(FOREIGN, "all")) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("workers", "3", 3),
        ("log_json", "oui", True),
        ("geocoder_timeout", "0.5", 0.5),
        ("geocoder_url", "http://127.0.0.1:7878/", "http://127.0.0.1:7878"),
        ("database_url", "postgresql+psycopg://a:b@h/c", "postgresql+psycopg://a:b@h/c"),
    ],
)
def test_values_are_read(name: str, text: str, value: object) -> None:
    assert getattr(Settings.from_environ({PREFIX + name.upper(): text}), name) == value


def test_a_setting_may_be_given_by_a_file(tmp_path: Path) -> None:
    file = tmp_path / "workers"
    file.write_text(" 3\n")
    assert Settings.from_environ({"JALON_WORKERS_FILE": str(file), "JALON_LANG_FILE": ""}).workers == 3


def test_what_is_wrong_with_files_is_told_with_the_rest_and_their_secrets_are_not(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("key", "empty", "binary", "huge", "missing")}
    files["key"].write_text("tooshort")
    files["empty"].write_text(" \n")
    files["binary"].write_bytes(b"\xff\xfe")
    files["huge"].write_text("x" * 100_000)
    with pytest.raises(InvalidSettings) as caught:
        Settings.from_environ(
            {
                "JALON_SECRET_KEY_FILE": str(files["key"]),
                "JALON_DATABASE_URL_FILE": str(files["empty"]),
                "JALON_SEARCH_URL_FILE": str(files["binary"]),
                "JALON_ROUTER_URL_FILE": str(files["huge"]),
                "JALON_DATA_DIR_FILE": str(files["missing"]),
                "JALON_LANG": "fr",
                "JALON_LANG_FILE": str(files["key"]),
                "JALON_TYPO_FILE": str(files["key"]),
            }
        )
    names = (
        "SECRET_KEY",
        "DATABASE_URL_FILE",
        "SEARCH_URL_FILE",
        "ROUTER_URL_FILE",
        "DATA_DIR_FILE",
        "LANG_FILE",
    )
    for name in (*names, "TYPO_FILE"):
        assert sum(f"JALON_{name}" in fault for fault in caught.value.faults) == 1, name
    assert "tooshort" not in str(caught.value)


def test_former_keys_are_read_apart_and_held_to_the_same_length() -> None:
    former = f"{'a' * 32} {'b' * 40}"
    assert Settings.from_environ({"JALON_SECRET_KEY_FALLBACKS": former}).secret_key_fallbacks == (
        "a" * 32,
        "b" * 40,
    )
    with pytest.raises(InvalidSettings) as caught:
        Settings.from_environ({"JALON_SECRET_KEY_FALLBACKS": f"{'a' * 32} tooshort"})
    assert "tooshort" not in str(caught.value)


def test_the_secret_made_at_the_first_start_is_kept(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    assert len(settings.secret()) >= 32
    assert settings.secret() == settings.secret()
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o077 == 0
