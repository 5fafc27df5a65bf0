"""For every test: optional parts of the machine (tests/parts.py), and servers that a run starts once: one
PostgreSQL, the engines' nodes. Other fixtures live beside their tests."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.parts import PARTS, closing_line, find_part, required_parts

if TYPE_CHECKING:
    from tests.clusters import Cluster
    from tests.engines.openers import Openers

MISSING = "missing part"

# The same examples on every run: a red run is red for everybody. HYPOTHESIS=explore looks for new ones.
# No deadline: a machine that is busy is no fault of the code.
hypothesis.settings.register_profile("steady", derandomize=True, database=None, deadline=None)
hypothesis.settings.register_profile("explore", max_examples=2_000, print_blob=True, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS", "steady"))


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator["Cluster"]:
    """The one server of this run: for its databases only, which are dropped; nobody stops it."""
    from tests.clusters import running_cluster  # the unit tests would wait for it

    with running_cluster() as cluster:
        yield cluster


def pytest_configure(config: pytest.Config) -> None:
    try:
        required_parts(os.environ.get("JALON_REQUIRE", ""))
    except ValueError as error:
        raise pytest.UsageError(str(error)) from error


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or fail where it is required, a test whose part is missing: before any fixture looks for it."""
    missing = [name for name in _needs(item) if find_part(name) is None]
    if not missing:
        return
    required = required_parts(os.environ.get("JALON_REQUIRE", "")).intersection(missing)
    if required:
        wants = "; ".join(f"{name}: {PARTS[name].get}" for name in sorted(required))
        pytest.fail(f"required by JALON_REQUIRE and missing: {wants}", pytrace=False)
    item.user_properties.extend((MISSING, name) for name in missing)
    pytest.skip(f"needs {', '.join(missing)}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what could not run in one line; reports carry it home from the workers of a parallel run."""
    skipped = terminalreporter.stats.get("skipped", [])
    missing = [name for report in skipped for key, name in report.user_properties if key == MISSING]
    if missing:
        terminalreporter.write_line(closing_line(missing), yellow=True)


@pytest.fixture(scope="session")
def openers(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Openers]":
    """Every engine of this machine."""
    from tests.engines.openers import Openers  # here: unit tests open none, and start sooner

    opened = Openers(tmp_path_factory)
    yield opened
    opened.close()


def _needs(item: pytest.Item) -> list[str]:
    names = {name for mark in item.iter_markers("needs") for name in mark.args}
    unknown = names - PARTS.keys()
    if unknown:
        known = ", ".join(sorted(PARTS))
        raise pytest.UsageError(f"{item.nodeid} needs {', '.join(sorted(unknown))}; known: {known}")
    return sorted(names)
