"""Street addresses to points, through the national geocoder; without its answer the commune's centre serves.

An address may be a person's: it is never logged nor put in an error, and no logger of the libraries sees it.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import structlog
from geopy.adapters import URLLibAdapter
from geopy.exc import GeopyError
from geopy.geocoders import BANFrance

from indexer.document import Point
from indexer.reference.commune import Commune
from indexer.reference.communes import Communes
from indexer.reference.names import fold

DEFAULT_GEOCODER: Final = "https://data.geopf.fr/geocodage"

Precision = Literal["adresse", "rue", "commune"]

#: Kinds of answer by how close they are; any other (a commune, a postal code) says no more than we know.
_PRECISIONS: Final[dict[str, Precision]] = {"housenumber": "adresse", "street": "rue", "locality": "rue"}
#: Below it, the geocoder found another street than the one asked for.
_GOOD_SCORE: Final = 0.5
#: After a failure nobody waits again for a while: a form that asks at each key would freeze each time.
_PAUSE_SECONDS: Final = 60.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Located:
    """Where an address is and how precisely. `degraded`: the geocoder did not answer, and the commune's
    centre is only what could be had."""

    point: Point
    label: str
    precision: Precision
    degraded: bool = False


class Geocoder:
    """Addresses in a commune, one at a time. Safe between threads; connects only when asked.

    `url` is the geocoder's address, with or without its scheme; empty: none is asked. `clock` is monotonic,
    in seconds.
    """

    def __init__(
        self,
        communes: Communes,
        url: str = DEFAULT_GEOCODER,
        *,
        timeout: float = 2.0,
        capacity: int = 2000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._communes = communes
        self._ban = _client(url, timeout) if url else None
        self._clock = clock
        self._quiet_until = float("-inf")
        self._found = _Recent(capacity)

    def locate(self, adresse: str, code_insee: str) -> Located:
        """The point of an address of that commune. Raises UnknownCommune, and nothing else.

        Without an address, with none found or with one found elsewhere, the commune's centre.
        """
        commune = self._communes.get(code_insee)
        street = " ".join(adresse.split())[:200]
        if not street or self._ban is None:
            return _centre(commune)
        key = (fold(street), commune.code)
        return self._found.get(key) or self._ask(self._ban, street, commune)

    def _ask(self, ban: BANFrance, street: str, commune: Commune) -> Located:
        if self._clock() < self._quiet_until:
            return _centre(commune, degraded=True)
        postal = commune.codes_postaux[0] if len(commune.codes_postaux) == 1 else ""
        try:
            answer = ban.geocode(f"{street} {postal} {commune.nom}", limit=1)
            located = self._read(answer.raw, commune) if answer else _centre(commune)
        except (GeopyError, LookupError, TypeError, ValueError, AttributeError) as error:
            # Only the kind of fault: its message may hold the address.
            _log.warning("geocoder failed", fault=type(error).__name__)
            self._quiet_until = self._clock() + _PAUSE_SECONDS
            return _centre(commune, degraded=True)
        self._found.keep((fold(street), commune.code), located)
        return located

    def _read(self, feature: dict[str, Any], commune: Commune) -> Located:
        """What a GeoJSON feature says, if it is sure, precise, and in that commune."""
        properties = feature["properties"]
        precision = _PRECISIONS.get(properties["type"])
        here = {commune.code, commune.current_code} | self._communes.relatives(commune.code)
        if (
            precision is None
            or properties["citycode"] not in here
            or float(properties["score"]) < _GOOD_SCORE
        ):
            return _centre(commune)
        longitude, latitude = feature["geometry"]["coordinates"]
        return Located(Point(float(latitude), float(longitude)), str(properties["label"]), precision)


class _Recent:
    """The last answers, bounded in number and gone with the process: addresses are not kept."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._answers: OrderedDict[tuple[str, str], Located] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> Located | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def keep(self, key: tuple[str, str], located: Located) -> None:
        with self._lock:
            self._answers[key] = located
            while len(self._answers) > self._capacity:
                self._answers.popitem(last=False)


def _centre(commune: Commune, *, degraded: bool = False) -> Located:
    return Located(commune.point, commune.nom, "commune", degraded)


def _client(url: str, timeout: float) -> BANFrance:
    """geopy writes the addresses it is asked, and the answers, to its log: silenced. Through urllib, since
    requests' own transport logs them too."""
    logging.getLogger("geopy").setLevel(logging.WARNING)
    parts = urlsplit(url if "://" in url else f"https://{url}")
    return BANFrance(
        domain=f"{parts.netloc}{parts.path}".rstrip("/"),
        scheme=parts.scheme,
        timeout=timeout,
        user_agent="jalon",
        adapter_factory=URLLibAdapter,
    )
