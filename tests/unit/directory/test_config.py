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


def test_the_secret_made_at_the_first_start_is_kept(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    assert len(settings.secret()) >= 32
    assert settings.secret() == settings.secret()
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o077 == 0
