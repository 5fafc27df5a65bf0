"""A cluster of three nodes, each a process of its own with a folder of its own."""

import socket
import time
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import Any, Final

import orjson

from tests.engines.opensearch.nodes import Node, answers, free_port, launch

VERSION: Final = "opensearch-3"
NAME: Final = "jalon-trio"

_TRANSPORT_PORTS: Final = range(9400, 9699)
_PATIENCE_SECONDS: Final = 120


@dataclass(slots=True)
class Trio:
    """Three nodes; every one knows where the others listen."""

    folder: Path
    http_ports: list[int]
    transport_ports: list[int]
    nodes: list[Node]

    @property
    def url(self) -> str:
        """The address of all three, without a prefix."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.http_ports)
        return f"opensearch+http://{hosts}"

    def launch(self, number: int) -> Node:
        """The process of one of them, with the files it had."""
        hosts = orjson.dumps([f"127.0.0.1:{port}" for port in self.transport_ports]).decode()
        config = (
            f"cluster.name: {NAME}\ntransport.port: {self.transport_ports[number]}\nnetwork.host: 127.0.0.1\n"
            f"discovery.seed_hosts: {hosts}\ncluster.initial_cluster_manager_nodes: {hosts}\n"
        )
        folder = self.folder / str(number)
        return launch(VERSION, folder, self.http_ports[number], cluster=NAME, config=config)

    def come_back(self, number: int) -> None:
        """Start again one that was killed, and wait until it is of the cluster."""
        self.nodes[number] = self.launch(number)
        assert answers(self.nodes[number])
        self.wait_for(nodes=3)

    def wait_for(self, *, nodes: int, status: str = "yellow") -> None:
        """Until so many nodes see each other and every index is so well, as those alive say."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            told = self._health()
            if told.get("number_of_nodes") == nodes and told["status"] in ("green", status):
                return
            assert time.monotonic() < deadline, told
            time.sleep(0.2)

    def holder(self, alias: str) -> int:
        """Which of them holds the primary copy of the index behind an alias."""
        [shard] = [
            one for one in self.ask(f"/_cat/shards/{alias}?format=json&h=prirep,id") if one["prirep"] == "p"
        ]
        return self._number(shard["id"])

    def manager(self) -> int:
        """Which of them manages the cluster."""
        [elected] = self.ask("/_cat/cluster_manager?format=json&h=id")
        return self._number(elected["id"])

    def ask(self, path: str) -> Any:
        """What the first that answers tells."""
        for node in self.nodes:
            if node.process.poll() is None:
                try:
                    return orjson.loads(node.ask("GET", path))
                except OSError:
                    continue
        raise AssertionError("no node answers")

    def stop(self) -> None:
        """End them all."""
        for node in self.nodes:
            node.stop()

    def _health(self) -> dict[str, Any]:
        try:
            told: dict[str, Any] = self.ask("/_cluster/health")
        except (AssertionError, orjson.JSONDecodeError):
            return {}
        return told

    def _number(self, node_id: str) -> int:
        told = self.ask("/_nodes/http")["nodes"]
        [port] = [
            int(one["http"]["publish_address"].rpartition(":")[2])
            for id_, one in told.items()
            if id_.startswith(node_id)
        ]
        return self.http_ports.index(port)


def start_trio(folder: Path) -> Trio:
    """Three nodes that see each other."""
    http_ports: list[int] = []
    while len(http_ports) < 3:
        port = free_port()
        if port not in http_ports:
            http_ports.append(port)
    trio = Trio(folder, http_ports, _free_transport_ports(), [])
    trio.nodes = [trio.launch(number) for number in range(3)]
    try:
        assert all(answers(node) for node in trio.nodes), (folder / "0" / "log").read_text()
        trio.wait_for(nodes=3)
    except BaseException:
        trio.stop()
        raise
    return trio


def _free_transport_ports() -> list[int]:
    free = []
    for port in SystemRandom().sample(_TRANSPORT_PORTS, len(_TRANSPORT_PORTS)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                free.append(port)
        if len(free) == 3:
            return free
    raise AssertionError("no transport port is free")
