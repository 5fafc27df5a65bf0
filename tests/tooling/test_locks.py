"""Locks: everything pinned, checked by hash, and no registry named."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = ["requirements.lock", "requirements-run.lock", "requirements-node.lock"]


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_a_python_lock_pins_by_hash_and_names_no_registry(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
    entries = re.split(r"\n(?=[a-z])", text)[1:]
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_every_dependency_of_the_project_is_in_its_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.findall(r'^  "([a-z0-9-]+)(?:\[[a-z]+\])?[>=]=', project, flags=re.MULTILINE)
    assert len(declared) > 20
    assert [name for name in declared if f"\n{name}==" not in lock] == []


def test_what_runs_in_production_is_what_was_tested() -> None:
    tested, run = (pins(ROOT / name) for name in ("requirements.lock", "requirements-run.lock"))
    assert run
    assert run.items() <= tested.items()
    assert "pytest" not in run


def test_the_front_end_lock_pins_by_hash_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert installed
    assert [name for name, entry in installed.items() if "resolved" in entry] == []
    assert [name for name, entry in installed.items() if "integrity" not in entry] == []


def pins(lock: Path) -> dict[str, str]:
    """Each package of a lock and its version."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))
