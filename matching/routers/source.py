"""What a router's adapter gives: minutes from one place to many by one way of travelling."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import requests

from indexer.document import Point
from matching.errors import MatchingError

#: Seconds to connect, then between two bytes of an answer: a counsellor waits for the list.
PATIENCE: Final = (0.5, 1.5)
#: An answer larger than this is none of a router's.
LARGEST: Final = 4_000_000


class RouterUnavailable(MatchingError):
    """The router did not answer in time, refused, or said what cannot be read. The message tells the kind of
    trouble, never where somebody is."""


class Source(Protocol):
    """One router. Called by `Routed`, which parts what is asked and falls back on the estimate."""

    name: str
    #: Ends asked for at a time, at most.
    batch: int
    #: Batches asked for at most for one person: beyond, the estimate serves.
    batches: int
    modes: frozenset[str]

    def minutes(self, start: Point, ends: Sequence[Point], mode: str) -> list[float | None]:
        """Minutes to each end, in order; None where there is no way. Raises RouterUnavailable."""


def ask(
    verb: str,
    address: str,
    *,
    params: Mapping[str, str] | None = None,
    body: Any = None,
    token: str | None = None,
) -> dict[str, Any]:
    """One request → the JSON object it answers. Raises RouterUnavailable."""
    headers = {"Authorization": token} if token else {}
    try:
        answer = requests.request(
            verb, address, params=params, json=body, headers=headers, timeout=PATIENCE, allow_redirects=False
        )
        if answer.status_code != requests.codes.ok or len(answer.content) > LARGEST:
            raise RouterUnavailable(f"le calculateur d’itinéraires a répondu {answer.status_code}")
        told = answer.json()
    except requests.Timeout as error:
        raise RouterUnavailable("le calculateur d’itinéraires n’a pas répondu à temps") from error
    except (requests.RequestException, ValueError) as error:
        raise RouterUnavailable("le calculateur d’itinéraires ne répond pas") from error
    if not isinstance(told, dict):
        raise RouterUnavailable("la réponse du calculateur d’itinéraires n’est pas lisible")
    return told


def as_minutes(seconds: object) -> float | None:
    """Minutes of a number of seconds; None for what is none (no way there)."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < 1e6:
        return None
    return float(seconds) / 60


def each(rows: object, count: int) -> list[Any]:
    """A list of exactly that many. Raises RouterUnavailable."""
    if not isinstance(rows, list) or len(rows) != count:
        raise RouterUnavailable("le calculateur d’itinéraires a répondu autre chose que ce qui était demandé")
    return rows
