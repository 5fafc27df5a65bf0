"""The peer's question done plainly on PostgreSQL, for the ratio: services within 50 km of a commune, or
remote, with one of some themes, on site first then by whole kilometres, and their count: what a national
directory asks at each page. SQL of ours, indexes as one would make them (GIN on the themes, GiST on the
place); asked straight through psycopg, without HTTP, which favours it.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, Protocol

import orjson

from directory.bench.load import Timing, timing

RADIUS_M: Final = 50_000
TABLES: Final = """
CREATE EXTENSION IF NOT EXISTS cube;
CREATE EXTENSION IF NOT EXISTS earthdistance;
DROP TABLE IF EXISTS bench_service;
CREATE UNLOGGED TABLE bench_service (
  id text PRIMARY KEY, nom text NOT NULL, description text, thematiques text[], modes text[], publics text[],
  code_insee text, latitude float8, longitude float8, date_maj date
);
"""
INDEXES: Final = """
CREATE INDEX ON bench_service USING gin (thematiques);
CREATE INDEX ON bench_service USING gist (ll_to_earth(latitude, longitude));
ANALYZE bench_service;
"""
WHERE: Final = """
FROM bench_service
WHERE (earth_box(ll_to_earth(%(lat)s, %(lon)s), %(radius)s) @> ll_to_earth(latitude, longitude)
       AND earth_distance(ll_to_earth(%(lat)s, %(lon)s), ll_to_earth(latitude, longitude)) <= %(radius)s
       OR 'a-distance' = ANY(modes)) {themed}
"""
PAGE: Final = (
    "SELECT id, nom, description, round(earth_distance(ll_to_earth(%(lat)s, %(lon)s),"
    " ll_to_earth(latitude, longitude)) / 1000)::int AS km"
    + WHERE
    + "ORDER BY NOT ('en-presentiel' = ANY(modes)) NULLS LAST, km NULLS LAST, id LIMIT 20"
)
COUNT: Final = "SELECT count(*) " + WHERE


class Wire(Protocol):
    """What is used of a psycopg connection."""

    def execute(self, query: Any, params: Any = None) -> Any: ...
    def cursor(self) -> Any: ...
    def close(self) -> None: ...


def fill(connect: Callable[[], Wire], services: Path) -> float:
    """Load a file of services (JSON Lines) and index it → seconds."""
    started = time.perf_counter()
    wire = connect()
    wire.execute(TABLES)
    columns = "id, nom, description, thematiques, modes, publics, code_insee, latitude, longitude, date_maj"
    with wire.cursor() as cursor, cursor.copy(f"COPY bench_service ({columns}) FROM STDIN") as copy:
        for row in _rows(services):
            copy.write_row(row)
    wire.execute(INDEXES)
    wire.close()
    return time.perf_counter() - started


def ask(
    connect: Callable[[], Wire],
    places: Sequence[tuple[float, float, list[str]]],
    *,
    clients: int,
    requests: int,
) -> Timing:
    """Ask page and count at each place with its themes (none: the place alone)."""
    started = time.perf_counter()
    share = max(1, requests // clients)
    with ThreadPoolExecutor(clients) as pool:
        tallies = list(pool.map(lambda number: _client(connect, places, number * 37, share), range(clients)))
    return timing(tallies, clients, time.perf_counter() - started)


def _client(
    connect: Callable[[], Wire], places: Sequence[tuple[float, float, list[str]]], first: int, count: int
) -> tuple[list[float], int]:
    wire, spent = connect(), []
    for number in range(count):
        latitude, longitude, themes = places[(first + number) % len(places)]
        given = {"lat": latitude, "lon": longitude, "radius": RADIUS_M, "themes": themes}
        themed = "AND thematiques && %(themes)s" if themes else ""
        started = time.perf_counter()
        wire.execute(PAGE.format(themed=themed), given).fetchall()
        wire.execute(COUNT.format(themed=themed), given).fetchall()
        spent.append(time.perf_counter() - started)
    wire.close()
    return spent, 0


def _rows(services: Path) -> Iterator[tuple[object, ...]]:
    with services.open("rb") as lines:
        for line in lines:
            one = orjson.loads(line)
            yield (
                one["id"], one["nom"], one["description"], one["thematiques"], one["modes_accueil"],
                one["publics"], one["code_insee"], one["latitude"], one["longitude"], one["date_maj"],
            )  # fmt: skip
