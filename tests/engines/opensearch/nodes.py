"""A real OpenSearch for tests: one node of its own, on a free port of this machine, from jars that Maven
keeps under `var/` (see `scripts/services.pom.xml`)."""

import shutil
import signal
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
        """End it, at once (kill -9)."""
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """Have it answer nothing, its connections open."""
        self.process.send_signal(signal.SIGSTOP)


def start(version: str, folder: Path, *, port: int | None = None) -> Node:
    """A node that answers, its files in that folder; on that port, when it comes back after an end."""
    for _ in range(3):
        at = port or free_port()
        node = launch(version, folder, at, cluster=f"jalon-test-{at}")
        if answers(node):
            return node
    raise AssertionError((folder / "log").read_text())


def launch(version: str, folder: Path, port: int, *, cluster: str, config: str = "") -> Node:
    """The process of a node, which does not answer yet. `config`: lines more of its settings."""
    maven_version, at_least = VERSIONS[version]
    jars = fetch(maven_version)
    home = find_jdk(at_least)
    assert home is not None, f"{version} needs a JDK {at_least}"
    command = [
        str(home / "bin/java"), "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-cp", f"{jars}/*", "org.codelibs.opensearch.runner.OpenSearchRunner", "-basePath", str(folder),
        "-numOfNode", "1", "-clusterName", cluster, "-baseHttpPort", str(port - 1),
    ]  # fmt: skip
    _configure(folder, config)
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [*_dying_with_us(), *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    return Node(process, port)


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


def _configure(folder: Path, more: str) -> None:
    """As in production: no index is made by writing to a name mistaken."""
    config = folder / "node_1" / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "opensearch.yml").write_text(
        "action.auto_create_index: false\ncluster.routing.allocation.disk.threshold_enabled: false\n" + more
    )


def _dying_with_us() -> list[str]:
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def free_port() -> int:
    """One that nobody listens on, of those that the runner takes."""
    for port in SystemRandom().sample(_PORTS, len(_PORTS)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("no port is free between 9202 and 9298")


def answers(node: Node) -> bool:
    """Whether it came to answer; False when it ended first (its port was taken meanwhile)."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and node.process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{node.port}/", timeout=2):
                return True
        except OSError:
            time.sleep(0.2)
    return False
