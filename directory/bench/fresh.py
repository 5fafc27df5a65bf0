"""How long a change takes from its commit to being found by the readers, over HTTP."""

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import select

from directory.bench.load import timing
from directory.database import open_database
from directory.inventory.catalogue import edit
from directory.inventory.models import Option

LONGEST: Final = 20.0


def freshness(data: Path, port: int, clock: Callable[[], datetime], changes: int) -> dict[str, Any]:
    """Rename a service so many times; each time, ask until its new name is found. `failures`: those that were
    not found in twenty seconds."""
    database = open_database(f"sqlite:///{data / 'jalon.sqlite3'}")
    wire = HTTPConnection("127.0.0.1", port, timeout=30)
    spent, lost = [], 0
    with database.sessions() as session:
        option_id = session.scalars(
            select(Option.id).where(Option.kind == "service").order_by(Option.id)
        ).first()
    began = time.perf_counter()
    for number in range(changes):
        word = _word(number, clock())
        with database.writing() as session:
            version = session.scalar(select(Option.version).where(Option.id == option_id)) or 0
            edit(
                session, str(option_id), {"nom": f"Atelier {word}"}, expected_version=version, author="bench"
            )
        committed = time.perf_counter()
        while not _finds(wire, word):
            if time.perf_counter() - committed > LONGEST:
                lost += 1
                break
            time.sleep(0.005)
        spent.append(time.perf_counter() - committed)
    database.close()
    wire.close()
    return asdict(timing([(spent, lost)], 1, time.perf_counter() - began))


def _word(number: int, now: datetime) -> str:
    """A word nobody uses, another each time: letters only, so that it is one word for the search."""
    digits = f"{int(now.timestamp()) % 100_000}{number:03d}"
    return "zk" + "".join("bcdfghjlmn"[int(one)] for one in digits)


def _finds(wire: HTTPConnection, word: str) -> bool:
    wire.request("GET", f"/api/v1/search?q={word}&facets=false&size=1")
    return bool(orjson.loads(wire.getresponse().read()).get("total"))
