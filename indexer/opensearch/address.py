"""What a search address says.

    opensearch+https://user:password@host:9200,host:9200/prefix?ca=/a/file.pem&timeout=2

Several hosts are the nodes of one cluster. `ca` names the certificate authority's file when the system does
not know it; `timeout` is how many seconds a reader waits for an answer (2 unless told).
"""

import math
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

_PORT: Final = 9200
_PREFIX: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
#: Name and port of a machine; an IPv6 address stands between brackets.
_HOST: Final = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+)(?::(?P<port>\d{1,5}))?")
_PARAMETERS: Final = {"ca", "timeout"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where an index is and how to get in. The password never shows when it is printed."""

    hosts: tuple[tuple[str, int], ...]
    prefix: str
    secure: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout_seconds: float = 2.0


def parse_address(url: str) -> Address:
    """Raises ValueError, whose message, a French sentence, holds no password."""
    scheme, _, rest = url.partition("://")
    if scheme not in ("opensearch+http", "opensearch+https"):
        raise ValueError("une adresse OpenSearch commence par opensearch+http:// ou opensearch+https://")
    parts = urlsplit("//" + rest)
    identity, _, machines = parts.netloc.rpartition("@")
    user, _, password = identity.partition(":")
    parameters = _parameters(parts.query)
    return Address(
        hosts=tuple(_host(one) for one in machines.split(",")),
        prefix=_prefix(parts.path),
        secure=scheme.endswith("s"),
        user=unquote(user) or None,
        password=unquote(password) if user else None,
        ca_file=parameters.get("ca"),
        timeout_seconds=_seconds(parameters.get("timeout", "2")),
    )


def _host(written: str) -> tuple[str, int]:
    found = _HOST.fullmatch(written)
    if found is None or not 0 < int(found["port"] or _PORT) < 65_536:
        raise ValueError(
            "une adresse OpenSearch nomme ses machines, séparées par des virgules : hôte:9200,hôte:9200"
        )
    return found["name"], int(found["port"] or _PORT)


def _prefix(path: str) -> str:
    prefix = path.strip("/")
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(
            "une adresse OpenSearch finit par /préfixe : petites lettres sans accent, chiffres, - et _"
        )
    return prefix


def _parameters(query: str) -> dict[str, str]:
    told = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(told.keys() - _PARAMETERS):
        raise ValueError(f"une adresse OpenSearch connaît ca et timeout, pas {', '.join(unknown)}")
    return told


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise ValueError("timeout est un nombre de secondes, plus grand que zéro")
    return seconds
