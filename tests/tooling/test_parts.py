"""Optional parts: skipped with one closing line, or failed where JALON_REQUIRE names them."""

import socket
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from tests import parts

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
TWO_TESTS = """
    import pytest

    @pytest.mark.needs("chromium")
    def test_a_page_in_a_browser():
        assert True

    def test_a_rule():
        assert True
"""


@pytest.fixture
def no_browser(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder of two tests, run by our conftest in a machine whose PATH holds no browser."""
    monkeypatch.setenv("PATH", str(pytester.path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("JALON_REQUIRE", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeini("[pytest]\nmarkers = needs(part): optional part\n")
    pytester.makeconftest("from tests.conftest import *")
    pytester.makepyfile(TWO_TESTS)
    return pytester


def test_a_missing_part_skips_its_test_and_one_line_tells_how_to_get_it(no_browser: pytest.Pytester) -> None:
    result = no_browser.runpytest_subprocess()
    result.assert_outcomes(passed=1, skipped=1)
    told = [line for line in result.outlines if "could not run here" in line]
    assert told == [
        "could not run here, for want of: chromium (1): apt-get install chromium (or CHROMIUM=/path)"
    ]


def test_the_line_is_told_by_a_parallel_run_too(no_browser: pytest.Pytester) -> None:
    result = no_browser.runpytest_subprocess("-n", "2")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["could not run here, for want of: chromium (1)*"])


@pytest.mark.parametrize("required", ["all", "jdk, chromium"])
def test_a_required_part_that_is_missing_fails(
    no_browser: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, required: str
) -> None:
    monkeypatch.setenv("JALON_REQUIRE", required)
    result = no_browser.runpytest_subprocess()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*required by JALON_REQUIRE and missing: chromium*"])


def test_a_part_that_is_not_required_is_still_skipped(
    no_browser: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALON_REQUIRE", "postgres")
    no_browser.runpytest_subprocess().assert_outcomes(passed=1, skipped=1)


def test_a_misspelt_requirement_is_refused_before_any_test(
    no_browser: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALON_REQUIRE", "chromiun")
    result = no_browser.runpytest_subprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*chromiun unknown; known: all, chromium, *"])


def test_a_java_runtime_without_its_compiler_is_no_jdk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"99.0.1\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert parts.find_jdk(90) is None
    (tmp_path / "bin" / "javac").touch()
    assert parts.find_jdk(90) == tmp_path
    assert parts.find_jdk(100) is None


def test_no_test_reaches_another_machine() -> None:
    # 192.0.2.0/24 is kept for documentation and leads nowhere.
    with (
        socket.socket() as link,
        pytest.warns(UserWarning, match=r"192\.0\.2\.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        link.connect(("192.0.2.1", 9))
