"""A real OpenSearch for tests: one node of its own, on a free port of this machine, from jars that Maven
keeps under `var/` (see `scripts/services.pom.xml`)."""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import Final

from tests.parts import find_jdk, find_part

ROOT: Final = Path(__file__).resolve().parents[3]

#: By version as tests name it: what Maven calls it, and the JDK it asks for.
VERSIONS: Final = {"opensearch-2.19": ("2.19.1.0", 17), "opensearch-3": ("3.4.0.0", 21)}

#: The runner takes no port outside of these.
_PORTS: Final = range(9202, 9299)
_PATIENCE_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Node:
    """A node that answers at `url`."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """Without a prefix."""
        return f"opensearch+http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Speak to it without the engine. What it refuses is its answer too."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", body, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as told:  # noqa: S310
                return bytes(told.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.read()

    def forget(self, prefix: str) -> None:
        """Delete the indexes of a test: a node holds a thousand."""
        self.ask("DELETE", f"/{prefix}-*")

    def stop(self) -> None:
        """End it, at once."""
        self.process.kill()
        self.process.wait()


def start(version: str, folder: Path) -> Node:
    """A node that answers, its files in that folder."""
    maven_version, at_least = VERSIONS[version]
    jars = fetch(maven_version)
    home = find_jdk(at_least)
    assert home is not None, f"{version} needs a JDK {at_least}"
    for _ in range(3):
        port = _free_port()
        command = [
            str(home / "bin/java"), "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-cp", f"{jars}/*", "org.codelibs.opensearch.runner.OpenSearchRunner", "-basePath", str(folder),
            "-numOfNode", "1", "-clusterName", f"jalon-test-{port}", "-baseHttpPort", str(port - 1),
        ]  # fmt: skip
        _configure(folder)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*_dying_with_us(), *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        if _answers(process, port):
            return Node(process, port)
    raise AssertionError((folder / "log").read_text())


def fetch(maven_version: str) -> Path:
    """The folder of the jars of a version, fetched once."""
    jars = ROOT / "var" / "jars" / f"opensearch-{maven_version}"
    if not jars.is_dir():
        jars.parent.mkdir(parents=True, exist_ok=True)
        part = jars.with_name(f"{jars.name}.{SystemRandom().getrandbits(32):08x}")
        subprocess.run(
            [str(find_part("maven")), "--quiet", "--batch-mode", "--file",
             str(ROOT / "scripts/services.pom.xml"),
             f"-Dopensearch={maven_version}", "dependency:copy-dependencies", f"-DoutputDirectory={part}"],
            check=True, capture_output=True,
        )  # fmt: skip
        if jars.is_dir():
            shutil.rmtree(part)  # another worker was first
        else:
            part.rename(jars)
    return jars


def _configure(folder: Path) -> None:
    """As in production: no index is made by writing to a name mistaken."""
    config = folder / "node_1" / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "opensearch.yml").write_text(
        "action.auto_create_index: false\ncluster.routing.allocation.disk.threshold_enabled: false\n"
    )


def _dying_with_us() -> list[str]:
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _free_port() -> int:
    for port in SystemRandom().sample(_PORTS, len(_PORTS)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("no port is free between 9202 and 9298")


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether it came to answer; False when it ended first (its port was taken meanwhile)."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2):
                return True
        except OSError:
            time.sleep(0.2)
    return False
