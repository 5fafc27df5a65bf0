"""Settings: one frozen value, read once from the environment, every fault told at the same time.

`docs/settings.md` describes each one; a test compares the two.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from directory.environ import read_files
from directory.errors import DirectoryError
from matching.routers import open_router

PREFIX: Final = "JALON_"
LANGUAGES: Final = ("fr", "en")
LOG_LEVELS: Final = ("debug", "info", "warning", "error")


class InvalidSettings(DirectoryError):
    """Some settings cannot be used; `faults` are sentences, one a setting."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Réglages à corriger :\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may differ from one machine to the next. `database_url` and `search_url` empty mean the data
    folder; `secret_key` empty means one made at the first start and kept in the data folder."""

    data_dir: Path = Path("var")
    database_url: str = ""
    search_url: str = "embedded:"
    search_seconds: float = 0.6
    secret_key: str = ""
    secret_key_fallbacks: tuple[str, ...] = ()
    geocoder_url: str = "https://data.geopf.fr/geocodage"
    geocoder_timeout: float = 2.0
    router_url: str = ""
    occupations_dir: str = ""
    mapping: str = ""
    public_url: str = "http://127.0.0.1:8000"
    smtp_url: str = ""
    mail_from: str = "Jalon <ne-pas-repondre@jalon.invalid>"
    proconnect_url: str = ""
    proconnect_client_id: str = ""
    proconnect_client_secret: str = ""
    weights: str = ""
    rural_communes: str = ""
    lang: str = "fr"
    log_level: str = "info"
    log_json: bool = False
    workers: int = 2
    threads: int = 4
    relay_batch: int = 500
    verify_at: time | None = time(3, 30)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read `JALON_*`, each from a file where `JALON_*_FILE` names one. Raises InvalidSettings with every
        fault, unknown names included."""
        known = {PREFIX + one.name.upper(): one.name for one in fields(cls)}
        environ, faults = read_files(environ, known)
        faults += _unknown(environ, known)
        given: dict[str, Any] = {}
        for variable, name in known.items():
            if text := environ.get(variable, "").strip():
                try:
                    given[name] = READERS[name](text)
                except ValueError as error:
                    faults.append(f"{variable}={_masked(name, text)} : {error}.")
        if faults:
            raise InvalidSettings(faults)
        return cls(**given)

    @property
    def sql_url(self) -> str:
        """The address of the database, SQLite in the data folder by default."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'jalon.sqlite3'}"

    def secret(self) -> str:
        """The key that signs cookies: the one given, else one made once and kept beside the database."""
        if self.secret_key:
            return self.secret_key
        kept = self.data_dir / "secret-key"
        if not kept.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
        return kept.read_text(encoding="ascii")


#: Read by other tools of the project (the Makefile, the tests), not by the program.
FOREIGN: Final = frozenset({"JALON_REQUIRE", "JALON_PYTHON"})


#: What no message repeats.
SECRET: Final = frozenset(
    {
        "secret_key",
        "secret_key_fallbacks",
        "database_url",
        "search_url",
        "router_url",
        "smtp_url",
        "proconnect_client_secret",
    }
)


def _unknown(environ: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    return [
        f"{name} n'est pas un réglage connu (voir docs/settings.md)."
        for name in sorted(environ)
        if name.startswith(PREFIX) and name not in known and name not in FOREIGN
    ]


def _masked(name: str, text: str) -> str:
    return "…" if name in SECRET else text


def _database_url(text: str) -> str:
    if urlsplit(text).scheme not in {"sqlite", "postgresql+psycopg"}:
        raise ValueError("une adresse « sqlite:///… » ou « postgresql+psycopg://… » est attendue")
    return text


def _search_url(text: str) -> str:
    if not text.startswith(("embedded:", "opensearch+http://", "opensearch+https://")):
        raise ValueError("« embedded: » ou « opensearch+http(s)://… » est attendu")
    return text


def _http_url(text: str) -> str:
    address = urlsplit(text)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError("une adresse http(s) est attendue")
    return text.rstrip("/")


def _router_url(text: str) -> str:
    """Its own message names the kinds, never a token."""
    open_router(text)
    return text


def _smtp_url(text: str) -> str:
    if urlsplit(text).scheme not in {"smtp", "smtps"} or not urlsplit(text).hostname:
        raise ValueError("une adresse « smtp://… » ou « smtps://… » est attendue")
    return text


def _sender(text: str) -> str:
    address = parseaddr(text)[1]
    if "@" not in address or not text.isprintable():
        raise ValueError("« Nom <adresse@domaine> » est attendu")
    return text


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("au moins 32 caractères sont attendus")
    return text


def _secrets(text: str) -> tuple[str, ...]:
    return tuple(_secret(one) for one in text.split())


def _folder(text: str) -> str:
    if not Path(text).is_dir():
        raise ValueError("ce dossier n'existe pas")
    return text


def _file(text: str) -> str:
    if not Path(text).is_file():
        raise ValueError("ce fichier n'existe pas")
    return text


def _one_of(values: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in values:
            raise ValueError(f"une de ces valeurs est attendue : {', '.join(values)}")
        return text.lower()

    return read


def _count(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not lowest <= int(text) <= highest:
            raise ValueError(f"un nombre entier de {lowest} à {highest} est attendu")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 60:
        raise ValueError("un nombre de secondes entre 0 et 60 est attendu")
    return value


def _hour(text: str) -> time | None:
    if text.lower() in {"0", "non"}:
        return None
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  an hour of the day, of no day
    except ValueError:
        raise ValueError("une heure comme « 03:30 », ou « non », est attendue") from None


def _yes(text: str) -> bool:
    if text.lower() not in {"0", "1", "oui", "non", "true", "false"}:
        raise ValueError("« oui » ou « non » est attendu")
    return text.lower() in {"1", "oui", "true"}


READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "data_dir": Path,
    "database_url": _database_url,
    "search_url": _search_url,
    "search_seconds": _seconds,
    "secret_key": _secret,
    "secret_key_fallbacks": _secrets,
    "geocoder_url": _http_url,
    "geocoder_timeout": _seconds,
    "router_url": _router_url,
    "occupations_dir": _folder,
    "mapping": _file,
    "public_url": _http_url,
    "smtp_url": _smtp_url,
    "mail_from": _sender,
    "proconnect_url": _http_url,
    "proconnect_client_id": str,
    "proconnect_client_secret": str,
    "weights": _file,
    "rural_communes": _file,
    "lang": _one_of(LANGUAGES),
    "log_level": _one_of(LOG_LEVELS),
    "log_json": _yes,
    "workers": _count(1, 64),
    "threads": _count(1, 64),
    "relay_batch": _count(1, 10_000),
    "verify_at": _hour,
}
