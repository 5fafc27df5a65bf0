"""Optional parts of a machine: what some tests need and not every machine has.

A test says `@pytest.mark.needs("chromium")`. Where the part is missing the test is skipped and one closing
line tells what could not run and how to get it; a part named in `JALON_REQUIRE` (or `all`) fails it instead.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """Something a machine may lack: how it is found (None: absent), and how to get it."""

    name: str
    find: Callable[[], Path | None]
    get: str


def find_chromium() -> Path | None:
    """The browser that `CHROMIUM` names, or the first of the usual names on PATH."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return _first_program(name for name in names if name)


def find_jdk(at_least: int) -> Path | None:
    """The home of a JDK of that version or newer: JAVA_HOME first, then PATH, then /usr/lib/jvm."""
    return next((home for home in _jdk_homes() if _java_version(home) >= at_least), None)


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's server programs, which Debian keeps out of PATH."""
    initdb = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major_version)
    return Path(initdb).resolve().parent if initdb else debian[-1].parent if debian else None


PARTS = {
    part.name: part
    for part in (
        Part("chromium", find_chromium, "apt-get install chromium (or CHROMIUM=/path)"),
        Part("jdk", lambda: find_jdk(17), "apt-get install openjdk-17-jdk-headless (or JAVA_HOME)"),
        Part("jdk21", lambda: find_jdk(21), "a JDK 21 or newer in JAVA_HOME or /usr/lib/jvm"),
        Part("maven", lambda: _first_program(["mvn"]), "apt-get install maven"),
        Part("node", lambda: _first_program(["node"]), "apt-get install nodejs"),
        Part("postgres", find_postgres, "apt-get install postgresql"),
    )
}


@cache
def find_part(name: str) -> Path | None:
    """Where a part is on this machine, or None. KeyError for a name that PARTS does not have."""
    return PARTS[name].find()


def required_parts(value: str) -> frozenset[str]:
    """`JALON_REQUIRE` read: `all`, or names parted by commas. ValueError for a name no part has."""
    names = {name.strip() for name in value.split(",")} - {""}
    unknown = names - PARTS.keys() - {"all"}
    if unknown:
        known = ", ".join(sorted(PARTS))
        raise ValueError(f"JALON_REQUIRE: {', '.join(sorted(unknown))} unknown; known: all, {known}")
    return frozenset(PARTS) if "all" in names else frozenset(names)


def closing_line(missing: Iterable[str]) -> str:
    """One line for the parts that tests missed, given once for each test."""
    tests_by_part: dict[str, int] = {}
    for name in missing:
        tests_by_part[name] = tests_by_part.get(name, 0) + 1
    wants = [f"{name} ({count}): {PARTS[name].get}" for name, count in sorted(tests_by_part.items())]
    return f"could not run here, for want of: {'; '.join(wants)}"


def _first_program(names: Iterable[str]) -> Path | None:
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def _jdk_homes() -> Iterator[Path]:
    named = os.environ.get("JAVA_HOME")
    if named:
        yield Path(named)
    javac = shutil.which("javac")
    if javac:
        yield Path(javac).resolve().parent.parent
    yield from sorted(Path("/usr/lib/jvm").glob("*"))


def _java_version(home: Path) -> int:
    """The major version of the JDK at `home`; 0 where there is none."""
    java = home / "bin" / "java"
    if not java.is_file() or not (home / "bin" / "javac").is_file():
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return int(version.group(1)) if version else 0


def _major_version(initdb: Path) -> float:
    return float(initdb.parent.parent.name)
