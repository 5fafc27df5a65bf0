"""`jalon serve`: pages and API by gunicorn; on the embedded engine the relay runs along."""

import logging
from contextlib import suppress
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from directory.cli.readiness import rebuild_when_outdated, require_port
from directory.cli.relay import RelayProcess
from directory.config import Settings
from directory.database import DatabaseUnavailable, serving
from directory.logs import WithoutAddresses
from directory.migrations import require_current
from directory.wiring import Jalon
from indexer.document import Point
from indexer.engine import EngineError, Window
from indexer.query import Near, Query, Sort


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port d'écoute.")
@click.pass_obj
def serve(jalon: Jalon, host: str, port: int) -> None:
    """Sert les pages et l'API ; avec le moteur embarqué, un relais tient l'index à jour à côté."""
    start_server(jalon, host, port)


def start_server(jalon: Jalon, host: str, port: int) -> None:
    """Serve until stopped. Raises PortTaken, InvalidMapping, InvalidWeights, DatabaseOutdated before anything
    is served, DatabaseUnavailable when the index is away too. One that is away alone stops nothing."""
    require_port(host, port)
    _ = jalon.mapping, jalon.weights  # a territory's files are read whole now, not at the first match
    _look_behind(jalon)
    # Neither a connection nor an open index crosses a fork: each worker opens its own.
    jalon.close()
    relay = RelayProcess() if jalon.settings.search_url.startswith("embedded:") else None
    Server(jalon.settings, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", relay).run()


def _look_behind(jalon: Jalon) -> None:
    """The database and the index as they have to be, unless one is away. Raises DatabaseOutdated, and
    DatabaseUnavailable when nothing at all could be served."""
    try:
        require_current(jalon.database)
        rebuild_when_outdated(jalon)
    except DatabaseUnavailable:
        if not _holds_something(jalon):
            raise
        click.echo("La base ne répond pas : seul ce que l'index contient est servi.", err=True)
    except EngineError as error:
        click.echo(f"L'index ne répond pas ({type(error).__name__}) : la base répond à sa place.", err=True)


def _holds_something(jalon: Jalon) -> bool:
    """Whether the index can be read, and has something to show."""
    with suppress(EngineError):
        return jalon.engine.status().documents > 0
    return False


class Server(BaseApplication):
    """Gunicorn with its settings in hand instead of a file; each worker wires its own house."""

    def __init__(self, settings: Settings, bind: str, relay: RelayProcess | None) -> None:
        self._settings = settings
        self._bind = bind
        self._relay = relay
        super().__init__()

    def load_config(self) -> None:
        """Threads share a worker's caches; HTTP keep-alive spares a connection per keystroke."""
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_class": "gthread",
            "keepalive": 15,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda _: self._ready(),
            "on_exit": lambda _: self._relay.stop() if self._relay else None,
        }
        for name, value in options.items():
            self.cfg.set(name, value)
        logging.getLogger("gunicorn.error").addFilter(WithoutAddresses())

    def load(self) -> Any:
        """The application, in a worker."""
        from directory.app import create_app

        jalon = Jalon(self._settings, use=serving(self._settings.threads))
        app = create_app(jalon)
        warm(jalon)
        return app

    def _ready(self) -> None:
        if self._relay:
            self._relay.start()
        click.echo(f"Jalon répond sur http://{self._bind} (Ctrl+C pour arrêter).", err=True)


def warm(jalon: Jalon) -> None:
    """Load what the first reader would wait for."""
    jalon.communes.suggest("valence", limit=1)
    jalon.occupations.suggest("cuis", limit=1)
    _ = jalon.matcher
    around = Near(point=Point(44.93, 4.89), radius_km=30)
    windows = [Window(query=Query(today=jalon.today(), near=around, sort=sort), limit=1) for sort in Sort]
    # An index out of reach is told by the pages, which do without it.
    with suppress(EngineError):
        jalon.engine.suggest("accueil", limit=1)
        jalon.engine.search_many(windows)
